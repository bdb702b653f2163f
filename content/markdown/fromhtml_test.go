package markdown

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/html"
	"github.com/gomarkdown/markdown/parser"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFromHTML(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"no HTML", "a < b and 3 > 2\r\n\r\n* x \n", "a < b and 3 > 2\r\n\r\n* x \n"},
		{"front matter", "---\ntitle: A\ntags:\n  - b\n---\n\nText\n", "Text\n"},
		{"a rule is no front matter", "---\n\nText\n\n---\n", "---\n\nText\n\n---\n"},
		{"comment alone", "<!-- x -->\n\n## A\n", "\n## A\n"},
		{"comment over blank lines", "a\n\n<!-- x\n\ny -->\n\nb\n", "a\n\n\nb\n"},
		{"comment in a sentence", "a <!-- x -->b\n", "a b\n"},
		{"comments that are none to people", "a <!--> b -->\n", "a  b -->\n"},
		{"anchor", "- <a name=\"x\"></a>\n**Bold**: text\n", "- \n**Bold**: text\n"},
		{"breaks", "Street 1<br>\nTown<br/>Country</br>\n", "Street 1\\\nTown\\\nCountry\n"},
		{"break in a table", "|a|b|\n|---|---|\n|x <br/> y|z<br>q|\n", "|a|b|\n|---|---|\n|x y|z q|\n"},
		{"break alone", "a\n\n<br>\n\nb\n", "a\n\n\nb\n"},
		{"break before a number", "a<br>1. b\n", "a\\\n1\\. b\n"},
		{"span", "a <span class=\"x\">b *c*</span> d\n", "a b *c* d\n"},
		{"bold and link", "a <b> b </b> <a href=\"https://x.org/?a=1&amp;b\" target=_blank>c</a>.\n", "a  **b**  [c](https://x.org/?a=1&b).\n"},
		{"bold in a word", "a<b>b</b>c <i>d</i>\n", "abc *d*\n"},
		{"bold link", "<a href=\"/x\"><b>c</b></a>\n", "[**c**](/x)\n"},
		{"script link", "<a href=\"javascript:x\">c</a>\n", "c\n"},
		{"placeholder", "Dear <your name>, <Firma> and <5 more>\n", "Dear \\<your name>, \\<Firma> and \\<5 more>\n"},
		{"everyday word", "send it to <address> by <time of day>\n", "send it to \\<address> by \\<time of day>\n"},
		{"address in brackets", "see <https://x.org/a> or <a@x.org> or [c](<d e>)\n", "see <https://x.org/a> or <a@x.org> or [c](<d e>)\n"},
		{"code", "`<b>` and\n\n```html\n<div>x</div>\n```\n\n    <p>\n", "`<b>` and\n\n```html\n<div>x</div>\n```\n\n    <p>\n"},
		{"raised digits", "10<sup>2</sup> and 1<sup>st</sup>\n", "10² and 1st\n"},
		{"div", "a\n<div class=\"n\">\n  <p>b &amp; <b>c</b></p>\n  <p>d</p>\n</div>\nrest\n", "a\n\nb & **c**\n\nd\n\nrest\n"},
		{"Markdown in a div", "<div>\n\n**a**\n\n</div>\n", "\n**a**\n\n"},
		{"table", "<table><tr><th>A<th>B</tr>\n\n<tr><td>1<br>2</td><td><ul><li>x</li><li>y</li></ul></td></tr></table>\n", "| A | B |\n|---|---|\n| 1 2 | x y |\n"},
		{"details", "<details>\n<summary>Q?</summary>\n\nA **b**\n</details>\n", "**Q?**\n\nA **b**\n"},
		{"lists", "<ul><li>a</li></ul><ul><li>b</li></ul>\n", "- a\n\n- b\n"},
		{"script", "a\n\n<script>\nx\n\ny</script>\n\nb <style>p{}</style>c\n", "a\n\n\nb c\n"},
		{"words in a cell", "<table><tr><td><Name></td><td><https://x.org></td></tr></table>\n", "| &lt;Name&gt; | https://x.org |\n|---|---|\n"},
		{"image", "<p><img src=\"/media/a.png\" alt=\"Karte\"></p>\n", "![Karte](/media/a.png)\n"},
		{"heading", "## <a id=\"x\"></a>A<br>B\n", "## A B\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, report, err := FromHTML(tt.source)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("FromHTML(%q)\n got %q\nwant %q", tt.source, got, tt.want)
			}
			if report.Changed() != (tt.source != tt.want) {
				t.Errorf("the report says changed = %t: %+v", report.Changed(), report)
			}
			again, report, err := FromHTML(got)
			if err != nil || again != got || report.Changed() {
				t.Errorf("once more: %q, %+v, %v", again, report, err)
			}
		})
	}
}

