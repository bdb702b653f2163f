package demo_test

import (
	"slices"
	"testing"

	"klartext/content"
	"klartext/content/site"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// TestReadersFindTheirAnswer: what people type leads to the demo's answers, on both databases alike.
func TestReadersFindTheirAnswer(t *testing.T) {
	t.Parallel()
	asked := []struct {
		lang        content.Lang
		query, want string
	}{
		{"de", "standort", "location"},
		{"de", "Standortdaten", "location"},
		{"de", "gps", "location"},
		{"de", "where am i tracked", "location"},
		{"de", "kontolöschung", "delete-account"},
		{"de", "konto loeschen", "delete-account"},
		{"de", "konto loschen", "delete-account"},
		{"de", "konot löschen", "delete-account"},
		{"de", "bewertung schreiben", "reviews"},
		{"de", "videoüberwachung kamera", "cameras"},
		{"de", "paket", "delivery"},
		{"de", "kreditkarte", "payment"},
		{"de", "kundenkarte sammelkarte", "loyalty-card"},
		{"de", "rechnungen aufbewahren", "invoices"},
		{"de", "kekse cookies", "cookies"},
		{"de", "datenschutzerklärung", "privacy"},
		{"de", "wann löscht ihr meine daten", "order-data"},
		{"de", "gebt ihr daten weiter", "loyalty-card"},
		{"de", "wie lange hebt ihr rechnungen auf", "invoices"},
		{"de", "aufgehobene rechnungen", "invoices"},
		{"de", "ruft ihr meinen standort ab", "location"},
		{"de", "warum schlagt ihr mir das vor", "recommendations"},
		{"de", "vorgeschlagene produkte", "recommendations"},
		{"de", "werde ich im laden gefilmt", "cameras"},
		{"de", "wie werde ich mein konto los", "delete-account"},
		{"de", "kann ich kekse ablehnen", "cookies"},
		{"de", "was steht auf der kundenkarte", "loyalty-card"},
		{"de", "newsletter abbestellt", "newsletter"},
		{"de", "passwort vergessen", "account"},
		{"de", "brauche ich ein konto zum bestellen", "order-data"},
		{"de", "handynummer angeben", "order-data"},
		{"en", "do you spy on me", "recommendations"},
		{"en", "receipts", "invoices"},
		{"en", "get rid of my account", "delete-account"},
		{"en", "where am i tracked", "location"},
		{"en", "standort", "location"},
		{"en", "delete my account", "delete-account"},
		{"en", "acount deletion", "delete-account"},
		{"en", "cookie", "cookies"},
		{"en", "unsubscribe newsletter", "newsletter"},
		{"en", "parcel", "delivery"},
		{"en", "cctv camera", "cameras"},
		{"en", "credit card payments", "payment"},
		{"en", "reviews", "reviews"},
		{"en", "privacy policy", "privacy"},
		{"en", "Rechnung", "invoices"},
	}
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		data, _ := fill(t, store)
		value := site.New(data)
		for _, q := range asked {
			var got []string
			for _, r := range value.Search(q.lang, q.query, 3).Results {
				if r.Entry != nil {
					got = append(got, r.Entry.Slug)
				}
			}
			if !slices.Contains(got, q.want) {
				t.Errorf("%s %q finds %v, want %s", q.lang, q.query, got, q.want)
			}
		}
		topic := value.Topics()[0]
		if r := value.Search("de", topic.Title["de"], 3).Results; !slices.ContainsFunc(r, func(r site.Result) bool { return r.Topic.ID == topic.ID }) {
			t.Errorf("the topic %q is not found", topic.Title["de"])
		}
		policy := value.Policies()[0].Current["de"]
		last := policy.Text.Sections[len(policy.Text.Sections)-1]
		if r := value.Search("de", last.Heading, 3).Results; !slices.ContainsFunc(r, func(r site.Result) bool { return r.Section == last.ID }) {
			t.Errorf("the section %q is not found", last.Heading)
		}
	})
}
