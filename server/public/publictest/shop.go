package publictest

import (
	"klartext/content"
)

// Today is the day on which tests look at the shop's site.
const Today = "2026-11-23"

// Shop is the site of a shop that does not exist: two languages, three topics, a
// policy, an entry taken down, one that is German only, one change to come and one imported.
func Shop() *Store {
	s := New(content.Text{"de": "Kornblume Versand", "en": "Kornblume Mail Order"})
	orders := s.AddTopic("orders", content.Text{"de": "Bestellen und Bezahlen", "en": "Ordering and paying"})
	letters := s.AddTopic("newsletter", content.Text{"de": "Newsletter und Werbung", "en": "Newsletter and advertising"})
	account := s.AddTopic("account", content.Text{"de": "Ihr Kundenkonto", "en": "Your account"})
	s.AddTopic("secret-plans", content.Text{"de": "Geheime Pläne", "en": "Secret plans"})
	s.start(orders, letters, account)
	s.grow(orders)
	s.Post("change-shorter", content.PostLink{Network: "mastodon", Channel: "@kornblume@social.example", Lang: "de", URL: "https://social.example/@kornblume/1", At: At("2026-03-02")})
	s.Post("change-shorter", content.PostLink{Network: "x", Channel: "@kornblume", Lang: "en", URL: "https://x.example/kornblume/status/2", At: At("2026-03-02")})
	return s
}

func entry(topic, slug string, position int) content.Entry {
	return content.Entry{ID: "entry-" + slug, Kind: content.FAQ, Slug: slug, Topic: topic, Position: position}
}

func policy(slug string) content.Entry {
	return content.Entry{ID: "policy-" + slug, Kind: content.Policy, Slug: slug}
}

// start is what the shop published first, taken over from its old pages.
func (s *Store) start(orders, letters, account string) {
	payment := entry(orders, "payment-data", 1)
	s.Publish(content.Change{
		Slug: "first", PublishedAt: At("2024-05-06"), Imported: true, Materiality: content.Material,
		Title: content.Text{"de": "Unsere Antworten ziehen um", "en": "Our answers move here"}, Why: content.Text{"de": "Unsere Antworten ziehen um", "en": "Our answers move here"},
	},
		Piece{Entry: payment, Lang: "de", Text: paymentDE(false), Facts: paymentFacts("P12M", false)},
		Piece{Entry: payment, Lang: "en", Text: paymentEN(false)},
		Piece{Entry: entry(orders, "parcel", 2), Lang: "de", Text: short("Wer liefert mein Paket, und was weiß der Paketdienst?", "Der Paketdienst bekommt Ihren Namen, Ihre Adresse und, wenn Sie zustimmen, Ihre E-Mail-Adresse.")},
		Piece{Entry: entry(orders, "parcel", 2), Lang: "en", Text: short("Who brings my parcel, and what do they know about me?", "The carrier gets your name, your address and, if you agree, your e-mail address.")},
		Piece{Entry: entry(letters, "opens", 1), Lang: "de", Text: short("Messen Sie, ob ich den Newsletter öffne?", "Nein. Wir sehen nicht, wer den Newsletter öffnet oder worauf jemand klickt.")},
		Piece{Entry: entry(letters, "opens", 1), Lang: "en", Text: short("Do you measure whether I open the newsletter?", "No. We do not see who opens it, nor what anybody clicks on.")},
		Piece{Entry: entry(letters, "postcards", 2), Lang: "de", Text: short("Schicken Sie mir Postkarten mit Werbung?", "Ja, höchstens zweimal im Jahr, wenn Sie nicht widersprechen.")},
		Piece{Entry: entry(letters, "unsubscribe", 3), Lang: "de", Text: short("Wie melde ich den Newsletter ab?", "Mit dem Link am Ende jeder Ausgabe. Wir löschen Ihre Adresse sofort.")},
		Piece{Entry: entry(account, "delete-account", 1), Lang: "de", Text: short("Wie lösche ich mein Kundenkonto?", "Mit einem Klick unter „Mein Konto“. Nach 14 Tagen ist alles gelöscht, was wir nicht aufbewahren müssen.")},
		Piece{Entry: entry(account, "delete-account", 1), Lang: "en", Text: short("How do I delete my account?", "With one click under “My account”. After 14 days everything is gone that the law does not make us keep.")},
		Piece{Entry: policy("privacy"), Lang: "de", Text: privacyDE(false)},
		Piece{Entry: policy("privacy"), Lang: "en", Text: privacyEN()},
	)
}

