package plain

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

func find(r Result, rule string) *Finding {
	for i := range r.Findings {
		if r.Findings[i].Rule == rule {
			return &r.Findings[i]
		}
	}
	return nil
}

func TestJSONHasTheShapeOfTheInterface(t *testing.T) {
	raw, err := json.Marshal(mustCheck(t, Input{Source: "Das ist lediglich ein Test.", Lang: "de"}))
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"score", "difficulty", "band", "sentences", "words", "findings"} {
		if _, ok := m[key]; !ok {
			t.Errorf("no %q in %s", key, raw)
		}
	}
	if m["score"] != nil || m["difficulty"] == nil {
		t.Errorf("a short text has score %v and difficulty %v, want null and a number", m["score"], m["difficulty"])
	}
	f := m["findings"].([]any)[0].(map[string]any)
	want := map[string]any{"rule": "word.officialese", "severity": "warning", "start": 8.0, "end": 17.0, "suggestion": "Besser: nur", "replacement": "nur"}
	for key, v := range want {
		if f[key] != v {
			t.Errorf("finding has %s %v, want %v", key, f[key], v)
		}
	}
	var back Result
	if err := json.Unmarshal(raw, &back); err != nil || back.Findings[0].Severity != Warning {
		t.Errorf("does not read back: %v, %+v", err, back.Findings)
	}
}

func TestMessagesFollowTheReader(t *testing.T) {
	in := Input{Source: "Das ist lediglich ein Test.", Lang: "de-AT", MessageLang: "en-GB"}
	if got := mustCheck(t, in).Findings[0].Message; got != "“lediglich” sounds like an office." {
		t.Errorf("English reader is told %q", got)
	}
	in.MessageLang = ""
	if got := mustCheck(t, in).Findings[0].Message; got != "„lediglich“ klingt nach Amt." {
		t.Errorf("German reader is told %q", got)
	}
}

func TestMessagesQuoteWhatIsSeen(t *testing.T) {
	r := mustCheck(t, Input{Source: "Das ist **ledig**&shy;lich\nein Test, *im Rahmen\nder* Zeit.", Lang: "de"})
	if len(r.Findings) != 2 || r.Findings[0].Message != "„lediglich“ klingt nach Amt." || r.Findings[1].Message != "„im Rahmen der“ macht den Satz schwer." {
		t.Errorf("messages %+v", r.Findings)
	}
}

func TestReplacementsAreOnlyOfferedWhereSafe(t *testing.T) {
	for source, want := range map[string]string{
		"Das ist lediglich ein Test.":     "nur",
		"Lediglich das.":                  "Nur",
		"Das ist **ledig**lich ein Test.": "",
		"Seitens der Firma.":              "",
		"Das gilt z. B. für Sie.":         "zum Beispiel",
		"Das gilt usw.":                   "",
	} {
		r := mustCheck(t, Input{Source: source, Lang: "de"})
		if len(r.Findings) != 1 || r.Findings[0].Replacement != want {
			t.Errorf("%q: %+v, want replacement %q", source, r.Findings, want)
		}
	}
}

