package vault

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func mustLoad(t *testing.T, path string) *Vault {
	t.Helper()
	v, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func mustRotate(t *testing.T, v *Vault) *Rotation {
	t.Helper()
	r, err := v.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func mustSeal(t *testing.T, v *Vault) string {
	t.Helper()
	sealed, err := v.Seal([]byte("secret"), "p")
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func opens(t *testing.T, v *Vault, what, sealed string) {
	t.Helper()
	if got, err := v.Open(sealed, "p"); err != nil || string(got) != "secret" {
		t.Errorf("%s: %q, %v", what, got, err)
	}
}

// A server that runs while the keys are rotated encrypts with the new key and reads what others encrypted with it.
func TestARunningServerFollowsARotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	server, command := mustLoad(t, path), mustLoad(t, path)
	before := mustSeal(t, server)
	id, err := mustRotate(t, command).Add()
	if err != nil {
		t.Fatal(err)
	}
	opens(t, server, "what the command encrypted", mustSeal(t, command))
	opens(t, command, "what was there before", before)
	if by, err := KeyOf(mustSeal(t, server)); err != nil || by != id {
		t.Errorf("the server encrypts with %s, %v; want %s", by, err, id)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestOldKeysStayUntilNothingUsesThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	v := mustLoad(t, path)
	r := mustRotate(t, v)
	ids := []string{v.Newest()}
	for range 3 {
		id, err := r.Add()
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	gone, err := r.Retire([]string{ids[3], ids[0]})
	if err != nil || !slices.Equal(gone, []string{ids[1]}) {
		t.Errorf("taken out: %v, %v; want %s: it is neither in use nor the one before the newest", gone, err, ids[1])
	}
	raw, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(raw), ids[1]+":") || strings.Count(string(raw), "\n") != 3 || !strings.HasPrefix(string(raw), ids[3]+":") {
		t.Errorf("the file has %d lines, %v", strings.Count(string(raw), "\n"), err)
	}
	if gone, err := r.Retire([]string{ids[0]}); err != nil || len(gone) != 0 {
		t.Errorf("once more: %v, %v", gone, err)
	}
}

func TestOneRotationAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	first, second := mustLoad(t, path), mustLoad(t, path)
	r := mustRotate(t, first)
	if _, err := second.Rotate(); !errors.Is(err, ErrRotating) {
		t.Errorf("a second one: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	mustRotate(t, second)
	if _, err := mustParse(t, line("k1", 'a')).Rotate(); !errors.Is(err, ErrNoFile) {
		t.Errorf("without a file: %v", err)
	}
}

// Notes of people in the key file stay where they are, and nothing unreadable is ever put in its place.
func TestRotationKeepsWhatItDoesNotUnderstand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	if err := os.WriteFile(path, []byte("# of the old machine\n"+line("k1", 'a')), 0o640); err != nil {
		t.Fatal(err)
	}
	v := mustLoad(t, path)
	sealed := mustSeal(t, v)
	if _, err := mustRotate(t, v).Add(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(string(raw), "\n# of the old machine\n"+line("k1", 'a')) {
		t.Errorf("%v: the file is not the old one with a line before it", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v; want the one before", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	opens(t, v, "with a file that broke meanwhile", sealed)
	r := &Rotation{vault: v}
	if _, err := r.Add(); err == nil {
		t.Error("a key was added to a broken file")
	}
	if raw, _ := os.ReadFile(path); string(raw) != "broken" {
		t.Error("the broken file was written over")
	}
}
