package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"klartext/content"
)

// Limits of a line's fields, in characters. Those of a title and a text are the editor's.
const (
	maxKey     = 1000
	maxTopic   = 200
	maxMessage = 5000
)

// rawLine is a line as it is written. A nil field was not there.
type rawLine struct {
	Key      *string `json:"key"`
	Kind     *string `json:"kind"`
	Lang     *string `json:"lang"`
	Date     *string `json:"date"`
	Title    *string `json:"title"`
	Topic    *string `json:"topic"`
	Status   *string `json:"status"`
	Message  *string `json:"message"`
	Markdown *string `json:"markdown"`
}

// parseLine reads one line that is not empty. Everything wrong with it goes to b.
func parseLine(number int, line []byte, rules Rules, b *broken) (State, bool) {
	before := len(*b)
	raw, ok := decodeLine(number, line, b)
	if !ok {
		return State{}, false
	}
	p := lineParser{number: number, rules: rules, broken: b}
	s := State{
		Line: number, Key: p.text("key", raw.Key, maxKey), Kind: p.kind(raw.Kind), Lang: p.lang(raw.Lang), At: p.date(raw.Date),
		Title: strings.TrimSpace(value(raw.Title)), Topic: strings.Join(strings.Fields(value(raw.Topic)), " "),
		Message: strings.TrimSpace(unixLines(value(raw.Message))), Withdrawn: p.withdrawn(raw.Status),
		Markdown: value(raw.Markdown),
	}
	p.length("topic", s.Topic, maxTopic)
	p.length("message", s.Message, maxMessage)
	if !s.Withdrawn {
		p.text("title", raw.Title, 0)
		p.text("markdown", raw.Markdown, 0)
	}
	return s, len(*b) == before
}

// decodeLine refuses what is no text before the decoder would quietly repair it.
func decodeLine(number int, line []byte, b *broken) (raw rawLine, ok bool) {
	if !utf8.Valid(line) {
		b.add(number, "line", content.CodeNotText, nil)
		return raw, false
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		wrong, isType := errors.AsType[*json.UnmarshalTypeError](err)
		if isType && wrong.Field != "" {
			b.add(number, wrong.Field, content.CodeImportType, nil)
		} else {
			b.add(number, "line", content.CodeImportJSON, nil)
		}
		return raw, false
	}
	if line[0] != '{' {
		b.add(number, "line", content.CodeImportJSON, nil)
		return raw, false
	}
	return raw, isText(number, line, raw, b)
}

// isText finds NUL, and halves of surrogate pairs: the decoder replaces them by a sign
// that nobody wrote.
func isText(number int, line []byte, raw rawLine, b *broken) bool {
	noneWritten := !bytes.ContainsRune(line, utf8.RuneError) && !bytes.Contains(bytes.ToLower(line), []byte(`\ufffd`))
	for name, text := range raw.fields() {
		if strings.ContainsRune(text, 0) || (noneWritten && strings.ContainsRune(text, utf8.RuneError)) {
			b.add(number, name, content.CodeNotText, nil)
			return false
		}
	}
	return true
}

// fields goes through what is there, in the order of the format.
func (r *rawLine) fields() func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, f := range []struct {
			name string
			text *string
		}{
			{"key", r.Key},
			{"kind", r.Kind},
			{"lang", r.Lang},
			{"date", r.Date},
			{"title", r.Title},
			{"topic", r.Topic},
			{"status", r.Status},
			{"message", r.Message},
			{"markdown", r.Markdown},
		} {
			if f.text != nil && !yield(f.name, *f.text) {
				return
			}
		}
	}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func unixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// lineParser turns the fields of one line into values and notes what is wrong.
type lineParser struct {
	number int
	rules  Rules
	broken *broken
}

func (p *lineParser) add(name string, code content.Code, args content.Args) {
	p.broken.add(p.number, name, code, args)
}

// text is a field that must say something; limit 0 leaves its length to the editor's rules.
func (p *lineParser) text(name string, s *string, limit int) string {
	if strings.TrimSpace(value(s)) == "" {
		p.add(name, content.CodeRequired, nil)
		return ""
	}
	if limit > 0 {
		p.length(name, *s, limit)
	}
	return *s
}

func (p *lineParser) length(name, s string, limit int) {
	if n := utf8.RuneCountInString(s); n > limit {
		p.add(name, content.CodeTooLong, content.Args{"Length": n, "Limit": limit, "Over": n - limit})
	}
}

func (p *lineParser) kind(s *string) content.EntryKind {
	kind := content.EntryKind(p.text("kind", s, 0))
	if kind != "" && kind != content.FAQ && kind != content.Policy {
		p.add("kind", content.CodeKindUnknown, content.Args{"Value": short(string(kind))})
	}
	return kind
}

func (p *lineParser) lang(s *string) content.Lang {
	lang := content.Lang(p.text("lang", s, 0))
	if lang != "" && !slices.Contains(p.rules.Languages, lang) {
		names := make([]string, len(p.rules.Languages))
		for i, l := range p.rules.Languages {
			names[i] = string(l)
		}
		p.add("lang", content.CodeLangUnknown, content.Args{"Lang": short(string(lang)), "Languages": strings.Join(names, ", ")})
	}
	return lang
}

func (p *lineParser) withdrawn(s *string) bool {
	status := p.text("status", s, 0)
	if status != "" && status != "published" && status != "withdrawn" {
		p.add("status", content.CodeImportStatus, content.Args{"Value": short(status)})
	}
	return status == "withdrawn"
}

// firstYear is the earliest year that a Date of the site can have.
const firstYear = 1900

func (p *lineParser) date(s *string) time.Time {
	written := p.text("date", s, 0)
	if written == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, written)
	switch {
	case err != nil || at.UTC().Year() <= firstYear || at.UnixMilli() == 0: // a date that was never set
		p.add("date", content.CodeImportDate, content.Args{"Value": short(written)})
	case at.After(p.rules.Now):
		p.add("date", content.CodeImportFuture, content.Args{"Value": short(written)})
	}
	return at.UTC().Truncate(time.Millisecond)
}

// short keeps a wrong value fit for a sentence.
func short(s string) string {
	const limit = 60
	if runes := []rune(s); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return s
}
