package compare

import (
	"slices"
	"testing"

	"klartext/content"
)

type codes struct{}

func (codes) Country(code string) string { return "<" + code + ">" }
func (codes) Duration(iso string) string { return "[" + iso + "]" }
func (codes) Law(code string) string     { return code }

func example() *content.Facts {
	return &content.Facts{
		Data:       []content.Text{{"de": "Adresse", "en": "address"}, {"de": "nur deutsch"}},
		LegalBases: []content.LegalBasis{{Code: "gdpr-6-1-b", Text: content.Text{"en": "contract"}}, {Code: "gdpr-6-1-f"}},
		Retention:  &content.Retention{Duration: "P6M", From: content.Text{"en": "from delivery"}},
		Recipients: []content.Recipient{{Name: "Falcon", Role: content.Text{"en": "carries parcels"}, Country: "AT"}, {Name: "Owl"}},
		Countries:  []string{"DE"},
	}
}

func TestRows(t *testing.T) {
	want := map[string][]string{
		"data": {"address", "nur deutsch"}, "purposes": nil, "legal_bases": {"contract (gdpr-6-1-b)", "gdpr-6-1-f"},
		"retention": {"[P6M] from delivery"}, "recipients": {"Falcon, carries parcels (<AT>)", "Owl"}, "countries": {"<DE>"},
	}
	for _, row := range Rows(example(), "en", codes{}) {
		if !slices.Equal(row.texts(), want[row.Name]) {
			t.Errorf("%s: %q, want %q", row.Name, row.Items, want[row.Name])
		}
	}
	if rows := Rows(nil, "en", codes{}); len(rows) != len(want) {
		t.Errorf("no facts have %d rows", len(rows))
	}
}

func TestRowsNameAnotherLanguage(t *testing.T) {
	facts := &content.Facts{
		Data:       []content.Text{{"de": "Adresse", "en": "address"}, {"de": "nur deutsch", "fr": "ou bien"}, {}},
		LegalBases: []content.LegalBasis{{Code: "gdpr-6-1-b", Text: content.Text{"de": "Vertrag"}}},
		Recipients: []content.Recipient{{Name: "Falcon", Role: content.Text{"fr": "porte"}}, {Name: "Owl"}},
	}
	want := map[string][]Item{
		"data":        {{Text: "address"}, {"ou bien", "fr"}},
		"legal_bases": {{"Vertrag (gdpr-6-1-b)", "de"}},
		"recipients":  {{"Falcon, porte", "fr"}, {Text: "Owl"}},
	}
	for _, row := range Rows(facts, "en", codes{}, "fr") {
		if !slices.Equal(row.Items, want[row.Name]) {
			t.Errorf("%s: %v, want %v", row.Name, row.Items, want[row.Name])
		}
	}
	translated := *facts
	translated.LegalBases = []content.LegalBasis{{Code: "gdpr-6-1-b", Text: content.Text{"en": "Vertrag"}}}
	translated.Countries = []string{"DE"}
	got := Facts(facts, &translated, "en", codes{}, "fr")
	if len(got) != 1 || got[0].Name != "countries" {
		t.Errorf("words that read the same differ: %+v", got)
	}
	got = Facts(facts, nil, "en", codes{}, "fr")
	if len(got) != 3 || !slices.Equal(got[0].Removed, want["data"]) {
		t.Errorf("what was removed lost its language: %+v", got)
	}
}

func TestFacts(t *testing.T) {
	if same := Facts(example(), example(), "en", codes{}); same != nil {
		t.Fatalf("the same facts differ: %+v", same)
	}
	shorter, longer, other := example(), example(), example()
	shorter.Retention.Duration = "P30D"
	longer.Retention.Duration = "P2Y"
	other.Retention = nil
	other.Countries = append(other.Countries, "US")
	for _, test := range []struct {
		name   string
		after  *content.Facts
		longer int
	}{{"shorter", shorter, -1}, {"longer", longer, 1}} {
		got := Facts(example(), test.after, "en", codes{})
		if len(got) != 1 || got[0].Name != "retention" || got[0].Longer != test.longer {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	got := Facts(example(), other, "en", codes{})
	if len(got) != 2 || got[0].Longer != 0 || !slices.Equal(got[1].Added, []Item{{Text: "<US>"}}) || !slices.Equal(got[1].Kept, []Item{{Text: "<DE>"}}) {
		t.Errorf("%+v", got)
	}
	if all := Facts(nil, example(), "en", codes{}); len(all) != 5 {
		t.Errorf("first facts: %d rows", len(all))
	}
}
