package plain

import (
	"slices"
	"testing"
)

func TestMentions(t *testing.T) {
	glossary := []Term{
		{Term: "Einwilligung", Forms: []string{"Einwilligungen"}},
		{Term: "personenbezogene Daten", Forms: []string{"personenbezogenen Daten"}},
		{Term: "Daten"},
		{Term: "TOM"},
	}
	for text, want := range map[string][]string{
		"Ihre Einwilligungen und personenbezogenen Daten.": {"Einwilligungen", "personenbezogenen Daten"},
		"Daten, personenbezogene\nDaten":                   {"Daten", "personenbezogene\nDaten"},
		"Tom prüft die TOM.":                               {"TOM"},
		"Einwilligungserklärung":                           nil,
		"personenbezogene, Daten":                          {"Daten"},
		"":                                                 nil,
	} {
		var got []string
		for _, m := range mustChecker(t).Mentions(text, "de", glossary) {
			got = append(got, text[m.Start:m.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q mentions %q, want %q", text, got, want)
		}
	}
	if mustChecker(t).Mentions("Daten", "fr", glossary) != nil {
		t.Error("an unknown language mentions something")
	}
}
