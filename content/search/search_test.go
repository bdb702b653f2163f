package search

import (
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"Löschen": "loschen", "LOESCHEN": "loschen", "loschen": "loschen", "lo\u0308schen": "loschen", "Straße": "strasse", "STRASSE": "strasse",
		"neue": "neue", "Dauer": "dauer", "Quelle": "quelle", "Aydın": "aydin", "Škoda": "skoda", "naïve": "naive", "": "", "\xff\xfe": "", "ﬁnden": "finden",
	} {
		if got := string(fold(nil, word, true)); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	if got := string(fold(nil, "queue", false)); got != "queue" {
		t.Errorf("without digraphs: %q", got)
	}
	if n := len(fold(nil, strings.Repeat("ﷺ", 40), true)); n > maxWord {
		t.Errorf("a folded word has %d bytes", n)
	}
}

func TestEachWord(t *testing.T) {
	var got []string
	eachWord("E-Mail, iOS 13.5 – Corona-Warn-App's „Käse“ a-", func(word string, at span) { got = append(got, word) })
	want := "E Mail EMail iOS 13 5 Corona Warn App CoronaWarnApp s Käse a"
	if strings.Join(got, " ") != want {
		t.Errorf("words are %q, want %q", strings.Join(got, " "), want)
	}
}

func TestGermanFormsMeet(t *testing.T) {
	for _, forms := range []string{
		"speichern speichert Speicherung Speicherungen", "Haus Häuser Häusern Hauses", "löschen löscht Löschung loeschen", "Tag Tage Tagen Tages",
		"Fehler Fehlers Fehlern", "verarbeiten Verarbeitung verarbeitet", "Kind Kinder Kindern", "Daten", "Codes Code", "Test Tests",
	} {
		stems := map[string]bool{}
		for word := range strings.FieldsSeq(forms) {
			stems[germanStem(string(fold(nil, word, true)))] = true
		}
		if len(stems) != 1 {
			t.Errorf("%q fall apart into %v", forms, slices.Sorted(maps.Keys(stems)))
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"daten", "daten", 0}, {"daten", "datne", 1}, {"daten", "date", 1}, {"daten", "xdaten", 1}, {"daten", "dtaen", 1}, {"daten", "konto", 3}, {"", "ab", 2}, {"abcdef", "a", 3}} {
		if got := distance(c.a, c.b, 2); got != min(c.want, 3) {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// shelf is a small German index.
func shelf(t testing.TB) *Index {
	t.Helper()
	doc := func(id, title, body string) Doc {
		return Doc{ID: id, Fields: []Field{{title, 6}, {body, 1}}}
	}
	return New("de").With([]Doc{
		doc("standort", "Wo speichern Sie meinen Standort?", "Wir speichern keine Standortdaten. Ihr Handy kennt den Ort."),
		doc("loeschen", "Wie lösche ich mein Konto?", "Unter „Mein Konto“ löschen Sie alles. Danach ist es gelöscht."),
		doc("gesundheit", "Was geschieht mit Gesundheitsdaten?", "Gesundheitsdaten geben wir nicht weiter. Die Daten bleiben hier."),
		doc("paket", "Wer liefert mein Paket?", "Der Paketdienst bekommt Namen und Anschrift. Es wird nichts weitergegeben."),
		doc("haeuser", "Welche Häuser haben Kameras?", "Alle Häuser mit Sendungsverfolgung. Sofort nach der Antwort wird das Bild vernichtet."),
	}, nil)
}

func firstOf(x *Index, query string) string {
	hits := x.Understand(query, func(string) bool { return false }).Find(5)
	if len(hits) == 0 {
		return ""
	}
	return hits[0].ID
}

func TestGermanQueries(t *testing.T) {
	x := shelf(t)
	for query, want := range map[string]string{
		"standort": "standort", "standortdaten": "standort", "Standorte": "standort", "STANDORT?": "standort", "gesundheit": "gesundheit",
		"gesundheitsdaten": "gesundheit", "daten gesundheit": "gesundheit", "haus": "haeuser", "haeuser": "haeuser", "hauser": "haeuser",
		"gelöscht": "loeschen", "loeschen": "loeschen", "loschung": "loeschen", "konto löschen": "loeschen", "kotno": "loeschen", "stadnort": "standort",
		"weitergeben": "gesundheit", "weitergabe adresse": "paket", "gps": "standort", "location": "standort", "account": "loeschen", "paketdienst": "paket",
		"kamera": "haeuser", "der die das": "", "": "", "?!": "", "qwzxv": "",
	} {
		if got := firstOf(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// Letters that stand in a word by chance are no part of a compound.
func TestNoCompoundByChance(t *testing.T) {
	x := shelf(t)
	hits := x.Understand("ort", func(string) bool { return false }).Find(5)
	for _, hit := range hits {
		if hit.ID == "haeuser" {
			t.Error(`"Ort" was found in "sofort" or "Antwort"`)
		}
	}
	verb := New("de").With([]Doc{{ID: "a", Fields: []Field{{"Das Gesetz verlangt Verse", 1}}}}, nil)
	if hits := verb.Understand("lang", func(string) bool { return false }).Find(5); len(hits) > 0 {
		t.Error(`"lang" was found in "verlangt"`)
	}
	if len(hits) == 0 || hits[0].ID != "standort" {
		t.Errorf("Ort finds %v", hits)
	}
}

func TestMarksAndExcerpts(t *testing.T) {
	x := shelf(t)
	q := x.Understand("standort gelöscht", func(string) bool { return false })
	marked := func(pieces []Piece) string {
		var b strings.Builder
		for _, p := range pieces {
			if p.Hit {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	if got := marked(q.Mark("Keine Standortdaten, kein Standort; löschen Sie.")); got != "Keine [Standortdaten], kein [Standort]; [löschen] Sie." {
		t.Errorf("marked: %q", got)
	}
	long := strings.Repeat("Davon steht hier nichts. ", 30) + "Ihr Standort wird nach einem Tag gelöscht. " + strings.Repeat("Und noch mehr. ", 30)
	got := marked(q.Excerpt(120, slices.Values([]string{"Kurz und ohne Treffer.", "", long})))
	if !strings.Contains(got, "Ihr [Standort] wird nach einem Tag [gelöscht].") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len(got) > 160 {
		t.Errorf("excerpt: %q", got)
	}
	if got := marked(q.Excerpt(120, slices.Values([]string{"Ohne Treffer.", "Auch ohne."}))); got != "Ohne Treffer." {
		t.Errorf("excerpt without a hit: %q", got)
	}
}

func TestCorrection(t *testing.T) {
	x := shelf(t)
	texts := func(string) iter.Seq[string] {
		return slices.Values([]string{"Wo speichern Sie meinen Standort?", "löschen Konto"})
	}
	for query, want := range map[string]string{
		"mein stadnort bitte": "mein Standort bitte", "standort": "", "xyzzyx": "", "meine Kotno-Daten": "meine Konto-Daten",
	} {
		if got := x.Understand(query, func(string) bool { return false }).Correction(texts); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	known := x.Understand("stadnort", func(string) bool { return true })
	if got := known.Correction(texts); got != "" {
		t.Errorf("a word of another language was taken for a mistake: %q", got)
	}
	if hits := x.Understand("standartisierung", func(string) bool { return false }).Loosely().Find(3); len(hits) == 0 {
		t.Error("nothing comes near")
	}
}

func TestHostileQueries(t *testing.T) {
	x := shelf(t)
	for _, query := range []string{
		strings.Repeat("daten", 100), strings.Repeat("a ", 4000), strings.Repeat("ä", 300), "\xff\xfe\xfd", strings.Repeat("-", 300), "a-b-c-d-e-f-g",
		strings.Repeat("ﷺ", 80), "\x00", "<script>", strings.Repeat("standortkontodaten", 9), "🙂🙂🙂", strings.Repeat("kontokonto", 6) + "x",
	} {
		q := x.Understand(query, func(string) bool { return false })
		q.Find(10)
		q.Loosely().Find(10)
		q.Excerpt(100, slices.Values([]string{query}))
		q.Correction(func(string) iter.Seq[string] { return slices.Values([]string(nil)) })
		if len(q.slots) > maxSlots+maxParts {
			t.Errorf("%.20q has %d slots", query, len(q.slots))
		}
	}
}

// TestWithEqualsNew: however an index came to be, the same documents give the same answers.
func TestWithEqualsNew(t *testing.T) {
	vocabulary := strings.Fields("Standort Standortdaten Daten Konto löschen gelöscht Gesundheit Gesundheitsdaten Paket Paketdienst Haus Häuser Handy speichern Frist")
	queries := []string{"standort", "daten", "konto löschen", "haus", "paket", "stadnort", "gesundheit frist", "gesundheitskonto", "handys"}
	rapid.Check(t, func(t *rapid.T) {
		all := map[string]Doc{}
		grown := New("de")
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			var put []Doc
			var gone []string
			for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 7), 1, 4, rapid.ID[int]).Draw(t, "docs") {
				id := fmt.Sprintf("d%d", n)
				if _, there := all[id]; there && rapid.Bool().Draw(t, "take") {
					gone = append(gone, id)
					delete(all, id)
					continue
				}
				words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 8).Draw(t, "words")
				d := Doc{ID: id, Fields: []Field{{words[0], 6}, {strings.Join(words, " "), 1}}}
				put, all[id] = append(put, d), d
			}
			before, was := grown, answers(grown, queries)
			grown = grown.With(put, gone)
			if !reflect.DeepEqual(was, answers(before, queries)) {
				t.Fatal("With changed the index it was called on")
			}
		}
		fresh := New("de").With(slices.Collect(maps.Values(all)), nil)
		if got, want := answers(grown, queries), answers(fresh, queries); !reflect.DeepEqual(got, want) {
			t.Fatalf("grown:\n%v\nfresh:\n%v", got, want)
		}
	})
}

func answers(x *Index, queries []string) []string {
	var out []string
	for _, query := range queries {
		q := x.Understand(query, func(string) bool { return false })
		for _, hit := range q.Find(20) {
			out = append(out, fmt.Sprintf("%s: %s %.3f", query, hit.ID, hit.Score))
		}
		out = append(out, q.Correction(func(string) iter.Seq[string] { return slices.Values([]string(nil)) }))
	}
	return out
}

func FuzzQuery(f *testing.F) {
	x := shelf(f)
	f.Add("standort-daten löschen")
	f.Add("\xff ä-ö-")
	f.Fuzz(func(t *testing.T, text string) {
		q := x.Understand(text, func(string) bool { return false })
		q.Find(10)
		q.Loosely().Find(3)
		var back strings.Builder
		for _, p := range q.Mark(text) {
			back.WriteString(p.Text)
		}
		if back.String() != text {
			t.Fatalf("marking %q gives %q", text, back.String())
		}
	})
}

// What is known of a word that no text has: a part of it, or a word that means the same and was mistyped.
func TestGuesses(t *testing.T) {
	x := shelf(t)
	for query, want := range map[string]string{"bonuskonto": "loeschen", "überwachungskamera": "haeuser", "locaton": "standort", "acount": "loeschen", "dhl": "", "kontx": "loeschen"} {
		if got := firstOf(x, query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	none := func(string) bool { return false }
	for query, want := range map[string]bool{"qwxzv standotr": true, "standotr": false, "qwxzv standort": false, "standort": false, "qwxzv": true} {
		if got := x.Understand(query, none).Doubtful(); got != want {
			t.Errorf("%q is doubtful: %v", query, got)
		}
	}
	if hits := x.Understand("dhl", none).Loosely().Find(3); len(hits) != 0 {
		t.Errorf("dhl comes near %v", hits)
	}
	also := x.Understand("gps", none).Also(func(string) iter.Seq[string] {
		return slices.Values([]string{"Wo speichern Sie meinen Standort?", "Ort"})
	})
	if !slices.Equal(also, []string{"Standort", "Ort"}) && !slices.Equal(also, []string{"Ort", "Standort"}) {
		t.Errorf("also %q", also)
	}
	if got := x.Telling("Wo ist die GPS-Antenne an?"); got != "   GPS-Antenne ?" {
		t.Errorf("telling: %q", got)
	}
}
