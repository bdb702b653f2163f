package locale

import (
	"fmt"
	"maps"
	"strings"

	"github.com/go-playground/locales"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"klartext/content"
)

// Printer speaks one language. It never fails: what it has no message for comes out as the id in brackets.
type Printer struct {
	// Lang is the language that is spoken.
	Lang content.Lang

	ids       map[content.Lang]map[string]bool
	localizer *i18n.Localizer
	dates     locales.Translator
	regions   display.Namer
	languages display.Namer
}

func newPrinter(bundle *i18n.Bundle, lang content.Lang, ids map[content.Lang]map[string]bool) *Printer {
	tag := language.Make(string(lang))
	return &Printer{
		Lang: lang, ids: ids, localizer: i18n.NewLocalizer(bundle, string(lang), string(Fallback)),
		dates: translator(lang), regions: display.Regions(tag), languages: display.Languages(tag),
	}
}

// T is the message with its placeholders filled. args are pairs of name and value, or one map of them.
func (p *Printer) T(id string, args ...any) string {
	return p.say(id, &i18n.LocalizeConfig{MessageID: id, TemplateData: placeholders(args)})
}

// N is the message for so many things; {{.Count}} stands for the number as people write it.
func (p *Printer) N(id string, count int, args ...any) string {
	data := placeholders(args)
	data["Count"] = p.Number(count)
	return p.say(id, &i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: map[string]any(data)})
}

func (p *Printer) say(id string, config *i18n.LocalizeConfig) string {
	// The library answers text and an error together where it fell back to another language.
	if text, _ := p.localizer.Localize(config); text != "" {
		return text
	}
	return "[" + id + "]"
}

// Has tells whether there is such a message, in this language or the fallback.
func (p *Printer) Has(id string) bool { return p.ids[p.Lang][id] || p.ids[Fallback][id] }

func placeholders(args []any) content.Args {
	data := make(content.Args, len(args)/2+1)
	if len(args) == 1 {
		switch all := args[0].(type) {
		case content.Args:
			args = nil
			maps.Copy(data, all)
		case map[string]any:
			args = nil
			maps.Copy(data, all)
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return data
}

// Country is the name of the country with this ISO 3166 code, or the code itself where there is none.
func (p *Printer) Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := p.regions.Name(region); name != "" {
		return name
	}
	return code
}

// Law writes "gdpr-6-1-b" as lawyers who speak the language do; other codes stand as they are.
func (p *Printer) Law(code string) string {
	part := strings.Split(code, "-")
	switch {
	case part[0] == "gdpr" && len(part) == 4:
		return p.T("law.gdpr_letter", "Article", part[1], "Paragraph", part[2], "Letter", part[3])
	case part[0] == "gdpr" && len(part) == 3:
		return p.T("law.gdpr_paragraph", "Article", part[1], "Paragraph", part[2])
	case part[0] == "gdpr" && len(part) == 2:
		return p.T("law.gdpr_article", "Article", part[1])
	}
	return code
}

// LangName is the name of a language, as this language calls it.
func (p *Printer) LangName(lang content.Lang) string {
	tag, err := language.Parse(string(lang))
	if err != nil {
		return string(lang)
	}
	if name := p.languages.Name(tag); name != "" {
		return name
	}
	return string(lang)
}
