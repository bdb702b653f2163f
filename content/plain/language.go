package plain

// entry is what the lists say about one lower-case word.
type entry struct {
	rank      uint16 // place among the commonest words, from 1; 0 when it is not one
	syllables uint8  // where spelling misleads, else 0
	classes   class
	verbs     uint64  // light verbs that the word is a form of, one bit each
	lastVerbs uint64  // the same, where the word ends its clause
	heads     []int32 // phrases that begin with the word, longest first
}

// language holds the lists of one language. It never changes after loading.
type language struct {
	code           string
	words          map[string]int32 // lower-case word -> number of its entry
	entries        []entry
	phrases        []phrase
	plain          []advice         // officialese with what to say instead
	terms          []Term           // data-protection terms with explanations
	short          []advice         // abbreviations with what they stand for
	forms          map[string]int32 // lower-case form of a term -> its place in terms
	lightVerbs     []string         // in the order of their bits
	withArticle    uint64           // light verbs that also go with a noun that has its article
	endings        []string         // taken off to find a common word
	inflections    []string         // of nouns and adjectives, for the words of a site
	referenceLevel Severity         // what a reference to a law is
	shall          int32            // number of the word "shall"
}

// advice is one entry of the officialese list.
type advice struct {
	entry string // the headword
	plain string // what to say instead
	group string // what kind of officialese it is
	level Severity
}

// listKind says which list a phrase belongs to.
type listKind uint8

const (
	listAdvice listKind = iota
	listTerm
	listAbbreviation
	listHedge
	listReference
	listSiteTerm
)

// phrase is one written form of a list entry, as the numbers of its words.
type phrase struct {
	words    []int32
	list     listKind
	item     int32  // in the list
	replace  string // safe to put in its place, or empty
	capital  bool   // the first word must begin with a capital
	capitals bool   // it must be in capitals
	signs    bool   // a comma or a slash stands in it
	dot      bool   // a dot belongs to it; it must follow an abbreviation
	verbs    uint64 // light verbs of which one must stand in the sentence
	level    Severity
}

// id returns the number of a lower-case word, making it known if need be. Only
// loading calls it.
func (l *language) id(word string) int32 {
	if n, ok := l.words[word]; ok {
		return n
	}
	n := int32(len(l.entries))
	l.words[word] = n
	l.entries = append(l.entries, entry{})
	return n
}

// is says that a token is a word of the class.
func (l *language) is(t *token, c class) bool {
	return t.entry >= 0 && l.entries[t.entry].classes&c != 0
}

// common says that a lower-case word, or what is left of it without a simple
// ending, is among the commonest of the language.
func (l *language) common(word []byte) bool {
	if n, ok := l.words[string(word)]; ok && l.entries[n].rank > 0 {
		return true
	}
	for _, end := range l.endings {
		stem := len(word) - len(end)
		if stem < 3 || string(word[stem:]) != end {
			continue
		}
		if n, ok := l.words[string(word[:stem])]; ok && l.entries[n].rank > 0 {
			return true
		}
	}
	return false
}
