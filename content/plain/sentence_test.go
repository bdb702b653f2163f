package plain

import (
	"slices"
	"strings"
	"testing"
)

// sentencesOf cuts a text at the marks that the checker sees.
func sentencesOf(t *testing.T, lang, src string) []string {
	t.Helper()
	l := mustChecker(t).languages[lang]
	var w workspace
	if err := read(&w.reading, src, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	for i, u := range w.reading.units {
		first := len(w.tokens)
		w.tokens = tokenize(w.tokens, w.reading.text, u)
		w.scratch = l.describe(w.tokens[first:], w.reading.text, w.scratch)
		w.sentences = l.sentences(w.sentences, w.tokens, first, u.kind, int32(i))
	}
	var out []string
	for _, s := range w.sentences {
		out = append(out, string(w.reading.text[w.tokens[s.first].start:w.tokens[s.last-1].end]))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"de", "Das ist gut.|Das auch."},
		{"de", "Am 25. Mai ist es so weit.|Dann geht es los."},
		{"de", "Das gilt z. B. für Sie.|Für uns auch."},
		{"de", "Das gilt z.B. für Sie.|Für uns auch."},
		{"de", "Art. 6 Abs. 1 lit. f DSGVO gilt.|Mehr nicht."},
		{"de", "Siehe Nr. 5 und Nr. 6.|Dort steht es."},
		{"de", "Herr Dr. Müller kommt.|Er hilft."},
		{"de", "J. Müller kommt.|A. Beck auch."},
		{"de", "Wir haben Brot, Milch usw.|Das reicht."},
		{"de", "Wir haben Brot usw. im Haus."},
		{"de", "Es kostet 3.50 Euro.|Das ist viel."},
		{"de", "Wir haben 25.|Das reicht."},
		{"de", "Im 19. Jahrhundert war das so.|Heute nicht."},
		{"de", "Kommen Sie?|Ja!|Gut …|Bis dann."},
		{"de", "„Kommen Sie?“ fragt er.|Sie nickt."},
		{"de", "Er sagt: „Das geht.“|Sie nickt."},
		{"de", "Das ist gut (sehr gut!).|Ja."},
		{"de", "Wir nutzen www.example.org und mehr.|Gut."},
		{"de", "Schreiben Sie an a.b@example.org.|Danke."},
		{"de", "Das geht, d. h. es läuft.|Gut so."},
		{"de", "Das gilt: (a) Sie kommen; (b) Sie gehen."},
		{"en", "This is good.|So is this."},
		{"en", "Mr. Smith comes.|He helps."},
		{"en", "It is so, e.g. for you.|And for us."},
		{"en", "It costs 3.50 euros.|That is a lot."},
		{"en", "He lives in the U.S. and works.|Fine."},
		{"en", "Bread, milk etc.|That is all."},
		{"en", "\"Are you there?\" he asks.|She nods."},
		{"en", "We ask you:|(a) If you come we pay.|(b) If you go we stop."},
		{"en", "Is it 5 p.m. now?|Yes."},
		{"en", "See Art. 6 of it.|Then go."},
	} {
		want := strings.Split(c.text, "|")
		if c.text == "Das gilt: (a) Sie kommen; (b) Sie gehen." {
			want = []string{"Das gilt:", "(a) Sie kommen;", "(b) Sie gehen."}
		}
		if got := sentencesOf(t, c.lang, strings.Join(want, " ")); !slices.Equal(got, want) {
			t.Errorf("%s:\n  got  %q\n  want %q", c.lang, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"Die E-Mail-Adresse ist da.":                "Die|E-Mail-Adresse|ist|da",
		"Bürger*innen und Nutzer:innen.":            "Bürger*innen|und|Nutzer:innen",
		"Nutzer/-innen, Nutzer_innen":               "Nutzer/-innen|Nutzer_innen",
		"Bürger(innen) mit Datei(en), so (in) etwa": "Bürger(innen)|mit|Datei(en)|so|in|etwa",
		"the user(s) of it":                         "the|user(s)|of|it",
		"Das Haupt- und das Nebenhaus":              "Das|Haupt|und|das|Nebenhaus",
		"Was geht's dich an?":                       "Was|geht's|dich|an",
		"und/oder":                                  "und|oder",
		"10-jährige Kinder":                         "10-jährige|Kinder",
		"Text **fett**er Text":                      "Text|fetter|Text",
		"Da\u00adten":                               "Daten",
		"[Link](https://example.org)-Text ist da":   "Link-Text|ist|da",
		"siehe https://example.org/pfad, ja":        "siehe|ja",
	} {
		var w workspace
		if err := read(&w.reading, text, func(string) bool { return false }); err != nil {
			t.Fatal(err)
		}
		for _, u := range w.reading.units {
			w.tokens = tokenize(w.tokens, w.reading.text, u)
		}
		var got []string
		for _, tok := range w.tokens {
			if tok.isWord() {
				got = append(got, string(w.reading.text[tok.start:tok.end]))
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q has words %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}
