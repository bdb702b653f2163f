package plain

import (
	"maps"
	"slices"
	"strings"
)

// ruleID numbers the rules in the order in which they win where two mark the
// same place.
type ruleID uint8

const (
	ruleSentVeryLong ruleID = iota
	ruleSentNested
	ruleLegalTerm
	ruleLegalReference
	ruleHedge
	ruleOfficialese
	ruleShall
	ruleAbbrUnexplained
	rulePassive
	ruleNominal
	ruleNegDouble
	ruleSentLong
	ruleCompound
	ruleNounChain
	ruleSeinZu
	ruleAbbrDotted
	ruleFiller
	ruleParaLong
	ruleNoAddress
	ruleAnswerLate
	ruleNoExample
	ruleTextLang
	ruleCount
)

// rule is one line of the table: what it is called, what it does with one chunk,
// what with the whole page, and how bad what it finds may be, by language; a language that is
// missing there is not read.
type rule struct {
	id     string
	run    func(p *pass)
	page   func(p *page)
	levels levels
	only   string // the kind of text that it is for; all when empty
	long   bool   // not for short texts
}

// levels are the severities that a rule may give, by language.
type levels map[string][]Severity

func (r *rule) langs() []string {
	return slices.DeleteFunc(Languages(), func(code string) bool { return r.levels[code] == nil })
}

// both is for rules that judge German and English alike.
func both(s ...Severity) levels { return levels{"de": s, "en": s} }

// rules is the table. A rule has no state: everything is in pass and page.
func rules() [ruleCount]rule {
	listed := both(Hint, Warning)
	return [ruleCount]rule{
		ruleSentVeryLong:    {id: "sent.very-long", levels: both(Warning, Error), run: sentVeryLong},
		ruleSentNested:      {id: "sent.nested", levels: both(Warning), run: sentNested},
		ruleLegalTerm:       {id: "word.legal-term", levels: both(Hint, Warning, Error), page: legalTerm},
		ruleLegalReference:  {id: "legal.reference", levels: levels{"de": {Warning}, "en": {Hint}}, run: legalReference},
		ruleHedge:           {id: "word.hedge", levels: both(Warning), run: wordHedge},
		ruleOfficialese:     {id: "word.officialese", levels: listed, run: wordLists},
		ruleShall:           {id: "word.shall", levels: levels{"en": {Warning}}, run: wordShall},
		ruleAbbrUnexplained: {id: "abbr.unexplained", levels: both(Hint), run: abbrCollect, page: abbrUnexplained},
		rulePassive:         {id: "style.passive", levels: levels{"de": {Hint}, "en": {Warning}}, run: stylePassive},
		ruleNominal:         {id: "style.nominal", levels: both(Warning), run: styleNominal},
		ruleNegDouble:       {id: "neg.double", levels: both(Warning), run: negDouble},
		ruleSentLong:        {id: "sent.long", levels: both(Hint), run: sentLong},
		ruleCompound:        {id: "word.compound", levels: both(Hint, Warning), run: wordCompound},
		ruleNounChain:       {id: "style.noun-chain", levels: both(Hint), run: styleNounChain},
		ruleSeinZu:          {id: "style.sein-zu", levels: levels{"de": {Hint}}, run: styleSeinZu},
		ruleAbbrDotted:      {id: "abbr.dotted", levels: both(Hint)},
		ruleFiller:          {id: "word.filler", levels: both(Hint), run: fillerCollect, page: wordFiller, long: true},
		ruleParaLong:        {id: "para.long", levels: both(Hint), run: paraLong, long: true},
		ruleNoAddress:       {id: "faq.no-address", levels: both(Hint), page: faqNoAddress, only: KindFAQ},
		ruleAnswerLate:      {id: "faq.answer-late", levels: both(Hint), page: faqAnswerLate, only: KindFAQ},
		ruleNoExample:       {id: "faq.no-example", levels: both(Hint), page: faqNoExample, only: KindFAQ},
		ruleTextLang:        {id: "text.lang", levels: both(Warning), run: textLang, page: textLangPage},
	}
}

// RuleInfo describes a rule for a page of settings.
type RuleInfo struct {
	ID     string                `json:"id"`
	Langs  []string              `json:"langs"`  // languages that it reads
	Levels map[string][]Severity `json:"levels"` // how bad what it finds may be, by language, from mild to severe
	Kind   string                `json:"kind"`   // the only kind of text that it is for; empty for all
	Name   string                `json:"name"`   // what it marks, in a few words
	Why    string                `json:"why"`    // one sentence
	How    string                `json:"how"`    // what to do about it; empty where that depends on the word
}

// Rules lists all rules in a fixed order, described in the given language.
func (c *Checker) Rules(messageLang string) []RuleInfo {
	m := c.messageList(messageLang, "en")
	out := make([]RuleInfo, 0, ruleCount)
	for _, r := range c.table {
		say := m.of(r.id, "", "")
		if strings.Contains(say.how, "{") {
			say.how = ""
		}
		out = append(out, RuleInfo{r.id, r.langs(), maps.Clone(r.levels), r.only, m.names[r.id], say.why, say.how})
	}
	return out
}

// runRules lets every rule that reads the language look at the chunk.
func (p *pass) runRules() {
	for _, r := range p.rules {
		r(p)
	}
}

// mark notes a hit on the tokens from first to last, both included.
func (p *pass) mark(r ruleID, s Severity, first, last int32) *hit {
	start, end := p.reading.toSource(p.tokens[first].start, p.tokens[last].end)
	p.hits = append(p.hits, hit{rule: r, severity: s, start: start, end: end, item: -1})
	return &p.hits[len(p.hits)-1]
}

// markSentence notes a hit on a whole sentence.
func (p *pass) markSentence(r ruleID, sev Severity, s *sentence, n int32) {
	p.mark(r, sev, s.first, s.last-1).n = n
}

// word returns the token at i if it is a word of the sentence, else nil.
func (p *pass) word(s *sentence, i int32) *token {
	if i < s.first || i >= s.last || !p.tokens[i].isWord() {
		return nil
	}
	return &p.tokens[i]
}

// is asks for the class of the word at i; false where there is no word.
func (p *pass) is(s *sentence, i int32, c class) bool {
	t := p.word(s, i)
	return t != nil && p.lang.is(t, c)
}

// prose says that a sentence is more than a heading.
func (s *sentence) prose() bool { return s.kind != unitHeading }

// writtenWord is the visible text of a token's counted part.
func (p *pass) writtenWord(t *token) []byte { return p.reading.text[t.start:t.base] }
