package plain

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/parser"
)

// wholeReading is the prose of a text as the Markdown parser reads it in one piece, lines that only look like definitions
// escaped as the page's renderer does.
func wholeReading(src string) string {
	var b strings.Builder
	doc := parser.NewWithExtensions(extensions).Parse([]byte(keepFalse(src, references(src, split(src)).defined)))
	ast.WalkFunc(doc, func(n ast.Node, entering bool) ast.WalkStatus {
		switch n := n.(type) {
		case *ast.Image:
			return ast.SkipChildren
		case *ast.Text:
			if entering {
				b.WriteString(html.UnescapeString(string(n.Literal)))
			}
		case *ast.Paragraph, *ast.Heading, *ast.TableCell, *ast.Hardbreak:
			b.WriteByte('\n')
		}
		return ast.GoToNext
	})
	return squeeze(b.String())
}

// squeeze makes all white space one blank and drops what has no width.
func squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// ourReading is the prose of a text as the checker reads it, chunk by chunk.
func ourReading(tb testing.TB, src string) string {
	tb.Helper()
	var b strings.Builder
	chunks := split(src)
	refs := references(src, chunks)
	for _, c := range chunks {
		if c.code {
			continue
		}
		var r reading
		if err := read(&r, src[c.start:c.end], refs.defined); err != nil {
			tb.Fatalf("read %q: %v", clip(src[c.start:c.end]), err)
		}
		for _, u := range r.units {
			b.Write(r.text[u.start:u.end])
			b.WriteByte('\n')
		}
		aligned(tb, src[c.start:c.end], &r)
	}
	return squeeze(b.String())
}

// aligned holds that each piece of visible text stands in the source where it
// says.
func aligned(tb testing.TB, src string, r *reading) {
	tb.Helper()
	for _, p := range r.pieces {
		got := string(r.text[p.text : p.text+p.textLen])
		from := src[p.src : p.src+p.srcLen]
		if p.textLen != p.srcLen {
			if p.srcLen > 0 && html.UnescapeString(from) != got {
				tb.Fatalf("%q stands for %q", got, from)
			}
			continue
		}
		if got != from && strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(from) != got && html.UnescapeString(from) != got {
			tb.Fatalf("visible %q, source %q", got, from)
		}
	}
	if !utf8.Valid(r.text) {
		tb.Fatalf("reading of %q is not UTF-8", clip(src))
	}
}

// TestReadingAgreesWithTheParser reads 1,458 real texts in chunks and in one
// piece.
func TestReadingAgreesWithTheParser(t *testing.T) {
	texts, apart := 0, 0
	for _, file := range []string{"cwa-faq.jsonl", "github-site-policy.jsonl"} {
		for i, m := range objects(t, "histories", file) {
			if i%slower != 0 {
				continue
			}
			src, _ := m["markdown"].(string)
			src = strings.ReplaceAll(src, "\x00", "")
			texts++
			want, got := wholeReading(src), ourReading(t, src)
			if want != got {
				apart++
				if apart <= 12 {
					at := 0
					for at < len(want) && at < len(got) && want[at] == got[at] {
						at++
					}
					from := max(0, at-60)
					t.Logf("%v:\n  parser %q\n  ours   %q", m["key"], want[from:min(len(want), at+80)], got[from:min(len(got), at+80)])
				}
			}
		}
	}
	t.Logf("%d of %d texts read alike", texts-apart, texts)
	if apart > 0 {
		t.Errorf("%d of %d texts are read otherwise than by the parser", apart, texts)
	}
}

func TestPlainReadingAgreesWithTheParser(t *testing.T) {
	for _, src := range []string{
		"Ein Satz.", "Ein Satz\nin zwei Zeilen.", "  Mit Einzug.", "- Punkt", "1. Punkt\n   weiter", "3) Punkt", "# Titel", "###### Titel",
		"Am 25. Mai.\nEs ist so.", "a\n  b\n   c", "* Punkt mit Wort", "+ x", "Text: mit Punkt", "Frage? Ja! (Nein.)", "Zeile  \nneue Zeile", "10 Uhr\n1a",
	} {
		var fast, slow reading
		if !readPlain(&fast, src) {
			t.Errorf("%q needs the parser", src)
			continue
		}
		if err := readMarkup(&slow, src, func(string) bool { return false }); err != nil {
			t.Fatal(err)
		}
		if f, s := squeeze(string(fast.text)), squeeze(string(slow.text)); f != s || len(fast.units) != len(slow.units) {
			t.Errorf("%q reads %q, the parser reads %q", src, f, s)
		}
	}
}
