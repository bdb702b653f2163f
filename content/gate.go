package content

import (
	"fmt"
	"slices"
	"strings"
)

// Gate is what this site asks of a text before it may be published, and which words its readers know.
type Gate struct {
	MinScore      int      `json:"min_score"`      // 0 to 100; 0 asks for none. Texts too short for a score are not asked.
	ErrorsAllowed bool     `json:"errors_allowed"` // whether a text may have findings of severity error
	RulesOff      []string `json:"rules_off"`      // ids of rules that are not asked
	KnownWords    []string `json:"known_words"`    // names and abbreviations that readers know
	// Replacements are the site's own: a word or phrase, in lower case, and the plain words for it.
	Replacements map[Lang]map[string]string `json:"replacements"`
	// OverrideRole is the weakest role that may publish a text in spite of a closed gate; "" lets nobody.
	OverrideRole Role `json:"override_role"`
}

// DefaultGate is the gate of a new site.
func DefaultGate() Gate { return Gate{MinScore: 55, OverrideRole: Author} }

// Limits of a gate.
const (
	maxScore      = 100
	maxGateWords  = 1000
	maxGateWord   = 100
	maxGatePhrase = 300
)

func (g *Gate) check(p *problems, languages []Lang) {
	if g.MinScore < 0 || g.MinScore > maxScore {
		p.add("gates.min_score", CodeScoreRange, Args{"Value": g.MinScore})
	}
	if g.OverrideRole != "" && !slices.Contains(Roles(), g.OverrideRole) {
		p.add("gates.override_role", CodeRoleUnknown, Args{"Value": string(g.OverrideRole)})
	}
	g.RulesOff = distinct(g.RulesOff)
	g.KnownWords = distinct(g.KnownWords)
	checkCount(p, "gates.rules_off", len(g.RulesOff), maxGateWords)
	checkCount(p, "gates.known_words", len(g.KnownWords), maxGateWords)
	for i, word := range g.KnownWords {
		checkLength(p, fmt.Sprintf("gates.known_words.%d", i), word, maxGateWord)
	}
	for lang, list := range g.Replacements {
		if len(list) == 0 || !slices.Contains(languages, lang) {
			delete(g.Replacements, lang)
			continue
		}
		g.Replacements[lang] = checkReplacements(p, "gates.replacements."+string(lang), list)
	}
}

func checkReplacements(p *problems, field string, list map[string]string) map[string]string {
	checkCount(p, field, len(list), maxGateWords)
	out := make(map[string]string, len(list))
	for word, plain := range list {
		word, plain = strings.ToLower(oneBlank(word)), oneBlank(plain)
		switch {
		case word == "" || plain == "":
			p.add(field, CodeReplacementEmpty, Args{"Value": word + plain})
		case word == strings.ToLower(plain):
			p.add(field, CodeTwice, Args{"Value": word})
		}
		checkLength(p, field, word, maxGateWord)
		checkLength(p, field, plain, maxGatePhrase)
		out[word] = plain
	}
	return out
}

// distinct tidies a list of words: no blanks around them, none twice, none empty.
func distinct(words []string) []string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		if word = oneBlank(word); word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

func oneBlank(s string) string { return strings.Join(strings.Fields(s), " ") }

// mayOverride tells whether an actor may publish in spite of a closed gate, or put an error aside.
func (g *Gate) mayOverride(actor Actor) error {
	switch {
	case actor.Role == "":
		return Fail(Unknown, CodeLoginNeeded, nil)
	case g.OverrideRole == "":
		return Fail(Forbidden, CodeOverrideNobody, nil)
	case !actor.Role.atLeast(g.OverrideRole):
		return Fail(Forbidden, CodeOverrideRole, Args{"Role": string(g.OverrideRole)})
	}
	return nil
}

// MayOverride tells whether an actor may publish in spite of a closed gate.
func (g Gate) MayOverride(actor Actor) bool { return g.mayOverride(actor) == nil }

// reasons why the gate is closed for a text; none where it is open. name stands for the text in the sentences.
func (g *Gate) reasons(field, name string, lang Lang, c *Clarity) []FieldError {
	var p problems
	if c.Score != nil && *c.Score < g.MinScore {
		p.add(field, CodeScoreLow, Args{"Entry": name, "Lang": string(lang), "Score": *c.Score, "Min": g.MinScore})
	}
	if n := c.Count(SeverityError); n > 0 && !g.ErrorsAllowed {
		p.add(field, CodeTextErrors, Args{"Entry": name, "Lang": string(lang), "Count": n})
	}
	return p
}

// GateReasons says why the gate is closed for a text that reads like this; none where it is open.
func (g Gate) GateReasons(c Clarity) []FieldError { return g.reasons("", "", NoLang, &c) }
