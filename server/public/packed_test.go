package public

import (
	"bytes"
	"strings"
	"testing"
)

// The style sheet of thousands of pages lies in memory once, and every page still comes back as it was.
func TestPagesShareTheirHead(t *testing.T) {
	var p packer
	head := `<!doctype html><html lang="de"><head><style>` + strings.Repeat("main p{margin:0 auto;color:var(--ink)}", 100) + `</style>`
	var first packed
	for i, rest := range []string{"<title>One</title><p>Eins", "<title>Two</title><p>" + strings.Repeat("Zwei zwo ", 1000), "", "<title>One</title><p>Eins"} {
		got, err := p.pack([]byte(head+rest), br)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := decompress(got.whole(), br); err != nil || string(back) != head+rest {
			t.Errorf("page %d came back as %.60q: %v", i, back, err)
		}
		if len(got.head) == 0 || len(got.rest) > 120 {
			t.Errorf("page %d has %d bytes of its own and shares %d", i, len(got.rest), len(got.head))
		}
		switch {
		case i == 0:
			first = got
		case &got.head[0] != &first.head[0]:
			t.Errorf("page %d has a head of its own", i)
		case i == 3 && got.etag() != first.etag():
			t.Error("the same page got another ETag")
		case i < 3 && got.etag() == first.etag():
			t.Errorf("page %d has the ETag of the first", i)
		}
	}
	other, err := p.pack([]byte(strings.Replace(head, "ink", "red", 1)+"<title>One</title><p>Eins"), br)
	if err != nil || bytes.Equal(other.head, first.head) {
		t.Errorf("another style has the same head: %v", err)
	}
}

// Only a style sheet near the beginning of a page is a head.
func TestHeadEnds(t *testing.T) {
	for body, want := range map[string]int{
		"":                          0,
		"<style>a{}</style>":        0,
		"<p><style>a{}</style>rest": 21,
		"<p><style>a{}":             0,
		`{"a":"no style"}`:          0,
		strings.Repeat(" ", 2000) + "<style>a{}</style>": 0,
	} {
		if got := headEnd([]byte(body)); got != want {
			t.Errorf("%.40q: %d, want %d", body, got, want)
		}
	}
}
