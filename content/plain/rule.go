package plain

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

// rule is one line of the table: what it is called, which languages it reads,
// what it does with one chunk, what with the whole page.
type rule struct {
	id    string
	langs string
	run   func(p *pass)
	page  func(p *page)
}

// rules is the table. A rule has no state: everything is in pass and page.
func rules() [ruleCount]rule {
	return [ruleCount]rule{
		ruleSentVeryLong:    {id: "sent.very-long", langs: "de en", run: sentVeryLong},
		ruleSentNested:      {id: "sent.nested", langs: "de en", run: sentNested},
		ruleLegalTerm:       {id: "word.legal-term", langs: "de en", page: legalTerm},
		ruleLegalReference:  {id: "legal.reference", langs: "de en", run: legalReference},
		ruleHedge:           {id: "word.hedge", langs: "de en", run: wordHedge},
		ruleOfficialese:     {id: "word.officialese", langs: "de en", run: wordLists},
		ruleShall:           {id: "word.shall", langs: "en", run: wordShall},
		ruleAbbrUnexplained: {id: "abbr.unexplained", langs: "de en", run: abbrCollect, page: abbrUnexplained},
		rulePassive:         {id: "style.passive", langs: "de en", run: stylePassive},
		ruleNominal:         {id: "style.nominal", langs: "de en", run: styleNominal},
		ruleNegDouble:       {id: "neg.double", langs: "de en", run: negDouble},
		ruleSentLong:        {id: "sent.long", langs: "de en", run: sentLong},
		ruleCompound:        {id: "word.compound", langs: "de en", run: wordCompound},
		ruleNounChain:       {id: "style.noun-chain", langs: "de en", run: styleNounChain},
		ruleSeinZu:          {id: "style.sein-zu", langs: "de", run: styleSeinZu},
		ruleAbbrDotted:      {id: "abbr.dotted", langs: "de en"},
		ruleFiller:          {id: "word.filler", langs: "de en", run: fillerCollect, page: wordFiller},
		ruleParaLong:        {id: "para.long", langs: "de en", run: paraLong},
		ruleNoAddress:       {id: "faq.no-address", langs: "de en", page: faqNoAddress},
		ruleAnswerLate:      {id: "faq.answer-late", langs: "de en", page: faqAnswerLate},
		ruleNoExample:       {id: "faq.no-example", langs: "de en", page: faqNoExample},
		ruleTextLang:        {id: "text.lang", langs: "de en", run: textLang},
	}
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
