package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/storetest"
	"klartext/content/vault"
)

// rotating is an installation with some channels and a pending consent.
type rotating struct {
	t   *testing.T
	dir string
	url string
	ids []string
}

const hook = `{"url":"https://example.org/hook","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`

func newRotating(t *testing.T, url string) *rotating {
	t.Helper()
	r := &rotating{t: t, dir: t.TempDir(), url: url}
	r.with(func(s *services) error {
		user := content.User{ID: content.NewID(time.Now()), Email: "a@example.org", Name: "A", Role: content.Admin, Created: time.Now()}
		if err := s.store.CreateUser(t.Context(), user, content.NewAudit(content.System(), time.Now(), "test", "", nil)); err != nil {
			return err
		}
		for _, name := range []string{"One", "Two", "Three"} {
			c, err := s.channels.Connect(t.Context(), content.Operator(), content.ChannelInput{
				Network: "webhook", Name: &name, Languages: []content.Lang{"de"}, Unchecked: true, Settings: json.RawMessage(hook),
			})
			if err != nil {
				return err
			}
			r.ids = append(r.ids, c.ID)
		}
		_, err := s.consents.Begin(t.Context(), user.Actor("session"), content.ConsentInput{
			Network: "x", Name: "X", Languages: []content.Lang{"de"}, Settings: json.RawMessage(`{"client_id":"id"}`),
		})
		return err
	})
	return r
}

func (r *rotating) program(ctx context.Context) *program {
	return &program{
		ctx: ctx, now: time.Now, stdout: &bytes.Buffer{},
		config: config{
			Data: r.dir, DatabaseURL: r.url, SecretKeyFile: r.keyFile(), XAPIURL: "https://api.x.com", BaseURL: "https://data.example.org",
		},
	}
}

func (r *rotating) keyFile() string { return filepath.Join(r.dir, "secret.key") }

func (r *rotating) with(f func(s *services) error) {
	r.t.Helper()
	if err := r.program(r.t.Context()).with(f); err != nil {
		r.t.Fatal(err)
	}
}

// keys are the ids in the key file, newest first.
func (r *rotating) keys() []string {
	r.t.Helper()
	raw, err := os.ReadFile(r.keyFile())
	if err != nil {
		r.t.Fatal(err)
	}
	var ids []string
	for line := range strings.Lines(string(raw)) {
		id, _, _ := strings.Cut(line, ":")
		ids = append(ids, id)
	}
	return ids
}

// used counts what is stored by the key that encrypted it, and checks that each can be read.
func (r *rotating) used() map[string]int {
	r.t.Helper()
	counts := map[string]int{}
	r.with(func(s *services) error {
		sealed, err := s.store.Sealed(r.t.Context())
		if err != nil {
			return err
		}
		for place, text := range sealed {
			id, err := vault.KeyOf(text)
			if err != nil {
				return err
			}
			counts[id]++
			if secret, err := s.vault.Open(text, place); err != nil || len(secret) == 0 {
				r.t.Errorf("%s: %v", place, err)
			}
		}
		return nil
	})
	return counts
}

func TestRotateKeys(t *testing.T) {
	r := newRotating(t, storetest.SQLiteURL(t))
	old := r.keys()[0]
	p := r.program(t.Context())
	if err := (&rotateCommand{}).Run(p); err != nil {
		t.Fatal(err)
	}
	keys := r.keys()
	if len(keys) != 2 || keys[1] != old || r.used()[keys[0]] != 4 || len(r.used()) != 1 {
		t.Errorf("keys %v, in use %v", keys, r.used())
	}
	if out := p.stdout.(*bytes.Buffer).String(); !strings.Contains(out, keys[0]) || !strings.Contains(out, "Re-encrypted: 4") {
		t.Errorf("it says: %s", out)
	}
	if err := (&rotateCommand{}).Run(r.program(t.Context())); err != nil {
		t.Fatal(err)
	}
	if now := r.keys(); len(now) != 2 || now[1] != keys[0] || r.used()[now[0]] != 4 {
		t.Errorf("the second time: keys %v, in use %v; %s is not needed any more", now, r.used(), old)
	}
}

