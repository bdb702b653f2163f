package syllable

import "testing"

func TestGerman(t *testing.T) {
	for word, want := range map[string]int{
		"haus": 1, "garten": 2, "daten": 2, "datenschutz": 3, "information": 5, "nation": 3, "museum": 3, "theater": 3, "familie": 4, "linie": 3,
		"bauer": 2, "neue": 2, "aktuell": 3, "quelle": 2, "yoga": 2, "system": 2, "be": 1, "beenden": 3, "geehrt": 2, "geeignet": 3, "beinhalten": 4,
		"beeinflussen": 4, "software": 2, "online": 2, "website": 2, "code": 1, "übermittlung": 4, "einwilligung": 4, "straße": 2, "größe": 2, "café": 2,
		"europa": 3, "bürgerinnen": 4, "speicherung": 3, "verarbeitung": 4, "auftragsverarbeiter": 6, "personenbezogen": 6, "medien": 3, "spiel": 1,
		"vieh": 1, "knie": 1, "ideal": 3, "real": 2, "ruine": 3, "kooperation": 5, "zoo": 1, "see": 1, "idee": 2, "x": 1, "": 0, "italien": 4, "studie": 3,
	} {
		if got := German(word); got != want {
			t.Errorf("%q has %d syllables, want %d", word, got, want)
		}
	}
}

func TestEnglish(t *testing.T) {
	for word, want := range map[string]int{
		"cat": 1, "table": 2, "make": 1, "makes": 1, "boxes": 2, "wanted": 2, "called": 1, "data": 2, "information": 4, "privacy": 3, "quiet": 2,
		"people": 2, "radio": 3, "social": 2, "consent": 2, "processing": 3, "security": 4, "little": 2,
		"the": 1, "you": 1, "company's": 3, "statement": 2, "safely": 2, "careful": 2, "tourism": 3, "x": 1, "": 0, "agree": 2,
	} {
		if got := English(word); got != want {
			t.Errorf("%q has %d syllables, want %d", word, got, want)
		}
	}
}

func FuzzCount(f *testing.F) {
	for _, w := range []string{"", "haus", "be", "ge", "qu", "y", "äöü", "\xff", "'s", "eee", "les", "ied"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for name, n := range map[string]int{"German": German(word), "English": English(word)} {
			if n < 0 || n > 200 || word == "" && n != 0 || word != "" && n == 0 {
				t.Errorf("%s: %d syllables in %q", name, n, word)
			}
		}
	})
}
