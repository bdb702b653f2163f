package public

import (
	"strings"

	"klartext/content"
	"klartext/content/diff"
	"klartext/server/view"
)

// facts puts the facts of an entry into words, line by line; lines without anything are left out.
func (d *desk) facts(f *content.Facts) []view.Fact {
	if f == nil {
		return nil
	}
	lines := []view.Fact{
		{Name: "data", Items: d.phrases(f.Data)},
		{Name: "purposes", Items: d.phrases(f.Purposes)},
		{Name: "legal_bases", Items: d.bases(f.LegalBases)},
		{Name: "retention", Items: d.retention(f.Retention)},
		{Name: "recipients", Items: d.recipients(f.Recipients)},
		{Name: "countries", Items: d.countries(f.Countries)},
	}
	var filled []view.Fact
	for _, line := range lines {
		if len(line.Items) > 0 {
			filled = append(filled, line)
		}
	}
	return filled
}

func (d *desk) phrases(texts []content.Text) []view.Phrase {
	var phrases []view.Phrase
	for _, text := range texts {
		if phrase := d.phrase(text); phrase.Text != "" {
			phrases = append(phrases, phrase)
		}
	}
	return phrases
}

func (d *desk) bases(bases []content.LegalBasis) []view.Phrase {
	var phrases []view.Phrase
	for _, basis := range bases {
		words := d.phrase(basis.Text)
		phrases = append(phrases, view.Phrase{Text: joined(": ", d.law(basis.Code), words.Text), Lang: words.Lang})
	}
	return phrases
}

// law writes "gdpr-6-1-b" as lawyers of the page's language do; other codes stand as they are.
func (d *desk) law(code string) string {
	part := strings.Split(code, "-")
	switch {
	case part[0] == "gdpr" && len(part) == 4:
		return d.printer.T("public.gdpr_letter", "Article", part[1], "Paragraph", part[2], "Letter", part[3])
	case part[0] == "gdpr" && len(part) == 3:
		return d.printer.T("public.gdpr_paragraph", "Article", part[1], "Paragraph", part[2])
	case part[0] == "gdpr" && len(part) == 2:
		return d.printer.T("public.gdpr_article", "Article", part[1])
	}
	return code
}

func (d *desk) retention(r *content.Retention) []view.Phrase {
	if r == nil {
		return nil
	}
	from := d.phrase(r.From)
	return []view.Phrase{{Text: joined(", ", d.printer.Duration(r.Duration), from.Text), Lang: from.Lang}}
}

func (d *desk) recipients(recipients []content.Recipient) []view.Phrase {
	var phrases []view.Phrase
	for _, r := range recipients {
		role := d.phrase(r.Role)
		words := joined(", ", r.Name, role.Text)
		if r.Country != "" {
			words += " (" + d.printer.Country(r.Country) + ")"
		}
		phrases = append(phrases, view.Phrase{Text: words, Lang: role.Lang})
	}
	return phrases
}

func (d *desk) countries(codes []string) []view.Phrase {
	var phrases []view.Phrase
	for _, code := range codes {
		phrases = append(phrases, view.Phrase{Text: d.printer.Country(code)})
	}
	return phrases
}

// joined leaves out what is empty.
func joined(between string, parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, between)
}

// factDiff compares facts line by line, as they read in the page's language.
func (d *desk) factDiff(before, after *content.Facts) []view.FactDiff {
	old, now := d.facts(before), d.facts(after)
	var diffs []view.FactDiff
	for _, name := range []string{"data", "purposes", "legal_bases", "retention", "recipients", "countries"} {
		was, is := itemsOf(old, name), itemsOf(now, name)
		change := diff.Lists(name, words(was), words(is))
		if !change.Changed() {
			continue
		}
		line := view.FactDiff{
			Name: name, Added: pick(is, change.Added), Removed: pick(was, change.Removed), Kept: pick(is, change.Kept),
		}
		if name == "retention" {
			line.Length = lengthOf(before, after)
		}
		diffs = append(diffs, line)
	}
	return diffs
}

func itemsOf(facts []view.Fact, name string) []view.Phrase {
	for _, fact := range facts {
		if fact.Name == name {
			return fact.Items
		}
	}
	return nil
}

func words(phrases []view.Phrase) []string {
	texts := make([]string, len(phrases))
	for i, phrase := range phrases {
		texts[i] = phrase.Text
	}
	return texts
}

// pick finds the phrases with these words, so that their language comes along.
func pick(phrases []view.Phrase, texts []string) []view.Phrase {
	picked := make([]view.Phrase, len(texts))
	for i, text := range texts {
		picked[i].Text = text
		for _, phrase := range phrases {
			if phrase.Text == text {
				picked[i] = phrase
			}
		}
	}
	return picked
}

func lengthOf(before, after *content.Facts) string {
	if before == nil || after == nil || before.Retention == nil || after.Retention == nil {
		return ""
	}
	order, ok := diff.Durations(before.Retention.Duration, after.Retention.Duration)
	switch {
	case ok && order > 0:
		return "longer"
	case ok && order < 0:
		return "shorter"
	}
	return ""
}
