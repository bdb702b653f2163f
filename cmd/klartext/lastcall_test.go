package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheLastCallIsKept(t *testing.T) {
	t.Parallel()
	s := stamp(filepath.Join(t.TempDir(), "last-call"))
	if at, err := s.read(); err != nil || !at.IsZero() {
		t.Errorf("before there is a file: %s, %v", at, err)
	}
	for _, at := range []time.Time{time.UnixMilli(1772355600123), time.UnixMilli(1772355600124)} {
		if err := s.write(at); err != nil {
			t.Fatal(err)
		}
		if got, err := s.read(); err != nil || !got.Equal(at) {
			t.Errorf("wrote %s, read %s, %v", at, got, err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(string(s)))
	if err != nil || len(left) != 1 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
	if err := stamp(filepath.Join(t.TempDir(), "no", "last-call")).write(time.UnixMilli(1)); err == nil {
		t.Error("a folder that is not there takes a file")
	}
}

// A start with a file that cannot be read is refused with advice; with --hold it goes on, and the file is written anew.
func TestAnUnreadableLastCallSaysHowToGoOn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	p := &program{
		ctx: t.Context(), now: time.Now, stdout: &bytes.Buffer{},
		config: config{Data: folder, DatabaseURL: "sqlite:" + filepath.Join(folder, "klartext.db"), SecretKeyFile: filepath.Join(folder, "secret.key"), XAPIURL: "https://api.x.com"},
	}
	s, err := p.open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.store.Close() }()
	file := filepath.Join(folder, "last-call")
	if err := os.WriteFile(file, []byte("\x00\x00\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = p.holdRestored(t.Context(), s, false)
	if err == nil {
		t.Fatal("it starts")
	}
	for _, part := range []string{file, "restored from a backup", "serve --hold", "delete the file"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %v", part, err)
		}
	}
	if err := p.holdRestored(t.Context(), s, true); err != nil {
		t.Fatalf("with an order to hold: %v", err)
	}
	if _, err := p.stamp().read(); err != nil {
		t.Errorf("after it: %v", err)
	}
	if held, err := s.store.Held(t.Context()); err != nil || !held {
		t.Errorf("held: %v, %v", held, err)
	}
}