// Killed at any row, both keys read what is stored, and the next run finishes the work.
func TestRotateKeysHalfWay(t *testing.T) {
	r := newRotating(t, storetest.SQLiteURL(t))
	killed := errors.New("killed")
	for stop := range 4 {
		r.with(func(s *services) error {
			rotation, err := s.vault.Rotate()
			if err != nil {
				return err
			}
			defer func() { _ = rotation.Close() }()
			if _, err := rotation.Add(); err != nil {
				return err
			}
			done := 0
			_, err = s.store.Reseal(t.Context(), func(sealed, place string) (string, error) {
				if done++; done > stop {
					return "", killed
				}
				return again(s.vault, sealed, place)
			})
			if !errors.Is(err, killed) {
				t.Errorf("stopped after %d: %v", stop, err)
			}
			return nil
		})
		if used := r.used(); stop > 0 && used[r.keys()[0]] != stop {
			t.Errorf("stopped after %d: %v", stop, used)
		}
	}
	if err := (&rotateCommand{}).Run(r.program(t.Context())); err != nil {
		t.Fatal(err)
	}
	if used := r.used(); used[r.keys()[0]] != 4 || len(r.keys()) != 2 {
		t.Errorf("keys %v, in use %v", r.keys(), used)
	}
	p := r.program(t.Context())
	if err := (&rotateCommand{KeepKeys: true}).Run(p); err != nil {
		t.Fatal(err)
	}
	if out := p.stdout.(*bytes.Buffer).String(); !strings.Contains(out, "Re-encrypted: 0") || len(r.keys()) != 2 {
		t.Errorf("with the keys there are: %s, %v", out, r.keys())
	}
}

// Where the keys stand in a variable, a person must put the new one there.
func TestRotateKeysFromAVariable(t *testing.T) {
	r := newRotating(t, storetest.SQLiteURL(t))
	ring, err := os.ReadFile(r.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	p := r.program(t.Context())
	p.config.SecretKey = string(ring)
	if err := (&rotateCommand{}).Run(p); err == nil || !strings.Contains(err.Error(), "KLARTEXT_SECRET_KEY") || !strings.Contains(err.Error(), "--keep-keys") {
		t.Errorf("it says: %v", err)
	}
	if len(r.keys()) != 1 {
		t.Error("the key file was changed all the same")
	}
	p.config.SecretKey = "k2:" + strings.Repeat("A", 43) + "=\n" + string(ring)
	if err := (&rotateCommand{KeepKeys: true}).Run(p); err != nil {
		t.Fatal(err)
	}
	if out := p.stdout.(*bytes.Buffer).String(); !strings.Contains(out, "Re-encrypted: 4. In use now: k2") {
		t.Errorf("it says: %s", out)
	}
}

// Whoever has the database and not the key has no credentials.
func TestADatabaseWithoutItsKeyIsUseless(t *testing.T) {
	r := newRotating(t, storetest.SQLiteURL(t))
	stranger := &program{ctx: t.Context(), now: time.Now, config: r.program(t.Context()).config}
	stranger.config.SecretKeyFile = filepath.Join(t.TempDir(), "other.key")
	err := stranger.with(func(*services) error { return nil })
	if err == nil || !strings.Contains(err.Error(), r.keys()[0]) || !strings.Contains(err.Error(), "KLARTEXT_SECRET_KEY_FILE") {
		t.Errorf("it starts, or does not name the key that is missing: %v", err)
	}
	files, err := filepath.Glob(strings.TrimPrefix(r.url, "sqlite:") + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "example.org/hook", "client_id"} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %q", filepath.Base(file), secret)
			}
		}
	}
}