func TestSuggestionFitsTheForm(t *testing.T) {
	for source, want := range map[string]string{
		"We utilised it.":                "Better: used",
		"This demonstrates it.":          "Better: shows",
		"In most cases we do.":           "Better: Mostly",
		"Utilise it.":                    "Better: use",
		"That is an initial step.":       "Better: first",
		"We obtained it from the bank.":  "Better: get",
		"We will do it in a short time.": "",
	} {
		got := ""
		if f := find(mustCheck(t, Input{Source: source, Lang: "en"}), "word.officialese"); f != nil {
			got = f.Suggestion
		}
		if got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}

// TestWhatIsAppliedIsWhatIsSuggested: a card must not say "so bald wie möglich" over a button that puts "bald" in.
func TestWhatIsAppliedIsWhatIsSuggested(t *testing.T) {
	for _, lang := range Languages() {
		l := mustChecker(t).languages[lang]
		for _, p := range l.phrases {
			if p.list != listAdvice || p.replace == "" {
				continue
			}
			g := page{lang: l, source: "x"}
			f := g.finding(&found{hit: &hit{rule: ruleOfficialese, list: listAdvice, item: p.item, replace: p.replace}, end: 1}, &rule{id: "word.officialese"}, mustChecker(t).messages["en"])
			if said := strings.TrimPrefix(f.Suggestion, "Better: "); !oneOf(said, p.replace) {
				t.Errorf("%s: %q suggests %q and puts %q in", lang, l.plain[p.item].entry, said, p.replace)
			}
		}
	}
}

func TestExplanationGoesIntoBrackets(t *testing.T) {
	for source, want := range map[string]string{
		"Das ist ein Drittland.":                                 "Drittland (ein Land außerhalb von EU, Island, Liechtenstein und Norwegen)",
		"Wir brauchen die Erlaubnis. Das ist eine Einwilligung.": "Einwilligung (Ihr freiwilliges Ja)",
		"Sie **betroffene** Person!":                             "",
	} {
		f := find(mustCheck(t, Input{Source: source, Lang: "de"}), "word.legal-term")
		if f == nil || f.Replacement != want {
			t.Errorf("%q: %+v, want %q", source, f, want)
		}
	}
}

func TestSiteKnowsItsWords(t *testing.T) {
	text := "Unser CRM hilft. Die Paketverfolgungsnummer steht im Brief. Das Pseudonym ist neu."
	if got := len(mustCheck(t, Input{Source: text, Lang: "de"}).Findings); got != 3 {
		t.Fatalf("%d findings, want three", got)
	}
	site := mustChecker(t).Site("de", Options{Known: []string{"CRM", "Paketverfolgungsnummer"}, Glossary: []Term{{Term: "Pseudonymisierung"}}})
	in := Input{Source: text, Lang: "de", Site: site}
	if got := mustCheck(t, in).Findings; len(got) != 0 {
		t.Errorf("known words are marked: %+v", got)
	}
	if a, b := *mustCheck(t, Input{Source: text, Lang: "de"}).Difficulty, *mustCheck(t, in).Difficulty; b >= a {
		t.Errorf("known words do not help: D %v, then %v", a, b)
	}
}

func TestExplainedTermCountsAsKnown(t *testing.T) {
	body := " Wir nutzen die Pseudonymisierung oft. Die Pseudonymisierung ist gut."
	plain := mustCheck(t, Input{Source: "Es gibt etwas Neues hier für uns." + body, Lang: "de"})
	told := mustCheck(t, Input{Source: "Pseudonymisierung heißt: Ein Code ersetzt Namen." + body, Lang: "de"})
	if find(plain, "word.legal-term") == nil || find(told, "word.legal-term") != nil {
		t.Error("the explanation makes no difference to the rule")
	}
	if told.Figures.Unknown >= plain.Figures.Unknown {
		t.Errorf("%.1f %% unknown words with the explanation, %.1f without", told.Figures.Unknown, plain.Figures.Unknown)
	}
}

func TestOwnReplacements(t *testing.T) {
	in := Input{Source: "Unsere Kundschaft wartet. Das Service Center hilft.", Lang: "de"}
	in.Site = mustChecker(t).Site("de", Options{Replacements: map[string]string{"Kundschaft": "Kunden", "service center": "Hilfe"}})
	got := mustCheck(t, in).Findings
	if len(got) != 2 || got[0].Replacement != "Kunden" || got[1].Replacement != "Hilfe" || !strings.Contains(got[0].Suggestion, "Kunden") {
		t.Fatalf("findings %+v", got)
	}
	in.Site = nil
	if got := mustCheck(t, in).Findings; len(got) != 0 {
		t.Errorf("another site sees the replacements of this one: %+v", got)
	}
}

func TestRulesCanBeSwitchedOff(t *testing.T) {
	for _, rule := range mustChecker(t).Rules("de") {
		for _, lang := range rule.Langs {
			hits, _ := ruleTable(t, rule.ID, lang)
			in := Input{Source: hits[0].source, Lang: lang, Kind: KindFAQ, Site: mustChecker(t).Site(lang, Options{Rules: map[string]bool{rule.ID: false}})}
			if f := find(mustCheck(t, in), rule.ID); f != nil {
				t.Errorf("%s is off and marks %q", rule.ID, in.Source[f.Start:f.End])
			}
			in.Site = mustChecker(t).Site(lang, Options{Rules: map[string]bool{rule.ID: true}})
			if strings.HasPrefix(rule.ID, "faq.") && find(mustCheck(t, in), rule.ID) == nil {
				t.Errorf("%s is on and marks nothing", rule.ID)
			}
		}
		if rule.Why == "" {
			t.Errorf("%s has no reason", rule.ID)
		}
	}
}

func TestFAQRulesRunOnAnswersOnly(t *testing.T) {
	in := Input{Source: "Die Daten liegen auf einem Rechner in Berlin und Bonn.", Lang: "de", Kind: KindText}
	if f := find(mustCheck(t, in), "faq.no-address"); f != nil {
		t.Errorf("a text is judged as an answer: %+v", f)
	}
}

func TestTermsCanBeReadByOthers(t *testing.T) {
	c := mustChecker(t)
	terms := c.Terms("de")
	terms[0].Term = "verdorben"
	if c.Terms("de")[0].Term == "verdorben" || c.Terms("fr") != nil {
		t.Error("the list is not the caller's own")
	}
}

// TestManyAtOnce lets texts, sites and languages run at the same time over one checker; the race
// detector watches.
func TestManyAtOnce(t *testing.T) {
	c := mustChecker(t)
	want := map[string]string{}
	texts := map[string]string{"de": sampleText("de", 200), "en": sampleText("en", 200)}
	for lang, text := range texts {
		r, err := c.Check(t.Context(), Input{Source: text, Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		want[lang] = fmt.Sprint(len(r.Findings), *r.Difficulty)
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for k := range 20 {
				lang := Languages()[(i+k)%2]
				r, err := c.Check(t.Context(), Input{Source: texts[lang], Lang: lang})
				if err != nil || fmt.Sprint(len(r.Findings), *r.Difficulty) != want[lang] {
					t.Errorf("%s: %v, %d findings", lang, err, len(r.Findings))
				}
			}
		})
	}
	group.Wait()
}

func TestOwnReplacementsWithEndings(t *testing.T) {
	site := mustChecker(t).Site("de", Options{Replacements: map[string]string{"Endnutzer": "Kunde", "Rat": "Tipp"}})
	got := mustCheck(t, Input{Source: "Der Endnutzer fragt. Die Endnutzern antworten. Sie zahlen in Raten. Endnutzer:innen auch.", Lang: "de", Site: site}).Findings
	if len(got) != 3 || got[0].Replacement != "Kunde" || got[2].Replacement != "" || got[1].Replacement != "" || !strings.Contains(got[1].Suggestion, "Kunde") {
		t.Errorf("findings %+v, want a replacement for the word and a suggestion for its form", got)
	}
	english := mustChecker(t).Site("en", Options{Replacements: map[string]string{"client": "customer", "expert": "adviser"}})
	got = mustCheck(t, Input{Source: "Our clients call a client. They ask an expert. He is no expert.", Lang: "en", Site: english}).Findings
	var replaced []string
	for _, f := range got {
		replaced = append(replaced, f.Replacement)
	}
	if want := []string{"", "customer", "adviser", "adviser"}; !slices.Equal(replaced, want) {
		t.Errorf("replaces with %q, want %q", replaced, want)
	}
}

// TestTermsOfTheSiteAskForAnExample: the rule does not care whose glossary a term is in.
func TestTermsOfTheSiteAskForAnExample(t *testing.T) {
	answer := "Wir nutzen den Wabenfilter für Sie. " + strings.Repeat("Das Haus steht am See und der Hund liegt im Gras. ", 9)
	in := Input{Source: answer, Lang: "de", Kind: KindFAQ}
	if f := find(mustCheck(t, in), "faq.no-example"); f != nil {
		t.Fatalf("a text without a term is marked: %+v", f)
	}
	in.Site = mustChecker(t).Site("de", Options{Glossary: []Term{{Term: "Wabenfilter", Plain: "Ein Sieb"}}})
	r := mustCheck(t, in)
	if find(r, "faq.no-example") == nil {
		t.Error("a term of the site does not ask for an example")
	}
	if f := find(r, "word.legal-term"); f != nil {
		t.Errorf("a term that the site explains is marked: %+v", f)
	}
}
