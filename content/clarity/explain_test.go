package clarity

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"klartext/content"
	"klartext/content/plain"
)

func newChecker(t testing.TB) *Checker {
	t.Helper()
	c, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	return New(c)
}

var terms = []content.Term{
	{ID: "1", Lang: "de", Term: "Cookie", Forms: []string{"Cookies"}, Explanation: "Eine kleine Datei <auf> Ihrem Gerät"},
	{ID: "2", Lang: "de", Term: "berechtigtes Interesse", Forms: []string{"berechtigten Interesse"}, Explanation: "Ein guter Grund."},
}

func TestTermsAreExplainedOncePerSection(t *testing.T) {
	t.Parallel()
	e := newChecker(t).Explainer("de", terms, "/de/glossary")
	got := e.Mark("<p>Ein Cookie und noch ein Cookie &amp; mehr.</p><h3>Cookies</h3><p>Wir setzen Cookies aus berechtigten Interesse.</p>")
	if n := strings.Count(got, `class="term"`); n != 3 {
		t.Fatalf("%d terms: %s", n, got)
	}
	for _, want := range []string{
		`<p>Ein <button type="button" class="term" popovertarget="gloss-1" aria-describedby="gloss-1-said">Cookie</button>`,
		`<span class="gloss" id="gloss-1" popover="auto"><span hidden=""> (</span><span id="gloss-1-said">Eine kleine Datei &lt;auf&gt; Ihrem Gerät.</span><span hidden=""> </span><a href="/de/glossary#term-cookie">Cookie</a><span hidden="">)</span></span> und noch ein Cookie &amp; mehr.</p>`,
		`<h3>Cookies</h3>`, `popovertarget="gloss-2"`, `>berechtigten Interesse</button>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
	// Browsers break lines beside a button: brackets and full stops stay with their term.
	if tied := e.Mark("<p>Das (Cookie), das.</p>"); !strings.Contains(tied, `<p>Das <span class="tie">(<button`) || !strings.HasSuffix(tied, `</span>),</span> das.</p>`) {
		t.Errorf("%s", tied)
	}
	// The next part of the page explains it again, under an id of its own.
	if next := e.Mark("<p>Cookie</p>"); !strings.Contains(next, `id="gloss-5"`) {
		t.Errorf("%s", next)
	}
}

func TestWhatLeadsSomewhereIsLeftAlone(t *testing.T) {
	t.Parallel()
	e := newChecker(t).Explainer("de", terms, "/de/glossary")
	for _, safe := range []string{
		`<p><a href="/x">Cookies</a>, <code>Cookie</code></p>`, "<pre><code>Cookie\n</code></pre>", "<h2>Cookie</h2>", "", "<p>Kuchen</p>",
		"<table><thead><tr><th>Cookie</th></tr></thead></table>",
	} {
		if got := e.Mark(safe); got != safe {
			t.Errorf("%s became %s", safe, got)
		}
	}
	var nothing *Explainer
	if got := nothing.Mark("<p>Cookie</p>"); got != "<p>Cookie</p>" {
		t.Errorf("%s", got)
	}
	if newChecker(t).Explainer("fr", terms, "") != nil || newChecker(t).Explainer("de", nil, "") != nil {
		t.Error("there is nothing to explain")
	}
}

// Whatever the text, readers lose no word, and nothing stands in it that was not safe.
func FuzzMark(f *testing.F) {
	for _, seed := range []string{"<p>Ein Cookie", "<table>Cookie<td>Cookie", "<b><p>Cookies</b></p>", "<ul><li>Cookie<li>berechtigtes Interesse</ul>", "\x00<p>&#0;Cookie"} {
		f.Add(seed)
	}
	checker := newChecker(f)
	f.Fuzz(func(t *testing.T, safe string) {
		if strings.Contains(strings.ToLower(safe), "popover") || strings.Contains(strings.ToLower(safe), "<button") {
			t.Skip() // no renderer of ours makes such a thing
		}
		e := checker.Explainer("de", terms, "/de/glossary")
		got := e.Mark(safe)
		if got == safe {
			return
		}
		if want, have := visible(t, safe), visible(t, got); want != have {
			t.Errorf("%q reads %q, was %q", got, have, want)
		}
	})
}

// visible is the text without explanations.
func visible(t *testing.T, source string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key == "popover" {
				return
			}
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return b.String()
}
