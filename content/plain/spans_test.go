package plain

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// markdownPieces are constructs with the places in ⟦⟧ that readers see and the checker must mark. The same word where nobody
// sees it (code, addresses, pictures, HTML, front matter) has no marks.
var markdownPieces = []string{
	"Das ist ⟦lediglich⟧ ein Satz.",
	"Das ist ⟦lediglich⟧ ein Satz\nin zwei Zeilen, ⟦lediglich⟧ lang.",
	"Das ist **⟦lediglich⟧** fett, *⟦lediglich⟧* schräg, ***⟦lediglich⟧*** beides.",
	"**Das ist ⟦lediglich⟧ fett**, und _das ⟦lediglich⟧ schräg_, ~~das ⟦lediglich⟧ weg~~.",
	"# Ein ⟦lediglich⟧ kurzer Titel",
	"### Ein ⟦lediglich⟧ kurzer Titel ###",
	"Ein ⟦lediglich⟧ kurzer Titel\n===",
	"- Wir sehen ⟦lediglich⟧ den Ort\n- und ⟦lediglich⟧ das Jahr",
	"* Wir sehen ⟦lediglich⟧ den Ort\n  und zwar ⟦lediglich⟧ den Ort\n* und mehr",
	"- Wir sehen das:\n    - ⟦lediglich⟧ den Ort\n    - ⟦lediglich⟧ das Jahr\n- und mehr",
	"1. Wir sehen ⟦lediglich⟧ den Ort\n2. und ⟦lediglich⟧ das Jahr",
	"- Wir sehen ⟦lediglich⟧ den Ort.\n\n    Das ist ⟦lediglich⟧ ein Absatz im Punkt.\n\n- und mehr",
	"> Das ist ⟦lediglich⟧ ein Zitat.\n> Es hat ⟦lediglich⟧ zwei Zeilen.",
	"> Das ist ⟦lediglich⟧ ein Zitat.\n>\n> - mit ⟦lediglich⟧ einem Punkt\n> - und noch einem",
	"> > Das ist ⟦lediglich⟧ ein Zitat im Zitat.",
	"| Was | Wofür ⟦lediglich⟧ das |\n|---|:--:|\n| ⟦lediglich⟧ der Ort | für *⟦lediglich⟧* die Karte |\n| das Jahr | ⟦lediglich⟧ so |",
	"Was | Wofür\n--- | ---\nOrt | ⟦lediglich⟧ für die Karte",
	"Sehen Sie [⟦lediglich⟧ hier](https://example.org/lediglich \"lediglich ein Titel\") nach, ⟦lediglich⟧ hier.",
	"Sehen Sie [**⟦lediglich⟧** hier](</a b/lediglich>) nach, ⟦lediglich⟧ hier.",
	"Sehen Sie [⟦lediglich⟧ hier][ziel] nach.\n\n[ziel]: https://example.org/lediglich \"lediglich\"",
	"[iOS]: [⟦lediglich⟧ Hilfe](https://example.org/lediglich) gibt es, ⟦lediglich⟧ Hilfe.",
	"Sehen Sie https://example.org/lediglich oder <https://example.org/lediglich> an, ⟦lediglich⟧ das.",
	"Schreiben Sie an lediglich@example.org, ⟦lediglich⟧ dorthin.",
	"![lediglich ein Bild](lediglich.png \"lediglich\") zeigt ⟦lediglich⟧ das.",
	"Der Befehl `lediglich` hat ⟦lediglich⟧ das getan, ``auch ` lediglich`` hier.",
	"```text\nlediglich im Kasten\n```",
	"~~~\nlediglich im Kasten\n\nlediglich\n~~~",
	"Davor.\n\n    lediglich im Kasten",
	"<div>\nlediglich im Kasten\n</div>\n",
	"<!-- lediglich ein Kommentar -->",
	"Das <b title=\"lediglich\">⟦lediglich⟧</b> ist fett.",
	`Ein \*Stern\*, ein \_Strich\_, ein \\ und ⟦lediglich⟧ eine \[Klammer\].`,
	"Müller &amp; Söhne &uuml;ben &#8222;⟦lediglich⟧&#8220; das, &lt;⟦lediglich⟧&gt; das.",
	"Eine Zeile mit Umbruch,  \n⟦lediglich⟧ das\\\nund ⟦lediglich⟧ das.",
	"Das 👍🏽 ist „⟦lediglich⟧“ ein Satz (⟦lediglich⟧ einer), 10 % ⟦lediglich⟧.",
	"Das ist ⟦le\u00addig\u00adlich⟧ getrennt und \u200e⟦lediglich⟧\u200f gerichtet.",
	"Das ist ⟦le&shy;dig&#173;lich⟧ getrennt, ⟦&#108;ediglich⟧ so, ⟦zum&nbsp;gegenwärtigen\u00a0Zeitpunkt⟧.",
	"Mit\tTab\tist ⟦lediglich⟧ das, mit\u00a0festem\u00a0Leerzeichen ⟦lediglich⟧ das.",
	"Das ist 2 * 3 * ⟦lediglich⟧ eine Zahl, a_b_lediglich_c nicht.",
	"Preis: [5 Euro, ⟦lediglich⟧ 5 Euro. Und ] ⟦lediglich⟧ so.",
	"***",
	"⟦Seitens⟧ der Bank steht ⟦im Rahmen der⟧ Prüfung alles ⟦zur Verfügung⟧, sie stellen es ⟦zur\nVerfügung⟧.",
	"⟦z. B.⟧ hier, ⟦z.B.⟧ da, ⟦ggf.⟧ dort",
}

