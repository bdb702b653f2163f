package public

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"klartext/content"
	"klartext/content/site"
)

func calendarPath(lang content.Lang) string { return changesPath(lang) + ".ics" }

// calendar is a file of the days from which changes hold (RFC 5545), to subscribe to.
func (h *Handlers) calendar(lang content.Lang) builder {
	return func(ctx context.Context, s *snapshot) (document, error) {
		w := h.feedWriter(ctx, s, lang)
		title := w.printer.T("follow.calendar_title", "Site", w.siteName())
		var c calendar
		c.line("BEGIN", "VCALENDAR")
		c.line("VERSION", "2.0")
		c.line("PRODID", "-//Klartext//Klartext//"+strings.ToUpper(string(lang)))
		c.line("CALSCALE", "GREGORIAN")
		c.line("NAME", escapeText(title)) // RFC 7986, and what came before it
		c.line("X-WR-CALNAME", escapeText(title))
		c.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
		c.line("SOURCE;VALUE=URI", w.base+calendarPath(lang))
		events := 0
		for _, change := range s.site.Changes() {
			if change.EffectiveDate == "" || change.Imported {
				continue // it held from its publication on: no day to wait for
			}
			w.event(&c, change)
			events++
		}
		if events == 0 {
			c.placeholder()
		}
		c.line("END", "VCALENDAR")
		return document{http.StatusOK, "text/calendar; charset=utf-8", []byte(c.String())}, nil
	}
}

// event is one change as a whole day. What it says never changes once it is published, so neither does its SEQUENCE.
func (w feedWriter) event(c *calendar, change *site.Change) {
	row := w.changeRow(change)
	first := change.EffectiveDate.Time(time.UTC)
	c.line("BEGIN", "VEVENT")
	c.line("UID", change.ID+"-"+string(w.lang)+"@"+strings.NewReplacer("tag:", "", ",", "-", ":", "-").Replace(w.h.deps.Identity))
	c.line("SEQUENCE", "0")
	c.line("DTSTAMP", utc(change.PublishedAt))
	c.line("CREATED", utc(change.PublishedAt))
	c.line("LAST-MODIFIED", utc(change.PublishedAt))
	c.line("DTSTART;VALUE=DATE", first.Format("20060102"))
	c.line("DTEND;VALUE=DATE", first.AddDate(0, 0, 1).Format("20060102"))
	c.text("SUMMARY", w.lang, w.printer.T("follow.event", "Title", row.Title.Text))
	c.text("DESCRIPTION", w.lang, joined(row.Summary.Text, w.phrase(change.Why).Text, w.base+row.URL))
	c.text("CATEGORIES", w.lang, materiality(w.printer, row.Material).label)
	c.line("URL", w.base+row.URL)
	c.line("TRANSP", "TRANSPARENT")
	c.line("CLASS", "PUBLIC")
	c.line("END", "VEVENT")
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// calendar writes content lines.
type calendar struct{ strings.Builder }

// placeholder stands in a calendar without events, which must hold something.
func (c *calendar) placeholder() {
	for _, line := range []string{
		"BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
	} {
		name, value, _ := strings.Cut(line, ":")
		c.line(name, value)
	}
}

func (c *calendar) text(name string, lang content.Lang, text string) {
	if text != "" {
		c.line(name+";LANGUAGE="+string(lang), escapeText(text))
	}
}

// foldAt is how many octets a line may have without its end.
const foldAt = 75

// line folds between characters, never inside of one.
func (c *calendar) line(name, value string) {
	rest, limit := name+":"+value, foldAt
	for len(rest) > limit {
		cut := limit
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		_, _ = c.WriteString(rest[:cut] + "\r\n ")
		rest, limit = rest[cut:], foldAt-1
	}
	_, _ = c.WriteString(rest + "\r\n")
}

// escapeText is for values of type TEXT, in which a line's end is written "\n" and no control character may be.
func escapeText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}