// grow is what the shop changed later.
func (s *Store) grow(orders string) {
	payment := entry(orders, "payment-data", 1)
	s.Publish(content.Change{
		Slug: "no-postcards", PublishedAt: At("2025-09-15"), Materiality: content.Material,
		Title:   content.Text{"de": "Keine Postkarten mehr", "en": "No more postcards"},
		Summary: content.Text{"de": "Wir verschicken keine Werbung mehr auf Papier.", "en": "We no longer send advertising on paper."},
		Why:     content.Text{"de": "Fast niemand wollte sie, und wir brauchen dafür Ihre Anschrift nicht länger.", "en": "Hardly anybody wanted them, and we no longer need your address for this."},
	}, Piece{Entry: content.Entry{ID: "entry-postcards"}, Lang: "de", Withdraw: "Wir verschicken keine Postkarten mehr."})
	s.Publish(content.Change{
		Slug: "shorter", PublishedAt: At("2026-03-02"), Materiality: content.Material,
		Title:   content.Text{"de": "Zahlungsdaten bleiben nur noch sechs Monate", "en": "Payment data stays for six months only"},
		Summary: content.Text{"de": "Wir löschen Ihre Zahlungsdaten nach sechs statt nach zwölf Monaten. Neu ist ein zweiter Zahlungsdienst.", "en": "We delete your payment data after six months instead of twelve. A second payment service is new."},
		Why:     content.Text{"de": "Reklamationen kommen fast immer in den ersten sechs Monaten. Länger brauchen wir die Daten nicht.\n\nDer zweite Dienst springt ein, wenn der erste ausfällt.", "en": "Complaints almost always come within the first six months. We do not need the data for longer.\n\nThe second service steps in when the first one fails."},
		Perspectives: map[content.Lang][]content.Perspective{"de": {
			{Side: content.CompanySide, Text: "Weniger Daten heißt für uns auch: weniger, das verloren gehen kann."},
			{Side: content.CustomerSide, Text: "Wer nach *sieben* Monaten reklamiert, braucht die Rechnung."},
		}},
	},
		Piece{Entry: payment, Lang: "de", Text: paymentDE(true), Facts: paymentFacts("P6M", true)},
		Piece{Entry: payment, Lang: "en", Text: paymentEN(true), Facts: paymentFacts("P6M", true)})
	s.Publish(content.Change{
		Slug: "privacy-2027", PublishedAt: At("2026-11-02"), EffectiveDate: "2027-01-15", Materiality: content.Material,
		Title:   content.Text{"de": "Neue Datenschutzerklärung ab Januar", "en": "New privacy policy from January"},
		Summary: content.Text{"de": "Ab dem 15. Januar 2027 speichern wir Server-Protokolle sieben statt vierzehn Tage.", "en": "From 15 January 2027 we keep server logs for seven days instead of fourteen."},
		Why:     content.Text{"de": "Sieben Tage reichen, um Angriffe zu erkennen.", "en": "Seven days are enough to notice attacks."},
	}, Piece{Entry: policy("privacy"), Lang: "de", Text: privacyDE(true)})
	s.Publish(content.Change{
		Slug: "typo", PublishedAt: At("2026-11-10"), Materiality: content.Editorial,
		Title: content.Text{"de": "Ein Tippfehler weniger"}, Why: content.Text{"de": "Im Text zum Paketdienst fehlte ein Wort."},
	}, Piece{Entry: entry(orders, "parcel", 2), Lang: "de", Text: short("Wer liefert mein Paket, und was weiß der Paketdienst?", "Der Paketdienst bekommt nur Ihren Namen, Ihre Adresse und, wenn Sie zustimmen, Ihre E-Mail-Adresse.")})
}
