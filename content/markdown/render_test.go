package markdown

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/html"
)

func TestRender(t *testing.T) {
	r := New()
	for _, tt := range []struct{ name, source, want string }{
		{"paragraph", "Wir löschen *alles*.", "<p>Wir löschen <em>alles</em>.</p>\n"},
		{"no h1 comes out", "# A\n\n## B", "<h2>A</h2>\n\n<h3>B</h3>\n"},
		{"no gap in the outline", "## A\n\n#### B", "<h2>A</h2>\n\n<h3>B</h3>\n"},
		{"entity", "Z&uuml;rich &copy; &amp; &lt;b&gt;", "<p>Zürich © &amp; &lt;b&gt;</p>\n"},
		{"external link", "[a](https://example.org)", `<p><a href="https://example.org" rel="nofollow noreferrer">a</a></p>` + "\n"},
		{"own link", "[a](/de/faq/x)", `<p><a href="/de/faq/x">a</a></p>` + "\n"},
		{"fragment", "[a](#Über-uns)", `<p><a href="#s-ueber-uns">a</a></p>` + "\n"},
		{"empty link does not crash", "[text]()", "<p>text</p>\n"},
		{"script address", "[a](javascript:alert(1))", "<p>a</p>\n"},
		{"own image", "![Karte](/media/k.png)", `<p><img src="/media/k.png" alt="Karte"/></p>` + "\n"},
		{"foreign image is a link", "![Karte](https://example.org/k.png)", `<p><a href="https://example.org/k.png" rel="nofollow noreferrer">Karte</a></p>` + "\n"},
		{"linked foreign image", "[![Karte](https://example.org/k.png)](/x)", `<p><a href="/x">Karte</a></p>` + "\n"},
		{"raw HTML is left out", "a <b onclick=x>b</b>\n\n<div>c</div>\n\nd", "<p>a b</p>\n\n<p>d</p>\n"},
		{"language of code", "```go\nx\n```", "<pre><code class=\"language-go\">x\n</code></pre>\n"},
		{"attributes in a language", "```go\" onclick=\"x\nx\n```", "<pre><code class=\"language-go\">x\n</code></pre>\n"},
		{"prose like a definition", "[iOS]: [Support](https://example.org).", `<p>[iOS]: <a href="https://example.org" rel="nofollow noreferrer">Support</a>.</p>` + "\n"},
		{"definition", "See [a].\n\n[a]: /x", "<p>See <a href=\"/x\">a</a>.</p>\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := r.Render(t.Context(), tt.source)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("Render(%q)\n got %q\nwant %q", tt.source, got, tt.want)
			}
		})
	}
}

func TestRenderUnder(t *testing.T) {
	got, err := New().RenderUnder(t.Context(), "### A\n\n#### B\n\n###### C", 4)
	if want := "<h5>A</h5>\n\n<h6>B</h6>\n\n<h6>C</h6>\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestGuard(t *testing.T) {
	nestedList := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.Repeat("    ", i) + "- a\n")
		}
		return b.String()
	}
	for _, tt := range []struct{ reason, source string }{
		{"too_long", strings.Repeat("a ", 33<<10)},
		{"too_long", nestedList(1000)},
		{"invalid_utf8", "a\xff"},
		{"nul", "a\x00"},
		{"too_many_brackets", strings.Repeat("[", 601)},
		{"too_many_declarations", strings.Repeat("<!", 51) + strings.Repeat("<?", 50)},
		{"too_many_backslashes", strings.Repeat(`\`, 2001)},
		{"too_many_lines", strings.Repeat("\n", 3001)},
		{"too_many_addresses", strings.Repeat("://", 501)},
		{"too_many_code_fences", strings.Repeat("```\n", 201) + strings.Repeat("~~~\n", 200)},
		{"too_many_table_cells", strings.Repeat("|", 6001)},
		{"nested_too_deep", strings.Repeat(">", 10_000)},
		{"nested_too_deep", strings.Repeat("> ", 10_000) + "a"},
		{"nested_too_deep", nestedList(100)},
		{"nested_too_deep", strings.Repeat("[a ", 100) + strings.Repeat("](b)", 100)},
	} {
		_, err := New().Render(t.Context(), tt.source)
		var refused *GuardError
		if !errors.As(err, &refused) || refused.Reason != tt.reason {
			t.Errorf("Render(%.20q...) = %v, want %s", tt.source, err, tt.reason)
		} else if refused.Found <= refused.Limit {
			t.Errorf("%s: found %d is not over the limit %d", refused.Reason, refused.Found, refused.Limit)
		}
		if _, err := Plain(tt.source); !errors.As(err, &refused) {
			t.Errorf("Plain(%.20q...) = %v, want %s", tt.source, err, tt.reason)
		}
	}
}

func TestNestingThatPeopleWriteIsTaken(t *testing.T) {
	source := "- a\n    - b\n        - c\n            - d\n                - e\n\n> > > f\n"
	plain, err := Plain(source)
	if want := "a\nb\nc\nd\ne\nf"; err != nil || plain != want {
		t.Errorf("got %q, %v, want %q", plain, err, want)
	}
}

func TestRenderWaitsForASlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New()
		for range renderSlots {
			r.slots <- struct{}{}
		}
		start := time.Now()
		if _, err := r.Render(t.Context(), "a"); !errors.Is(err, ErrBusy) {
			t.Errorf("got %v, want ErrBusy", err)
		}
		if waited := time.Since(start); waited != maxWait {
			t.Errorf("gave up after %v, want %v", waited, maxWait)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := r.Render(ctx, "a"); !errors.Is(err, ErrBusy) || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want ErrBusy and context.Canceled", err)
		}
		<-r.slots
		if _, err := r.Render(t.Context(), "a"); err != nil {
			t.Errorf("with a free slot: %v", err)
		}
	})
}

