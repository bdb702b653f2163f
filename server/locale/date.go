package locale

import (
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/sv"

	"klartext/content"
)

// translator knows how a language writes dates and numbers. English is
// written as in Europe, day before month: the sites are European.
func translator(lang content.Lang) locales.Translator {
	known := map[content.Lang]func() locales.Translator{
		"da": da.New, "de": de.New, "en": en_GB.New, "es": es.New, "fr": fr.New,
		"it": it.New, "nl": nl.New, "pl": pl.New, "pt": pt.New, "sv": sv.New,
	}
	if make, ok := known[lang]; ok {
		return make()
	}
	return en_GB.New()
}

// Day is a date as people write it: "23. November 2026"; "" for no date.
func (p *Printer) Day(d content.Date) string {
	t := d.Time(time.UTC)
	if t.IsZero() {
		return ""
	}
	return p.dates.FmtDateLong(t)
}

// Date is the day of t in t's own zone; "" for the zero time.
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.dates.FmtDateLong(t)
}

// DateTime is day, time and the zone's short name, so that the hour that comes
// twice in autumn is told apart: "25. Oktober 2026, 02:30 MESZ".
func (p *Printer) DateTime(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	local := t.In(zone)
	name := local.Format("MST")
	if id := "zone." + strings.ToLower(name); p.Has(id) {
		name = p.T(id)
	}
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		name = "UTC" + local.Format("-07:00")
	}
	return p.dates.FmtDateLong(local) + ", " + local.Format("15:04") + " " + name
}

// Number writes a whole number with the language's separators.
func (p *Printer) Number(n int) string {
	return p.dates.FmtNumber(float64(n), 0)
}

// durationUnits gives the message for each letter of an ISO 8601 duration, before and after the T.
func durationUnits() (days, hours map[byte]string) {
	return map[byte]string{'Y': "duration.years", 'M': "duration.months", 'W': "duration.weeks", 'D': "duration.days"},
		map[byte]string{'H': "duration.hours", 'M': "duration.minutes", 'S': "duration.seconds"}
}

// Duration says an ISO 8601 duration in words: "P1Y6M" is "1 Jahr, 6 Monate".
// What is no duration comes back as it is.
func (p *Printer) Duration(iso string) string {
	rest, ok := strings.CutPrefix(iso, "P")
	if !ok || rest == "" {
		return iso
	}
	units, hours := durationUnits()
	var parts []string
	for rest != "" {
		if rest[0] == 'T' {
			units, rest = hours, rest[1:]
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if end <= 0 {
			return iso
		}
		n, err := strconv.Atoi(rest[:end])
		id, known := units[rest[end]]
		if err != nil || !known {
			return iso
		}
		parts = append(parts, p.N(id, n))
		rest = rest[end+1:]
	}
	if len(parts) == 0 {
		return iso
	}
	return strings.Join(parts, ", ")
}
