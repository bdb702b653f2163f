package publictest

import "klartext/content"

func short(question, answer string) content.Writing {
	return content.Writing{Title: question, ShortAnswer: answer, Body: answer}
}

func paymentDE(later bool) content.Writing {
	w := content.Writing{
		Title:       "Was geschieht mit meinen Zahlungsdaten?",
		ShortAnswer: "Wir geben Ihre Zahlungsdaten an unseren Zahlungsdienst weiter und löschen sie bei uns nach zwölf Monaten.",
		Body: "Wenn Sie mit Karte oder per Lastschrift bezahlen, brauchen wir Ihre Zahlungsdaten, um den Betrag einzuziehen.\n\n" +
			"Wir speichern davon nur:\n\n- die letzten vier Ziffern der Kartennummer,\n- den Tag und den Betrag,\n- eine Nummer, mit der der Zahlungsdienst die Zahlung wiederfindet.\n\n" +
			"### Was wir nicht speichern\n\nDie ganze Kartennummer und die Prüfziffer sehen wir nie. Sie gehen von Ihrem Gerät **direkt** an den Zahlungsdienst. Mehr dazu in der [Datenschutzerklärung](/de/policies/privacy).",
		Examples: []string{"Frau Aydın bestellt am 3. Mai eine Gießkanne. Im Juni reklamiert sie. Wir finden ihre Zahlung über die vier Ziffern und überweisen das Geld zurück."},
		Choices: []content.Choice{
			{Label: "Auf Rechnung bestellen: dann brauchen wir keine Zahlungsdaten", URL: "https://shop.example/rechnung"},
			{Label: "Auskunft verlangen", URL: "mailto:daten@shop.example"},
		},
		Perspectives: []content.Perspective{
			{Side: content.CriticSide, Text: "Ein Zahlungsdienst in den USA unterliegt dortigem Recht. Das lässt sich mit keinem Vertrag ganz ausschließen."},
			{Side: content.CompanySide, Text: "Ohne Zahlungsdienst müssten wir selbst Kartennummern speichern. Das wäre für alle riskanter."},
			{Side: content.CustomerSide, Text: "Ich will bezahlen können, ohne bei einem weiteren Unternehmen bekannt zu sein."},
		},
	}
	if later {
		w.ShortAnswer = "Wir geben Ihre Zahlungsdaten an unsere Zahlungsdienste weiter und löschen sie bei uns nach sechs Monaten."
		w.Body = "Wenn Sie mit Karte oder per Lastschrift bezahlen, brauchen wir Ihre Zahlungsdaten, um den Betrag einzuziehen.\n\n" +
			"Wir speichern davon nur:\n\n- die letzten vier Ziffern der Kartennummer,\n- den Tag und den Betrag,\n- eine Nummer, mit der der Zahlungsdienst die Zahlung wiederfindet.\n\n" +
			"Fällt der eine Zahlungsdienst aus, springt ein zweiter ein. Beide stehen unten bei den Fakten.\n\n" +
			"### Was wir nicht speichern\n\nDie ganze Kartennummer und die Prüfziffer sehen wir nie. Sie gehen von Ihrem Gerät **direkt** an den Zahlungsdienst. Mehr dazu in der [Datenschutzerklärung](/de/policies/privacy)."
	}
	return w
}

func paymentEN(later bool) content.Writing {
	w := content.Writing{
		Title:       "What happens to my payment data?",
		ShortAnswer: "We pass your payment data on to our payment service and delete our own copy after twelve months.",
		Body:        "When you pay by card or direct debit, we need your payment data to collect the amount.\n\nWe keep only the last four digits, the day and the amount, and a number by which the payment service finds the payment again.",
		Examples:    []string{"Ms Aydın orders a watering can on 3 May and complains in June. We find her payment by the four digits and send the money back."},
		Choices:     []content.Choice{{Label: "Order by invoice: then we need no payment data", URL: "https://shop.example/invoice"}},
	}
	if later {
		w.ShortAnswer = "We pass your payment data on to our payment services and delete our own copy after six months."
	}
	return w
}

