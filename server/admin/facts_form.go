package admin

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// readFacts reads the facts as the form sends them, in all languages of the site.
func readFacts(form web.Form, languages []content.Lang, p *locale.Printer) content.Facts {
	text := func(at string) content.Text { return form.Text(at, languages) }
	country := func(at string) string { return countryCode(form.Get(at), p) }
	return content.Facts{
		Data:     rows(form, "data", text),
		Purposes: rows(form, "purposes", text),
		LegalBases: rows(form, "legal_bases", func(at string) content.LegalBasis {
			return content.LegalBasis{Code: form.Get(at + ".code"), Text: text(at + ".text")}
		}),
		Retention: &content.Retention{Duration: readDuration(form), From: text("retention.from")},
		Recipients: rows(form, "recipients", func(at string) content.Recipient {
			return content.Recipient{Name: form.Get(at + ".name"), Role: text(at + ".role"), Country: country(at + ".country")}
		}),
		Countries: rows(form, "countries", country),
	}
}

// readDuration makes ISO 8601 of a number and a unit, or takes it as it was typed.
func readDuration(form web.Form) string {
	unit, count := form.Get("retention.unit"), strings.TrimSpace(form.Get("retention.count"))
	if unit == unitISO || count == "" && unit == "" {
		return form.Get("retention.duration")
	}
	if count == "" {
		return ""
	}
	return "P" + count + unit
}

// Codes of what only the form of the facts can get wrong.
const (
	codeCountForm   content.Code = "count_form"
	codeCountryName content.Code = "country_name"
)

// asTyped makes errors speak of what stands in the form: the domain speaks of
// what was made of it.
func asTyped(err error, form web.Form) error {
	return eachField(err, func(f content.FieldError) content.FieldError {
		switch {
		case f.Code == content.CodeDurationForm && form.Get("retention.unit") != unitISO:
			return typedField("retention.count", codeCountForm, form.Get("retention.count"))
		case f.Code == content.CodeCountryForm:
			return typedField(f.Field, codeCountryName, form.Get(f.Field))
		}
		return f
	})
}

func typedField(field string, code content.Code, typed string) content.FieldError {
	return content.FieldError{Field: field, Code: code, Args: content.Args{"Value": strings.TrimSpace(typed)}}
}

// countryCodes lists the ISO 3166 codes of today's countries.
func countryCodes() []string {
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.Canonicalize() == region && region.String() == code && content.IsCountry(code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// countryOptions lists the countries by their names.
func countryOptions(p *locale.Printer) []view.Option {
	var options []view.Option
	for _, code := range countryCodes() {
		options = append(options, view.Option{Value: code, Label: p.Country(code)})
	}
	slices.SortFunc(options, func(a, b view.Option) int { return strings.Compare(a.Label, b.Label) })
	return options
}

// countryCode takes a country's name in the reader's language for its code;
// anything else stays as it was typed.
func countryCode(typed string, p *locale.Printer) string {
	typed = strings.TrimSpace(typed)
	if len(typed) <= 2 {
		return typed
	}
	for _, code := range countryCodes() {
		if strings.EqualFold(p.Country(code), typed) {
			return code
		}
	}
	return typed
}
