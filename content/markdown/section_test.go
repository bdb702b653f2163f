package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSections(t *testing.T) {
	long := strings.Repeat("wort ", 8000)
	for _, tt := range []struct {
		name, source string
		want         []string // "id|heading|start of the body"
	}{
		{"none", "a\n\nb", []string{"text||a\n\nb"}},
		{"empty", "", nil},
		{"h2 with an opening", "a\n\n## B **c**\n\nd\n### e\nf\n## B c\n", []string{"text||a", "b-c|B c|d\n### e\nf", "b-c-2|B c|"}},
		{"title above", "# T\n\nx\n\n## A\n\na\n\n## B\n\nb", []string{"t|T|x", "a|A|a", "b|B|b"}},
		{"h3 only", "### A\na\n### B\nb", []string{"a|A|a", "b|B|b"}},
		{"one heading", "## A\na", []string{"a|A|a"}},
		{"setext", "A\n===\na\n\nB\n===\n\nb", []string{"a|A|a", "b|B|b"}},
		{"not in code", "## A\n```\n## x\n```\n    ## y\n\n## B\n", []string{"a|A|```\n## x\n```\n    ## y", "b|B|"}},
		{"fence without end", "## A\n```\n## B\nb", []string{"a|A|```", "b|B|b"}},
		{"long section", "## A\na\n### A1\n" + long + "\n### A2\n" + long + "\n## B\nb", []string{"a|A|a", "a1|A1|wort", "a2|A2|wort", "b|B|b"}},
		{"long without headings", "## A\n" + long + "\n\n" + long + "\n\n## B\nb", []string{"a|A|wort", "text||wort", "b|B|b"}},
		{"ids", "## Ä\n## Ä\n## Ä 2\n## ?\n## Ä", []string{"ae|Ä|", "ae-2|Ä|", "ae-2-2|Ä 2|", "text|?|", "ae-3|Ä|"}},
		{"definition shared", "## A\n[x]\n## B\n[x] too\n\n[x]: /y\n", []string{"a|A|[x]\n\n[x]: /y", "b|B|[x] too\n\n[x]: /y"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Sections(tt.source) {
				got = append(got, s.ID+"|"+s.Heading+"|"+strings.TrimSpace(s.Body[:min(len(s.Body), 40)]))
			}
			for i, g := range got {
				if strings.HasSuffix(tt.want[min(i, len(tt.want)-1)], "|wort") && strings.Contains(g, "|wort ") {
					got[i] = g[:strings.Index(g, "|wort ")] + "|wort"
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%q\nwant\n%q", got, tt.want)
			}
		})
	}
}

func checkSections(t *testing.T, name, source string) {
	t.Helper()
	var words []string
	ids := map[string]bool{}
	for _, s := range Sections(source) {
		if err := Check(s.Body); err != nil {
			t.Errorf("%s: section %s: %v", name, s.ID, err)
		}
		if ids[s.ID] || s.ID == "" {
			t.Errorf("%s: the id %q is there twice or empty", name, s.ID)
		}
		ids[s.ID] = true
		plain, err := Plain(s.Body)
		if err != nil {
			t.Errorf("%s: section %s: %v", name, s.ID, err)
		}
		words = append(words, wordsOf(s.Heading+"\n"+plain)...)
	}
	if want := browserWords(source); !inOrder(want, words) {
		t.Errorf("%s: a word is lost: %s", name, firstLost(want, words))
	}
}

func TestSectionsOfRealPolicies(t *testing.T) {
	policies := mustHistory(t, "github-site-policy.jsonl")
	texts := make([]string, len(policies))
	for i, s := range policies {
		converted, _, err := FromHTML(s.Markdown)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = converted
		checkSections(t, s.Key+" "+s.Date, converted)
	}
	for i := 0; i < len(texts); i += 12 { // and texts of 100 kB made of them
		together := texts[i]
		for n := 1; len(together) < 100_000; n++ {
			together += "\n\n" + texts[(i+17*n)%len(texts)]
		}
		checkSections(t, fmt.Sprintf("%d bytes from %s", len(together), policies[i].Key), together)
		underOne := "## Everything\n\n" + strings.ReplaceAll(together, "\n## ", "\n### ")
		checkSections(t, "under one heading", underOne)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Wofür nutzen wir Ihre E-Mail?": "wofuer-nutzen-wir-ihre-e-mail",
		"ÄÖÜ ẞ ß":                       "aeoeue-ss-ss",
		norm.NFD.String("Größe"):        "groesse",
		"--a  b--":                      "a-b",
		"Café":                          "cafe",
		"API10":                         "api10",
		"日本":                            "",
		strings.Repeat("ab ", 40):       strings.TrimSuffix(strings.Repeat("ab-", 27), "-"),
	} {
		if got := Slug(title); got != want || len(got) > 80 {
			t.Errorf("Slug(%q) = %q, want %q", title, got, want)
		}
	}
}