func paymentFacts(duration string, second bool) *content.Facts {
	f := &content.Facts{
		Data:       []content.Text{{"de": "Die letzten vier Ziffern der Kartennummer", "en": "The last four digits of the card number"}, {"de": "Tag und Betrag", "en": "Day and amount"}},
		Purposes:   []content.Text{{"de": "Bezahlen und Erstatten", "en": "Payment and refunds"}},
		LegalBases: []content.LegalBasis{{Code: "gdpr-6-1-b", Text: content.Text{"de": "Vertrag mit Ihnen", "en": "Contract with you"}}},
		Retention:  &content.Retention{Duration: duration, From: content.Text{"de": "vom Tag der Zahlung an", "en": "from the day of payment"}},
		Recipients: []content.Recipient{{Name: "Beispielpay", Role: content.Text{"de": "Zahlungsdienst", "en": "payment service"}, Country: "DE"}},
		Countries:  []string{"DE"},
	}
	if second {
		f.Recipients = append(f.Recipients, content.Recipient{Name: "Example Pay", Role: content.Text{"de": "Zahlungsdienst für den Notfall", "en": "payment service in reserve"}, Country: "US"})
		f.Countries = append(f.Countries, "US")
	}
	return f
}

func privacyDE(later bool) content.Writing {
	days := "vierzehn"
	if later {
		days = "sieben"
	}
	return content.Writing{
		Title: "Datenschutzerklärung", ShortAnswer: "Links steht, was rechtlich gilt. Daneben steht in kurzen Sätzen, was das bedeutet.",
		Sections: []content.Section{
			{ID: "verantwortlich", Heading: "1. Verantwortlicher", Body: "Verantwortlich im Sinne des Art. 4 Nr. 7 DSGVO für die Verarbeitung personenbezogener Daten auf dieser Website und im Rahmen der Vertragsabwicklung ist die Kornblume Versand GmbH, Gärtnerweg 7, 04109 Leipzig.\n\nUnseren Datenschutzbeauftragten erreichen Sie unter der genannten Anschrift mit dem Zusatz „Datenschutz“.", Summary: "Verantwortlich sind wir: Kornblume Versand in Leipzig. Für Fragen gibt es eine eigene Person."},
			{ID: "bestellung", Heading: "2. Verarbeitung bei Bestellungen", Body: "Im Rahmen der Bestellabwicklung verarbeiten wir Bestands-, Kontakt- und Zahlungsdaten auf Grundlage des Art. 6 Abs. 1 Buchst. b DSGVO. Eine Weitergabe erfolgt ausschließlich\n\n1. an das mit der Lieferung beauftragte Transportunternehmen,\n2. an den mit der Zahlungsabwicklung beauftragten Zahlungsdienstleister,\n\nsoweit dies zur Vertragserfüllung erforderlich ist.", Summary: "Was wir zum Liefern und Bezahlen brauchen, bekommen nur der Paketdienst und der Zahlungsdienst."},
			{ID: "protokolle", Heading: "3. Server-Protokolle", Body: "Beim Aufruf dieser Website werden Zugriffsdaten in Server-Protokolldateien erfasst und nach " + days + " Tagen gelöscht. Rechtsgrundlage ist Art. 6 Abs. 1 Buchst. f DSGVO; unser berechtigtes Interesse liegt in der Abwehr von Angriffen.", Summary: "Unser Server schreibt mit, welche Seiten aufgerufen werden. Nach " + days + " Tagen ist das weg."},
			{ID: "rechte", Heading: "4. Ihre Rechte", Body: "Ihnen stehen die Rechte auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung, Datenübertragbarkeit und Widerspruch nach Maßgabe der Art. 15 bis 21 DSGVO zu.", Summary: "Sie können jederzeit fragen, was wir über Sie wissen, und verlangen, dass wir es ändern oder löschen."},
		},
	}
}

func privacyEN() content.Writing {
	return content.Writing{
		Title: "Privacy policy", ShortAnswer: "On the left is what holds by law, beside it what it means in short sentences.",
		Sections: []content.Section{
			{ID: "controller", Heading: "1. Controller", Body: "The controller within the meaning of Art. 4(7) GDPR is Kornblume Versand GmbH, Gärtnerweg 7, 04109 Leipzig.", Summary: "We are responsible: Kornblume in Leipzig."},
			{ID: "logs", Heading: "2. Server logs", Body: "Access data is recorded in server log files and deleted after fourteen days.", Summary: "Our server notes which pages are opened. After fourteen days that is gone."},
		},
	}
}