func TestFromHTMLReports(t *testing.T) {
	_, report, err := FromHTML("---\na: b\n---\n<!-- c -->\nx<br>y <b>z</b> <i>z</i> <name>\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := report.Names(), []string{"b", "br", "i"}; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
	if report.Comments != 1 || report.Placeholders != 1 || report.FrontMatter != "---\na: b\n---\n" {
		t.Errorf("report %+v", report)
	}
}

// browserWords are the words of a text as an ordinary Markdown page with raw HTML
// would show them.
func browserWords(source string) []string {
	_, body := cutFrontMatter(source)
	doc := parser.NewWithExtensions(extensions).Parse([]byte(body))
	page := markdown.Render(doc, html.NewRenderer(html.RendererOptions{}))
	return wordsOf(norm.NFKC.String(visibleText(parseHTML(string(page)))))
}

func TestFromHTMLLosesNoWordOfRealHistories(t *testing.T) {
	elements := map[string]int{}
	comments, changed := 0, 0
	for _, s := range mustHistories(t) {
		converted, report, err := FromHTML(s.Markdown)
		if err != nil {
			t.Fatalf("%s %s: %v", s.Key, s.Date, err)
		}
		comments += report.Comments
		for name, n := range report.Elements {
			elements[name] += n
		}
		if report.Changed() {
			changed++
		} else if converted != s.Markdown {
			t.Errorf("%s %s: changed without a word in the report", s.Key, s.Date)
		}
		plain, err := Plain(converted)
		if err != nil {
			t.Fatalf("%s %s: %v", s.Key, s.Date, err)
		}
		have := wordsOf(norm.NFKC.String(plain))
		if want := browserWords(s.Markdown); !inOrder(want, have) {
			t.Errorf("%s %s: a word is lost: %s", s.Key, s.Date, firstLost(want, have))
		}
		again, report, err := FromHTML(converted)
		if err != nil || again != converted || report.Changed() {
			t.Errorf("%s %s: converting again changes it: %+v, %v", s.Key, s.Date, report, err)
		}
	}
	t.Logf("%d texts changed; elements %v, %d comments", changed, elements, comments)
	if elements["br"] == 0 || elements["a"] == 0 || comments == 0 {
		t.Error("the histories are known to hold <br>, <a name> and comments, none were seen")
	}
}

func firstLost(part, whole []string) string {
	at := 0
	for _, w := range whole {
		if at < len(part) && part[at] == w {
			at++
		}
	}
	return strings.Join(part[max(0, at-8):min(len(part), at+4)], " ")
}

// TestNoWordOfTheSourceIsLost is stricter than a browser: all words that are not in a
// tag, a comment or an address are shown.
func TestNoWordOfTheSourceIsLost(t *testing.T) {
	lost := map[string]string{}
	for _, s := range mustHistories(t) {
		converted, _, err := FromHTML(s.Markdown)
		if err != nil {
			t.Fatal(err)
		}
		list, err := Blocks(converted)
		if err != nil {
			t.Fatal(err)
		}
		have := map[string]bool{}
		for _, b := range list {
			for _, w := range wordsOf(b.Text) {
				have[w] = true
			}
		}
		for _, w := range wordsOf(converted) {
			if !have[w] && !isNumber(w) && w != "https" && w != "mailto" { // schemes do not show where the address is the text
				lost[w] = s.Key + " " + s.Date
			}
		}
	}
	for _, w := range slices.Sorted(maps.Keys(lost)) {
		t.Errorf("%q is lost in %s", w, lost[w])
	}
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

// TestFromHTMLLosesNoWordOfMixedTexts numbers the words of texts that are put
// together at random and looks for every number.
func TestFromHTMLLosesNoWordOfMixedTexts(t *testing.T) {
	pieces := []string{
		"@ **@** [@](/x) `@`", "- @\n- <b>@</b> @<br>@\n", "1. @\n\n    @\n", "> @ <span>@</span>\n", "## @ <a name=x></a>@\n",
		"|@|@|\n|---|---|\n|@<br>@|<b>@</b>|\n", "<div>\n@ <b>@</b>\n<p>@</p>\n</div>\n", "<div>\n\n@ *@*\n\n</div>\n",
		"<table><tr><td>@<td>@</tr>\n\n<tr><th>@</th></tr></table>\n", "<ul><li>@<ul><li>@</ul><li>@</ul>@\n", "<details><summary>@</summary>\n\n@\n</details>\n",
		"<dl><dt>@<dd>@</dl>\n", "<!-- x -->@<!-- y\n-->\n", "<x> @ <your @> @\n", "@<br>\n- @</br>\n<br/>", "```\n<b>@</b>\n```\n", "<pre>\n@\n\n@ </pre>\n",
		"<p>@ @</p>@", "</div>@</b>@ <i>@", "<h2>@</h2>@\n", "<blockquote>@<p>@</blockquote>\n", "<a href='/x'>@ <i>@</i></a> ", "&lt;@&gt; \\<@> ",
	}
	rapid.Check(t, func(t *rapid.T) {
		var source strings.Builder
		var want []string
		for _, piece := range rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces") {
			for strings.Contains(piece, "@") {
				word := fmt.Sprintf("wort%d", len(want))
				want = append(want, word)
				piece = strings.Replace(piece, "@", word, 1)
			}
			source.WriteString(piece + rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "end"))
		}
		converted, _, err := FromHTML(source.String())
		if err != nil {
			t.Fatal(err)
		}
		plain, err := Plain(converted)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range want {
			if !strings.Contains(plain, word) {
				t.Fatalf("%s of\n%q is lost in\n%q", word, source.String(), converted)
			}
		}
	})
}

func TestFrontMatter(t *testing.T) {
	for _, source := range []string{"", "---", "---\n---\nx", "---\nJust a sentence\n---\n", "---\na: b\n", "----\na: b\n----\n"} {
		if front, body := cutFrontMatter(source); front != "" || body != source {
			t.Errorf("cutFrontMatter(%q) took %q", source, front)
		}
	}
}
