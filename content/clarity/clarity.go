// Package clarity lets the domain ask the plain-language checker: it turns what a site says about its words into what
// the checker takes, and findings into what the domain keeps. It marks the terms of a glossary in ready-made HTML.
package clarity

import (
	"context"
	"errors"
	"slices"
	"sync"

	"klartext/content"
	"klartext/content/plain"
)

// Checker implements content.Checker. One is enough for a program; it is safe for concurrent use.
type Checker struct {
	plain *plain.Checker
	mu    sync.Mutex
	sites map[string]*plain.Site // by the print of the words that they are made of
}

// New puts the domain's face on a checker.
func New(checker *plain.Checker) *Checker {
	return &Checker{plain: checker, sites: map[string]*plain.Site{}}
}

// maxSites is how many sets of words are kept ready; a site has one for each language.
const maxSites = 16

// Site is what the checker makes of a site's words; nil where the words have no name.
func (c *Checker) Site(lang content.Lang, words content.SiteWords) *plain.Site {
	if words.Print == "" {
		return c.plain.Site(string(lang), options(words))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if site, ok := c.sites[words.Print]; ok {
		return site
	}
	if len(c.sites) >= maxSites {
		clear(c.sites)
	}
	site := c.plain.Site(string(lang), options(words))
	c.sites[words.Print] = site
	return site
}

func options(words content.SiteWords) plain.Options {
	o := plain.Options{Known: words.Known, Glossary: termsOf(words.Glossary), Replacements: words.Replacements}
	if len(words.RulesOff) > 0 {
		o.Rules = map[string]bool{}
		for _, id := range words.RulesOff {
			o.Rules[id] = false
		}
	}
	return o
}

func termsOf(terms []content.Term) []plain.Term {
	out := make([]plain.Term, len(terms))
	for i, t := range terms {
		out[i] = plain.Term{Term: t.Term, Forms: t.Forms, Plain: t.Explanation, Example: t.Example}
	}
	return out
}

// Check reads a text.
func (c *Checker) Check(ctx context.Context, in content.CheckInput) (content.Clarity, error) {
	result, err := c.plain.Check(ctx, plain.Input{
		Source: in.Text, Lang: string(in.Lang), Kind: string(in.Kind), MessageLang: string(in.MessageLang), Site: c.Site(in.Lang, in.Words),
	})
	if refused, ok := errors.AsType[*plain.InputError](err); ok {
		return content.Clarity{}, &content.Error{Kind: content.Invalid, Code: content.CodeTextUnread, Args: content.Args{"Entry": "", "Lang": string(in.Lang)}, Err: refused}
	}
	if err != nil {
		return content.Clarity{}, err
	}
	return clarityOf(&result, in.Text), nil
}

func clarityOf(r *plain.Result, text string) content.Clarity {
	c := content.Clarity{
		Score: r.Score, Difficulty: r.Difficulty, Band: r.Band, Sentences: r.Sentences, Words: r.Words, RuleSet: r.RuleSet,
		Findings: make([]content.Finding, len(r.Findings)),
	}
	if r.Parts != nil {
		c.LostToSentences, c.LostToWords = r.Parts.Sentences, r.Parts.Words
	}
	for i, f := range r.Findings {
		c.Findings[i] = content.Finding{
			Rule: f.Rule, Severity: content.Severity(f.Severity.String()), Start: f.Start, End: f.End, Quote: text[f.Start:f.End],
			Message: f.Message, Why: f.Why, Suggestion: f.Suggestion, Replacement: f.Replacement,
		}
	}
	return c
}

// Speaks tells whether texts in this language can be checked.
func (c *Checker) Speaks(lang content.Lang) bool {
	return slices.Contains(plain.Languages(), string(lang))
}

// Rules lists all rules, described in a language.
func (c *Checker) Rules(lang content.Lang) []content.RuleInfo {
	list := c.plain.Rules(string(lang))
	out := make([]content.RuleInfo, len(list))
	for i, r := range list {
		out[i] = content.RuleInfo{ID: r.ID, Name: r.Name, Why: r.Why}
		for _, lang := range r.Langs {
			out[i].Langs = append(out[i].Langs, content.Lang(lang))
			for _, level := range r.Levels[lang] {
				if s := content.Severity(level.String()); !slices.Contains(out[i].Severities, s) {
					out[i].Severities = append(out[i].Severities, s)
				}
			}
		}
	}
	return out
}

// Starters are the built-in terms of a language.
func (c *Checker) Starters(lang content.Lang) []content.Term {
	list := c.plain.Terms(string(lang))
	out := make([]content.Term, len(list))
	for i, t := range list {
		out[i] = content.Term{Lang: lang, Term: t.Term, Forms: t.Forms, Explanation: t.Plain, Example: t.Example}
	}
	return out
}

// RuleSet names the rules, lists and weights.
func (c *Checker) RuleSet() string { return c.plain.RuleSet() }

// BandLabel says a band in words.
func (c *Checker) BandLabel(band string, lang content.Lang) string {
	return c.plain.BandLabel(band, string(lang))
}

// Age is how old readers are whose school books read like a text of the band; 0 where no honest number can be given.
func (c *Checker) Age(band string) int { return plain.Age(band) }