// unmark returns a source without marks and the spans that were marked.
func unmark(s string) (source string, spans []span) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "⟦")
		b.WriteString(before)
		if !ok {
			return b.String(), spans
		}
		marked, after, _ := strings.Cut(rest, "⟧")
		start := int32(b.Len())
		b.WriteString(marked)
		spans = append(spans, span{start, int32(b.Len())})
		s = after
	}
}

// TestFalseDefinitionsAreProse: the page shows a line of the shape of a definition where it can be none.
func TestFalseDefinitionsAreProse(t *testing.T) {
	for _, doc := range []string{
		"[Hinweis]: ⟦lediglich⟧",
		"[Hinweis]: lediglich\n\nSiehe [Hinweis], ⟦lediglich⟧ dort.",
		"[Apple]: [⟦lediglich⟧ Hilfe](https://example.org)\n\n[Apple]: [⟦lediglich⟧ Hilfe](https://example.org)",
		"[a]: lediglich.html\n\n⟦lediglich⟧ das",
		"[a]: mailto:lediglich\n\n⟦lediglich⟧ das",
		"[a]: #lediglich\n\n⟦lediglich⟧ das",
		"[a]:\n  https://example.org/lediglich\n\n⟦lediglich⟧ das",
	} {
		source, want := unmark(doc)
		if got := listHits(t, source); !slices.Equal(got, want) {
			t.Errorf("%q\n  marks %q at %v\n  want  %q at %v", source, marks(source, got), got, marks(source, want), want)
		}
	}
}

func listHits(t *testing.T, source string) (spans []span) {
	t.Helper()
	r := mustCheck(t, Input{Source: source, Lang: "de"})
	checkSpans(t, source, r)
	for _, f := range r.Findings {
		if f.Rule == "word.officialese" || f.Rule == "abbr.dotted" {
			spans = append(spans, span{int32(f.Start), int32(f.End)})
		}
	}
	return spans
}

func marks(source string, spans []span) (out []string) {
	for _, s := range spans {
		out = append(out, source[s.start:s.end])
	}
	return out
}

// TestSpansInEveryConstruct tries each construct alone, with Windows line ends, and in a quote.
func TestSpansInEveryConstruct(t *testing.T) {
	for _, piece := range markdownPieces {
		for _, doc := range []string{piece, strings.ReplaceAll(piece, "\n", "\r\n"), "Davor.\n\n" + piece + "\n\nDanach."} {
			source, want := unmark(doc)
			if got := listHits(t, source); !slices.Equal(got, want) {
				t.Errorf("%q\n  marks %q at %v\n  want  %q at %v", source, marks(source, got), got, marks(source, want), want)
			}
		}
	}
}

// TestSpansInAnyMix joins the constructs at random: no piece may shift the spans of another.
func TestSpansInAnyMix(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 / slower {
		var doc []string
		for range 1 + random.IntN(7) {
			doc = append(doc, markdownPieces[random.IntN(len(markdownPieces))])
		}
		text := strings.Join(doc, "\n\n")
		if random.IntN(4) == 0 {
			text = "---\ntitle: lediglich\n---\n" + text
		}
		source, want := unmark(text)
		if got := listHits(t, source); !slices.Equal(got, want) {
			t.Fatalf("%q\n  marks %q at %v\n  want  %q at %v", source, marks(source, got), got, marks(source, want), want)
		}
	}
}
