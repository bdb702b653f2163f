package vault

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

func mustParse(t *testing.T, ring string) *Vault {
	t.Helper()
	v, err := Parse(ring)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func line(id string, fill byte) string {
	return id + ":" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(rune(fill)), keySize))) + "\n"
}

func TestSealOpen(t *testing.T) {
	v := mustParse(t, line("k1", 'a'))
	const secret = `{"access_token":"canary"}`
	first, err := v.Seal([]byte(secret), "channels|1|settings")
	if err != nil {
		t.Fatal(err)
	}
	second, err := v.Seal([]byte(secret), "channels|1|settings")
	if err != nil {
		t.Fatal(err)
	}
	if first == second {
		t.Error("the same secret sealed twice reads the same")
	}
	if !strings.HasPrefix(first, "v1:k1:") || strings.Count(first, ":") != 3 || strings.Contains(first, "canary") {
		t.Errorf("sealed text has the wrong form: %s", first)
	}
	got, err := v.Open(first, "channels|1|settings")
	if err != nil || string(got) != secret {
		t.Errorf("Open = %q, %v", got, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	v := mustParse(t, line("k1", 'a'))
	sealed, err := v.Seal([]byte("secret"), "channels|1|settings")
	if err != nil {
		t.Fatal(err)
	}
	flipped := []byte(sealed)
	flipped[len(flipped)-3] ^= 1
	for name, c := range map[string]struct{ sealed, place string }{
		"another row":    {sealed, "channels|2|settings"},
		"changed":        {string(flipped), "channels|1|settings"},
		"cut":            {sealed[:len(sealed)-6], "channels|1|settings"},
		"empty":          {"", "channels|1|settings"},
		"not base64":     {"v1:k1:!!!:!!!", "channels|1|settings"},
		"another format": {"v2" + sealed[2:], "channels|1|settings"},
		"no nonce":       {"v1:k1::", "channels|1|settings"},
	} {
		if _, err := v.Open(c.sealed, c.place); !errors.Is(err, ErrForged) {
			t.Errorf("%s: err = %v, want ErrForged", name, err)
		}
	}
}

func TestRingOpensOldAndNamesMissingKey(t *testing.T) {
	old := mustParse(t, line("k1", 'a'))
	sealed, err := old.Seal([]byte("secret"), "p")
	if err != nil {
		t.Fatal(err)
	}
	both := mustParse(t, line("k2", 'b')+line("k1", 'a'))
	if got, err := both.Open(sealed, "p"); err != nil || string(got) != "secret" {
		t.Errorf("the ring with the old key: %q, %v", got, err)
	}
	again, err := both.Seal([]byte("secret"), "p")
	if err != nil {
		t.Fatal(err)
	}
	if id, err := KeyOf(again); err != nil || id != "k2" || both.Newest() != "k2" {
		t.Errorf("the newest key does not encrypt: %s, %v", id, err)
	}
	lost := mustParse(t, line("k2", 'b'))
	var missing *MissingKeyError
	if _, err := lost.Open(sealed, "p"); !errors.As(err, &missing) || missing.ID != "k1" {
		t.Errorf("a missing key: %v", err)
	}
	if err := lost.Check([]string{"", again, sealed}); !errors.As(err, &missing) || !strings.Contains(err.Error(), "k1") {
		t.Errorf("Check with a missing key: %v", err)
	}
	if err := both.Check([]string{"", again, sealed}); err != nil {
		t.Errorf("Check with all keys: %v", err)
	}
}

func TestParseRefusesWithoutQuotingTheKey(t *testing.T) {
	for name, ring := range map[string]string{
		"empty":   "\n# nothing\n",
		"no id":   "c2VjcmV0",
		"short":   "k1:c2VjcmV0Y2FuYXJ5",
		"twice":   line("k1", 'a') + line("k1", 'b'),
		"letters": "k1:secretcanary!",
		"bad id":  "k 1:" + strings.Repeat("A", 44),
	} {
		_, err := Parse(ring)
		if err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "c2Vjc") {
			t.Errorf("%s: the error quotes the key: %v", name, err)
		}
	}
}

func TestLoadMakesOneKeyForAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "secret.key")
	vaults := make([]*Vault, 8)
	var wg sync.WaitGroup
	for i := range vaults {
		wg.Go(func() {
			v, err := Load(path)
			if err != nil {
				t.Error(err)
				return
			}
			vaults[i] = v
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	sealed, err := vaults[0].Seal([]byte("secret"), "p")
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vaults {
		if _, err := v.Open(sealed, "p"); err != nil {
			t.Errorf("process %d got another key: %v", i, err)
		}
	}
	// Nothing but the key's line: people put the file's content into a variable or a line above it.
	if raw, err := os.ReadFile(path); err != nil || !regexp.MustCompile(`^k[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n$`).Match(raw) {
		t.Errorf("the key file reads %d bytes, %v; want one line id:base64", len(raw), err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".secret-*")); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestLoadRefusesBrokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	if err := os.WriteFile(path, []byte("k1:short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("err = %v, want one that names the file", err)
	}
	if raw, _ := os.ReadFile(path); string(raw) != "k1:short\n" {
		t.Error("the broken file was written over")
	}
}
