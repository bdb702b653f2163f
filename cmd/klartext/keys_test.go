package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

// Where the key file was lost, nothing may be encrypted with a new key beside what the old one holds.
func TestALostKeyStopsTheStart(t *testing.T) {
	dir := t.TempDir()
	p := &program{
		ctx: t.Context(), now: time.Now,
		config: config{Data: dir, DatabaseURL: "sqlite:" + filepath.Join(dir, "klartext.db"), SecretKeyFile: filepath.Join(dir, "secret.key"), XAPIURL: "https://api.x.com"},
	}
	err := p.with(func(s *services) error {
		name := "Intranet"
		_, err := s.channels.Connect(t.Context(), content.Operator(), content.ChannelInput{
			Network: "webhook", Name: &name, Languages: []content.Lang{"de"}, Unchecked: true,
			Settings: json.RawMessage(`{"url":"https://example.org/hook","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}`),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "secret.key")); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"channel", "list", "--data", dir}, strings.NewReader(""), &out, &errs); code != exitFailed {
		t.Errorf("it ended with %d, want %d", code, exitFailed)
	}
	if !strings.Contains(errs.String(), "KLARTEXT_SECRET_KEY_FILE") {
		t.Errorf("it does not say what to do: %s", &errs)
	}
}
