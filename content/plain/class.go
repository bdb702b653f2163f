package plain

// class is a set of closed lists of words that rules ask for, one bit each. The
// words stand in lists/classes.*.txt under the names of className.
type class uint64

const (
	clAbbreviation    class = 1 << iota // its dot never ends a sentence
	clAbbreviationEnd                   // its dot may end one
	clOrdinalNoun                       // follows "25.": months, "Jahrhundert"
	clOrdinalLead                       // stands before "25.": "am", "vom"
	clSubordinator                      // opens a subordinate clause
	clBe                                // forms of be, sein
	clWerden                            // forms of werden
	clParticiple                        // past participles (irregular ones in English)
	clNotPassive                        // look like participles, are adjectives
	clDoer                              // by, von, durch
	clAddress                           // you, we, and their cases
	clSpeaker                           // wir, ich: with werden a future, no passive
	clData                              // data, information
	clDataUse                           // verbs of using data
	clVague                             // some, often, certain: hedges about data
	clModal                             // may, might, could
	clHedge                             // hedges wherever they stand
	clFiller                            // true fillers
	clNegation                          // not, never, kein
	clNotUn                             // begin with un- without being a negation
	clUn                                // negative words without un-
	clKnown                             // abbreviations that everybody knows
	clConcrete                          // end like a noun of action, are things
	clEmptyVerb                         // erfolgen, vornehmen, durchführen
	clArticle                           // articles and what stands in their place
	clGenitive                          // der, des in noun chains
	clPreposition
	clExample       // zum Beispiel, for instance
	clExplain       // heißt, bedeutet, means
	clNotInfinitive // end like infinitives, are none: "selten"
	clVerb          // end like nouns, are verbs or adjectives
	clUnit          // parts of a law: Art., Abs., lit.
	clLawPart       // go on within a reference: Nr., Satz, und
	clNoun          // everyday nouns that form strings
	clDefinite      // definite articles and possessives
	clBetween       // stand between be and its participle
	clReader        // you
	clEase          // before "zu": it tells how easy, not who has to
	clOpening       // open an explanation; small when it stands in brackets
)

// className gives the name of each class in the lists, in the order of the bits.
func className() []string {
	return []string{
		"abbreviation", "abbreviation-end", "ordinal-noun", "ordinal-lead", "subordinator", "be", "werden", "participle",
		"not-passive", "doer", "address", "speaker", "data", "data-use", "vague", "modal", "hedge", "filler", "negation", "not-un", "un",
		"known", "concrete", "empty-verb", "article", "genitive", "preposition", "example", "explain", "not-infinitive", "verb", "unit", "law-part", "noun", "definite", "between", "reader", "ease", "opening",
	}
}
