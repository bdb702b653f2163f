package content

import (
	"regexp"
	"slices"
	"strings"
)

// Lang is a language of the site, as in BCP 47 without region: "de", "en".
// The empty Lang marks facts, which are the same in every language.
type Lang string

// NoLang is the language of facts.
const NoLang Lang = ""

// Text is the same sentence in several languages.
type Text map[Lang]string

// In gives the text in lang, or else in the first language that has one, and
// the language it is really in. Both are empty where there is none at all.
func (t Text) In(lang Lang, others ...Lang) (string, Lang) {
	if s := t[lang]; s != "" {
		return s, lang
	}
	for _, other := range others {
		if s := t[other]; s != "" {
			return s, other
		}
	}
	for _, other := range t.langs() {
		if t[other] != "" {
			return t[other], other
		}
	}
	return "", NoLang
}

func (t Text) langs() []Lang {
	langs := make([]Lang, 0, len(t))
	for lang := range t {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	return langs
}

// trimmed is the text without blanks at the ends and without empty languages.
func (t Text) trimmed() Text {
	out := make(Text, len(t))
	for lang, s := range t {
		if s = strings.TrimSpace(s); s != "" {
			out[lang] = s
		}
	}
	return out
}

// check reports languages that the site does not have and texts that are too long.
func (t Text) check(p *problems, field string, languages []Lang, limit int) {
	for _, lang := range t.langs() {
		if !slices.Contains(languages, lang) {
			p.add(field+"."+string(lang), CodeLangUnknown, Args{"Lang": string(lang), "Languages": joinLangs(languages)})
			continue
		}
		checkLength(p, field+"."+string(lang), t[lang], limit)
	}
}

func joinLangs(languages []Lang) string {
	names := make([]string, len(languages))
	for i, lang := range languages {
		names[i] = string(lang)
	}
	return strings.Join(names, ", ")
}

var (
	slugForm = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
	langForm = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// maxSlug is the longest slug in bytes.
const maxSlug = 80

func checkSlug(p *problems, field, slug string) {
	switch {
	case slug == "":
		p.add(field, CodeRequired, nil)
	case len(slug) > maxSlug || !slugForm.MatchString(slug):
		p.add(field, CodeSlugForm, Args{"Slug": slug, "Limit": maxSlug})
	}
}
