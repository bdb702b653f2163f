package password

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/alexedwards/argon2id"

	"klartext/content"
)

func quick(t *testing.T, atOnce int) *Hasher {
	t.Helper()
	p := &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	against, err := argon2id.CreateHash("no account has this password", p)
	if err != nil {
		t.Fatal(err)
	}
	return newHasher(p, atOnce, against)
}

func TestHashFitsOnlyItsPassword(t *testing.T) {
	h := quick(t, 2)
	hash, err := h.Hash(t.Context(), "vier zufällige Wörter hier")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{
		"vier zufällige Wörter hier": true, "vier zufällige Wörter hier ": false, "Vier zufällige Wörter hier": false, "": false,
	} {
		if got, err := h.Verify(t.Context(), password, hash); err != nil || got != want {
			t.Errorf("Verify(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
}

func TestNoAccountNeverFits(t *testing.T) {
	h := quick(t, 1)
	if fits, err := h.Verify(t.Context(), "no account has this password", ""); fits || err != nil {
		t.Errorf("an empty hash fits: %v, %v", fits, err)
	}
}

// A stranger must not learn by the clock which accounts exist.
func TestDummyCostsWhatARealHashCosts(t *testing.T) {
	p, salt, key, err := argon2id.DecodeHash(dummy)
	if err != nil {
		t.Fatal(err)
	}
	want := params()
	if p.Memory != want.Memory || p.Iterations != want.Iterations || p.Parallelism != want.Parallelism ||
		len(salt) != int(want.SaltLength) || len(key) != int(want.KeyLength) {
		t.Errorf("the dummy costs %+v, a real hash %+v", p, want)
	}
}

func TestStoredCostMeetsTheRule(t *testing.T) {
	if p := params(); p.Memory < 19<<10 || p.Iterations < 2 {
		t.Errorf("argon2id m=%d KiB t=%d is below 19 MiB, t=2", p.Memory, p.Iterations)
	}
}

func TestWeakerHashIsOutdated(t *testing.T) {
	old := quick(t, 1)
	hash, err := old.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	now := &Hasher{params: params()}
	if !now.Outdated(hash) || old.Outdated(hash) {
		t.Errorf("outdated: %v for new cost, %v for its own", now.Outdated(hash), old.Outdated(hash))
	}
}

func TestTooManyAtOnceAreTurnedAway(t *testing.T) {
	h := quick(t, 1)
	h.running <- struct{}{} // one hash that takes for ever
	h.queue <- struct{}{}
	var turned, ok int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range waiting + 10 {
		all.Go(func() {
			_, err := h.Hash(t.Context(), "x")
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				ok++
			case content.KindOf(err) == content.Unavailable:
				turned++
				if turned == 10 {
					<-h.running
					<-h.queue
				}
			}
		})
	}
	all.Wait()
	if turned < 10 || turned+ok != waiting+10 {
		t.Errorf("%d turned away, %d hashed, of %d", turned, ok, waiting+10)
	}
}

func TestCommon(t *testing.T) {
	for _, password := range []string{
		"passwordpassword", "Password2024!", "P@ssw0rd!2026", "qwertzuiop123", "qwertyuiop[]", "123456789012", "1234567890123456", "098765432109",
		"abcdefghijkl", "aaaaaaaaaaaa", "abcabcabcabc", "Sommer2026!!", "Willkommen123", "iloveyou1234", "hallohallo12", "geheimgeheim",
		"31.12.1999-1", "MeinPasswort1", "changeme1234", "Klartext2026", "letmein!letmein!", "admin1234567", "testtesttest",
	} {
		if !common(password) {
			t.Errorf("%q passes", password)
		}
	}
	for _, password := range []string{
		"correct horse battery staple", "regen tisch lampe vogel", "kx7Q-pm2v-Zt9w", "the moon is made of cheese", "Fahrrad-Kekse-um-halb-drei", "日本語のパスワード文字列",
	} {
		if common(password) {
			t.Errorf("%q is refused", password)
		}
	}
}

// The list of a well-known guessing program, each word made long enough in the ways that people use.
func TestCommonAgainstAList(t *testing.T) {
	file := findData(t, "hostile/john-password.lst")
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	long := 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		word := lines.Text()
		if strings.HasPrefix(word, "#!") || word == "" {
			continue
		}
		if len(word) >= 12 {
			long++
			if !common(word) {
				t.Errorf("%q stands in the list and passes", word)
			}
		}
		if again := strings.Repeat(word, 12/len(word)+1); !common(again) {
			t.Errorf("%q is one word over and over and passes", again)
		}
	}
	if err := lines.Err(); err != nil || long == 0 {
		t.Errorf("read the list: %v, %d long words", err, long)
	}
}

// findData finds a test file beside the repository or under KLARTEXT_TEST_DATA.
func findData(t *testing.T, name string) string {
	t.Helper()
	if root := os.Getenv("KLARTEXT_TEST_DATA"); root != "" {
		return filepath.Join(root, name)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		file := filepath.Join(dir, "shared", "data", name)
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("SKIPPED: shared/data/%s is nowhere above this folder", name)
		}
		dir = filepath.Dir(dir)
	}
}
