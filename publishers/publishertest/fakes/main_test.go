package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestRunTellsWhereItListensAndStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-mastodon", "0", "-gotosocial", "0", "-x", "0", "-webhook", "0"}, write, io.Discard)
		_ = write.Close()
	}()
	var told strings.Builder
	addresses := 0
	for lines := bufio.NewScanner(read); lines.Scan(); {
		told.WriteString(lines.Text() + "\n")
		if words := strings.Fields(lines.Text()); len(words) == 2 && !strings.HasPrefix(lines.Text(), " ") && strings.HasPrefix(words[1], "http://127.0.0.1:") {
			addresses++
			mustOpen(t, words[1])
		}
		if strings.Contains(lines.Text(), "KLARTEXT_X_API_URL=http://127.0.0.1:") {
			stop()
		}
	}
	if err := <-ended; err != nil || addresses != 4 {
		t.Errorf("ended with %v after %d addresses", err, addresses)
	}
	for _, want := range []string{"fake-mastodon-token", "fake-gotosocial-token", "fake-api-key", "fake-access-secret", "/hook", "whsec_", "by consent", "fake-client-id"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("it does not tell %q:\n%s", want, told.String())
		}
	}
}

func mustOpen(t *testing.T, address string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s answers %d", address, resp.StatusCode)
	}
}

func TestRunSaysWhichPortIsTaken(t *testing.T) {
	err := run(t.Context(), []string{"-mastodon", "99999"}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "start mastodon") {
		t.Errorf("error is %v", err)
	}
}
