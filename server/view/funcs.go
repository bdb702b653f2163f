package view

import (
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/markdown"
)

// funcs are what templates may call, bound to one language:
//
//	t "id" "Name" value      a message; n "id" count for one that counts; has "id"
//	day, date, datetime      dates; datetime takes the zone
//	number, duration, country, langname
//	problem err              the sentence for an error; reason for a content.Reason
//	asset "admin.css"        the address of a static file
//	icon "check"             the <svg> of static/icons/check.svg
//	html                     stored HTML that the Markdown renderer made
//	dict "Key" value ...     several values for a template
//	next i                   the number after
//	lines                    text with its lines broken where somebody broke them
//	hyphens "a.b.c"          a name fit to be an id: "a-b-c"
func (v *Views) funcs(lang content.Lang) template.FuncMap {
	p := v.catalog.Printer(lang)
	return template.FuncMap{
		"t": p.T, "n": p.N, "day": p.Day, "date": p.Date,
		"datetime": func(t time.Time, zone *time.Location) string { return p.DateTime(t, zone) },
		"number":   p.Number, "duration": p.Duration, "country": p.Country, "langname": p.LangName,
		"problem": p.Error, "reason": p.Reason, "has": p.Has,
		"asset": v.assets.Path, "icon": v.icon, "html": markdown.HTML,
		"dict": dict, "hyphens": hyphens, "lines": lines,
		"next":   func(i int) int { return i + 1 },
		"uilang": func() content.Lang { return p.Lang },
	}
}

// funcsIn are funcs, and outside of the admin UI, where a theme may be at work:
//
//	stored .Text.Body        a Stored, and nothing else, as HTML; html escapes there, as it does everywhere in Go
//	text "name"              what the theme says under a name
//	file "logo.svg"          the address of a file of the theme
func (v *Views) funcsIn(area string, lang content.Lang) template.FuncMap {
	funcs := v.funcs(lang)
	if area == "admin" {
		return funcs
	}
	delete(funcs, "html")
	funcs["stored"] = func(stored Stored) template.HTML { return markdown.HTML(string(stored)) }
	funcs["text"] = func(name string) (string, error) { return v.themeText(lang, name) }
	funcs["file"] = v.themeFile
	return funcs
}

// icon draws one of our own symbols. Beside it must stand words: the file hides itself from screen readers.
func (v *Views) icon(name string) template.HTML {
	return template.HTML(v.assets.Icon(name)) //nolint:gosec // an embedded file, chosen by a template
}

// lines breaks text where somebody pressed Enter, in every browser: not all of them know style sheets.
func lines(text string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(text), "\n", "<br>\n")) //nolint:gosec // escaped
}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict needs pairs of key and value")
	}
	m := make(map[string]any, len(pairs)/2)
	for pair := range slices.Chunk(pairs, 2) {
		key, ok := pair[0].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is not a string", pair[0])
		}
		m[key] = pair[1]
	}
	return m, nil
}

func hyphens(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, name)
}
