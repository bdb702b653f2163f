package crashtest

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klartext/publishers/publishertest"
)

// A database from a backup takes posts for unsent that are out. After it is put
// back nothing goes out until a person decides, and what is out is found.
func TestARestoredBackupHolds(t *testing.T) {
	x := publishertest.NewX(publishertest.XOptions{})
	x.Start(t)
	file := filepath.Join(t.TempDir(), "klartext.db")
	s := &stage{program: install(t, build(t), "sqlite:"+file, x.URL), networks: map[string]*publishertest.Fake{}, kinds: map[string]string{}, made: map[string]bool{}}
	s.start()
	s.must(http.MethodPatch, "/api/v1/settings", object{"approvals_required": 0, "languages": []string{"en"}})
	key, secret, access, accessSecret := x.Keys()
	s.connect("x", x.Fake, object{"api_key": key, "api_secret": secret, "access_token": access, "access_secret": accessSecret})
	topic := s.must(http.MethodPost, "/api/v1/topics", object{"slug": "t", "title": object{"en": "Topic"}})
	s.entry = text(s.must(http.MethodPost, "/api/v1/entries", object{"kind": "entry", "slug": "e", "topic": topic["id"]}), "id")
	change := s.submitted(1)
	s.kill()
	backup := copyOf(t, file)

	s.start()
	s.must(http.MethodPost, "/api/v1/changes/"+change+"/publish", object{})
	s.settle()
	s.finish()
	s.kill()
	putBack(t, file, backup)

	s.start()
	if !strings.Contains(s.log.String(), "restored") {
		t.Errorf("the start does not say that the database was restored:\n%s", s.log)
	}
	if held := s.must(http.MethodGet, "/api/v1/deliveries-held", nil); held["held"] != true {
		t.Fatalf("held: %v", held)
	}
	s.must(http.MethodPost, "/api/v1/changes/"+change+"/publish", object{})
	s.settle()
	if list := s.deliveries(); len(list) != 1 || text(list[0], "state") != "needs_decision" || s.copies(list[0]) != 1 {
		t.Fatalf("after the restore: %v, copies %d", list, s.copies(list[0]))
	}
	s.must(http.MethodPost, "/api/v1/deliveries-held/release", object{"as": "look"})
	s.settle()
	if list := s.deliveries(); text(list[0], "state") != "sent" || s.copies(list[0]) != 1 {
		t.Errorf("after the look: %v, copies %d", list[0], s.copies(list[0]))
	}
	s.kill()
	s.start()
	if held := s.must(http.MethodGet, "/api/v1/deliveries-held", nil); held["held"] != false {
		t.Errorf("held again by the next start: %v", held)
	}
}

var parts = []string{"", "-wal"}

// copyOf reads a database that nobody has open.
func copyOf(t *testing.T, file string) map[string][]byte {
	t.Helper()
	copied := map[string][]byte{}
	for _, part := range parts {
		raw, err := os.ReadFile(file + part)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		copied[part] = raw
	}
	return copied
}

func putBack(t *testing.T, file string, backup map[string][]byte) {
	t.Helper()
	_ = os.Remove(file + "-shm")
	for _, part := range parts {
		if err := os.WriteFile(file+part, backup[part], 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
