package content

import (
	"fmt"
	"regexp"
	"strings"
)

// Facts is the structured part of an entry: the same in every language except
// for its words. Durations are ISO 8601, countries ISO 3166-1 alpha-2.
type Facts struct {
	Data       []Text       `json:"data"`
	Purposes   []Text       `json:"purposes"`
	LegalBases []LegalBasis `json:"legal_bases"`
	Retention  *Retention   `json:"retention,omitempty"`
	Recipients []Recipient  `json:"recipients"`
	Countries  []string     `json:"countries"`
}

// LegalBasis names the law by a code ("gdpr-6-1-b") and says it in words.
type LegalBasis struct {
	Code string `json:"code"`
	Text Text   `json:"text"`
}

// Retention is how long the data is kept, counted from when.
type Retention struct {
	Duration string `json:"duration"`
	From     Text   `json:"from"`
}

// Recipient is somebody who gets the data.
type Recipient struct {
	Name    string `json:"name"`
	Role    Text   `json:"role"`
	Country string `json:"country"`
}

var (
	durationForm = regexp.MustCompile(`^P(?:\d{1,5}Y)?(?:\d{1,5}M)?(?:\d{1,5}W)?(?:\d{1,5}D)?(?:T(?:\d{1,5}H)?(?:\d{1,5}M)?(?:\d{1,5}S)?)?$`)
	basisForm    = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
)

const maxFact = 500

func (f *Facts) normalise() {
	word := func(t *Text) bool { *t = t.trimmed(); return len(*t) > 0 }
	f.Data = kept(f.Data, word)
	f.Purposes = kept(f.Purposes, word)
	f.LegalBases = kept(f.LegalBases, func(b *LegalBasis) bool {
		b.Code, b.Text = strings.TrimSpace(b.Code), b.Text.trimmed()
		return b.Code != "" || len(b.Text) > 0
	})
	f.Recipients = kept(f.Recipients, func(r *Recipient) bool {
		r.Name, r.Country, r.Role = strings.TrimSpace(r.Name), strings.ToUpper(strings.TrimSpace(r.Country)), r.Role.trimmed()
		return r.Name != "" || len(r.Role) > 0 || r.Country != ""
	})
	f.Countries = kept(f.Countries, func(c *string) bool { *c = strings.ToUpper(strings.TrimSpace(*c)); return *c != "" })
	if f.Retention != nil {
		f.Retention.Duration = strings.ToUpper(strings.TrimSpace(f.Retention.Duration))
		f.Retention.From = f.Retention.From.trimmed()
		if f.Retention.Duration == "" && len(f.Retention.From) == 0 {
			f.Retention = nil
		}
	}
}

func (f *Facts) check(languages []Lang) problems {
	var p problems
	checkTexts(&p, "data", f.Data, languages)
	checkTexts(&p, "purposes", f.Purposes, languages)
	checkCount(&p, "legal_bases", len(f.LegalBases), maxItems)
	for i, basis := range f.LegalBases {
		if !basisForm.MatchString(basis.Code) || len(basis.Code) > maxSlug {
			p.add(fmt.Sprintf("legal_bases.%d.code", i), CodeBasisForm, Args{"Value": basis.Code})
		}
		basis.Text.check(&p, fmt.Sprintf("legal_bases.%d.text", i), languages, maxFact)
	}
	if f.Retention != nil {
		if !ValidDuration(f.Retention.Duration) {
			p.add("retention.duration", CodeDurationForm, Args{"Value": f.Retention.Duration})
		}
		f.Retention.From.check(&p, "retention.from", languages, maxFact)
	}
	f.checkPlaces(&p, languages)
	return p
}

func (f *Facts) checkPlaces(p *problems, languages []Lang) {
	checkCount(p, "recipients", len(f.Recipients), maxItems)
	for i, r := range f.Recipients {
		if r.Name == "" {
			p.add(fmt.Sprintf("recipients.%d.name", i), CodeRequired, nil)
		}
		checkLength(p, fmt.Sprintf("recipients.%d.name", i), r.Name, maxLabel)
		if r.Country != "" && !IsCountry(r.Country) {
			p.add(fmt.Sprintf("recipients.%d.country", i), CodeCountryForm, Args{"Value": r.Country})
		}
		r.Role.check(p, fmt.Sprintf("recipients.%d.role", i), languages, maxFact)
	}
	checkCount(p, "countries", len(f.Countries), 250)
	for i, country := range f.Countries {
		if !IsCountry(country) {
			p.add(fmt.Sprintf("countries.%d", i), CodeCountryForm, Args{"Value": country})
		}
	}
}

func checkTexts(p *problems, field string, texts []Text, languages []Lang) {
	checkCount(p, field, len(texts), maxItems)
	for i, text := range texts {
		text.check(p, fmt.Sprintf("%s.%d", field, i), languages, maxFact)
	}
}

// ValidDuration tells whether s is an ISO 8601 duration with at least one part, such as "P3Y" or "PT12H".
func ValidDuration(s string) bool {
	return durationForm.MatchString(s) && strings.ContainsAny(s, "0123456789") && !strings.HasSuffix(s, "T")
}