// TestHostile renders every attack and looks at what a browser would make of the result.
func TestHostile(t *testing.T) {
	r := New()
	inputs := mustHostile(t)
	for _, source := range inputs {
		var refused *GuardError
		out, err := r.Render(t.Context(), source)
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("Render(%q): %v", source, err)
		}
		checkSafe(t, source, out)
		if again := r.policy.Sanitize(out); again != out {
			t.Errorf("sanitising %q again changes it:\n%q\n%q", source, out, again)
		}
		if _, err := Blocks(source); err != nil && !errors.As(err, &refused) {
			t.Errorf("Blocks(%q): %v", source, err)
		}
		converted, report, err := FromHTML(source)
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("FromHTML(%q): %v", source, err)
		}
		_ = report
		if out, err := r.Render(t.Context(), converted); err == nil {
			checkSafe(t, source, out)
		} else if !errors.As(err, &refused) {
			t.Errorf("Render(FromHTML(%q)): %v", source, err)
		}
	}
	t.Logf("%d inputs", len(inputs))
}

var allowedElements = strings.Fields("html head body p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del " +
	"table thead tbody tfoot tr th td a img")

func checkSafe(tb testing.TB, source, out string) {
	tb.Helper()
	doc, err := html.Parse(strings.NewReader(out))
	if err != nil {
		tb.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && !slices.Contains(allowedElements, n.Data) {
			tb.Errorf("%q lets <%s> through: %q", source, n.Data, out)
		}
		for _, a := range n.Attr {
			if !safeAttribute(n.Data, a) {
				tb.Errorf("%q lets %s=%q of <%s> through: %q", source, a.Key, a.Val, n.Data, out)
			}
		}
	}
}

func safeAttribute(element string, a html.Attribute) bool {
	switch element + " " + a.Key {
	case "a href":
		bare := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, a.Val))
		scheme, _, found := strings.Cut(bare, ":")
		return !found || strings.ContainsAny(scheme, "/?#") || slices.Contains([]string{"http", "https", "mailto"}, scheme)
	case "a rel":
		return a.Val == "nofollow noreferrer"
	case "img src":
		return ownMedia.MatchString(a.Val)
	case "img alt", "img title":
		return true
	case "code class":
		return strings.HasPrefix(a.Val, "language-")
	case "ol start", "td colspan", "th colspan":
		return smallNumber.MatchString(a.Val)
	}
	return false
}

// TestPathological: every input is refused or costs little, also when it is cut down
// until the guard lets it through.
func TestPathological(t *testing.T) {
	const slow = 5 * time.Second // without the race detector the worst takes a tenth of a second
	r := New()
	var worst time.Duration
	var worstName string
	for name, source := range mustPathological(t) {
		full := source
		source = strings.ToValidUTF8(source[:min(len(source), attackSize)], "")
		for Check(source) != nil && len(source) > 1 && strings.IndexByte(source, 0) < 0 {
			source = strings.ToValidUTF8(source[:len(source)*9/10], "")
		}
		for what, f := range map[string]func() error{
			"Render":   func() error { _, err := r.Render(t.Context(), source); return err },
			"full":     func() error { _, err := r.Render(t.Context(), full); return err },
			"Sections": func() error { Sections(full[:min(len(full), attackSize)]); return nil },
			"FromHTML": func() error { _, _, err := FromHTML(full[:min(len(full), attackSize)]); return err },
		} {
			start := time.Now()
			err := f()
			took := time.Since(start)
			var refused *GuardError
			if err != nil && !errors.As(err, &refused) {
				t.Errorf("%s(%s): %v", what, name, err)
			}
			if took > slow {
				t.Errorf("%s(%s) took %v", what, name, took)
			}
			if took > worst {
				worst, worstName = took, what+" "+name
			}
		}
	}
	t.Logf("worst: %v for %s", worst, worstName)
}

func TestVersionNamesTheLibraries(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Fields(Version)[1:] {
		name, version, _ := strings.Cut(part, "-")
		if !slices.ContainsFunc(strings.Split(string(mod), "\n"), func(line string) bool {
			return strings.Contains(line, "/"+name) && strings.Contains(line, version)
		}) {
			t.Errorf("Version says %s, go.mod has another: raise Version, so that stored HTML is rendered again", part)
		}
	}
}

func TestHTMLIsUntouched(t *testing.T) {
	if got := HTML("<p>a</p>"); got != "<p>a</p>" {
		t.Errorf("got %q", got)
	}
}
