package search

import (
	"slices"
	"strings"
	"testing"
)

// TestVerbsOfOneFamilyMeet: each form finds each other one.
func TestVerbsOfOneFamilyMeet(t *testing.T) {
	for _, family := range []string{
		"weitergeben weitergibt weitergegeben weiterzugeben Weitergabe", "abschalten abgeschaltet abzuschalten abschaltet", "zurückziehen zurückgezogen zurückzuziehen zurückzog",
		"anmelden angemeldet Anmeldung anzumelden", "aufheben aufgehoben aufzuheben", "einsehen eingesehen Einsicht einsieht", "verlieren verloren verlor",
		"erheben erhoben", "widersprechen Widerspruch widersprochen widerspricht", "löschen gelöscht Löschung löscht", "nehmen nimmt genommen", "wissen weiß gewusst",
		"teilnehmen teilgenommen Teilnahme", "mitlesen mitgelesen mitliest",
	} {
		forms := strings.Fields(family)
		for _, text := range forms {
			x := New("de").With([]Doc{{ID: "a", Fields: []Field{{"x", 6}, {text, 1}}}}, nil)
			for _, asked := range forms {
				if hits := x.Understand(asked, func(string) bool { return false }).Find(1); len(hits) != 1 {
					t.Errorf("%q does not find %q", asked, text)
				}
			}
		}
	}
}

// What sounds alike is not the same verb.
func TestStrangersDoNotMeet(t *testing.T) {
	for _, pair := range [][2]string{
		{"sehen", "sicher"}, {"abend", "ende"}, {"weitergeben", "zurückgeben"}, {"abschalten", "einschalten"}, {"antwort", "wort"}, {"mitlesen", "mitgelitten"},
	} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			x := New("de").With([]Doc{{ID: "a", Fields: []Field{{"x", 6}, {p[0], 1}}}}, nil)
			if hits := x.Understand(p[1], func(string) bool { return true }).Find(1); len(hits) != 0 {
				t.Errorf("%q finds %q", p[1], p[0])
			}
		}
	}
}

func TestVerbsInTwoPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"Wir geben Ihre Daten nicht weiter.":     "weitergeben: geben weiter",
		"gebt ihr daten weiter an firmen":        "weitergeben: gebt weiter",
		"Wie schalte ich das ab?":                "abschalten: schalte ab",
		"Melden Sie sich an, und lesen Sie mit.": "anmelden: Melden an; mitlesen: lesen mit",
		"schalten sie es aus wenn sie gehen":     "ausschalten: schalten aus",
		"daten die weiter gegeben werden":        "",
		"sie haben daten weiter gegeben":         "weitergeben: gegeben weiter",
		"hebt ihr das auf":                       "aufheben: hebt auf",
		"Ihr Paket bringt weiter der Bote":       "",
		"wir haben nichts zu geben":              "",
		"Wir melden den Fall an die Aufsicht":    "",
		"ab":                                     "",
		"":                                       "",
		"Rufen Sie Ihre E-Mail ab":               "abrufen: Rufen ab",
		strings.Repeat("wort ", 60) + "gebt " + "daten " + "weiter": "weitergeben: gebt weiter",
	} {
		var got []string
		c := newRules("de").clauses(text, func(verb apart) {
			got = append(got, verb.whole+": "+text[verb.rest.start:verb.rest.end]+" "+text[verb.first.start:verb.first.end])
		})
		eachWord(text, c.add)
		c.end()
		if strings.Join(got, "; ") != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
	if newRules("en").clauses("x", nil) != nil {
		t.Error("English verbs fall apart")
	}
}

func TestAskedInTwoPlaces(t *testing.T) {
	x := shelf(t)
	for query, want := range map[string]string{
		"gebt ihr gesundheitsdaten weiter": "gesundheit", "wird etwas weitergegeben paket": "paket", "gebt ihr den namen weiter": "paket", "wann löscht ihr das": "loeschen",
	} {
		if got := firstOf(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	q := x.Understand("weitergabe", func(string) bool { return false })
	var marked []string
	for _, p := range q.Mark("Gesundheitsdaten geben wir nicht weiter. Es geht weiter.") {
		if p.Hit {
			marked = append(marked, p.Text)
		}
	}
	if !slices.Equal(marked, []string{"geben", "weiter"}) {
		t.Errorf("marked are %q", marked)
	}
	english := New("en").With([]Doc{{ID: "a", Fields: []Field{{"Do you share data?", 6}}}}, nil)
	if got := firstOf(english, "gebt ihr etwas weiter"); got != "a" {
		t.Errorf("a German verb finds %q in English", got)
	}
}

// TestListedVerbs: each verb of the list is understood in two places.
func TestListedVerbs(t *testing.T) {
	v, count := germanVerbs(), 0
	for first, verbs := range v.apart {
		if !slices.Contains(firstParts, first) {
			t.Errorf("%q is listed but not looked for", first)
		}
		for stem, whole := range verbs {
			if count++; !strings.HasPrefix(whole, first) || stem == "" || !v.splits(whole) {
				t.Errorf("%q makes %q of %q", first, whole, stem)
			}
		}
	}
	if count < 400 {
		t.Errorf("only %d forms", count)
	}
}
