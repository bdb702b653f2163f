package plain

import "sync/atomic"

// counts are the sums from which all figures are made. They add up over chunks.
type counts struct {
	sentences, words                   int // of scored prose
	shown                              int // words of all prose, headings too
	syllables, letters                 int
	threes, fours, ones, long, unknown int // words with 3+ and 4+ syllables, with one, with 7+ letters, outside the commonest
	names                              int // of the unknown: with a capital
	nominal                            int // nouns made of verbs and adjectives
	commas, subordinators              int
	fillers                            int
	addressed                          int // words that speak to the reader
	examples                           int
	passives                           int
	officialese                        int // weight of the list entries found, before the site has its say
}

func (c *counts) add(o *counts) {
	c.sentences += o.sentences
	c.words += o.words
	c.shown += o.shown
	c.syllables += o.syllables
	c.letters += o.letters
	c.threes += o.threes
	c.fours += o.fours
	c.ones += o.ones
	c.long += o.long
	c.unknown += o.unknown
	c.names += o.names
	c.nominal += o.nominal
	c.commas += o.commas
	c.subordinators += o.subordinators
	c.fillers += o.fillers
	c.addressed += o.addressed
	c.examples += o.examples
	c.passives += o.passives
	c.officialese += o.officialese
}

// hit is a place that a rule has marked, in offsets of its chunk's source.
type hit struct {
	rule       ruleID
	severity   Severity
	explained  bool // the page explains the term here: no finding, but it counts
	list       listKind
	start, end int32
	number     int32  // among the hits of its chunk
	n          int32  // a count for the message
	item       int32  // in the list, or -1
	key        string // abbreviation or word, where the rule works over the whole page
	replace    string // what may be put in its place
}

// analysis is everything there is to know about one chunk, apart from what the
// rest of the page and the site say. It does not change once it is made, but that
// what is said about its hits is kept when it was said first.
type analysis struct {
	counts  counts
	hits    []hit
	text    []byte
	unknown []span // words in text that are not common
	first   firstSentence
	said    []atomic.Pointer[[]Finding] // what is said about the hits, by the number of the language it is said in
	size    int                         // about how many bytes it keeps
}

// firstSentence is kept for the rules on answers.
type firstSentence struct {
	start, end int32 // in the chunk's source; end 0 when the chunk has no sentence
	words      int32
	reference  bool // begins with a reference to a law
}

// workspace holds the buffers of one analysis, to be used again.
type workspace struct {
	reading   reading
	tokens    []token
	sentences []sentence
	hits      []hit
	unknown   []span
	scratch   []byte
}

func (w *workspace) reset() {
	w.reading.text = w.reading.text[:0]
	w.reading.pieces = w.reading.pieces[:0]
	w.reading.units = w.reading.units[:0]
	w.reading.links = w.reading.links[:0]
	w.tokens, w.sentences = w.tokens[:0], w.sentences[:0]
	w.hits, w.unknown = w.hits[:0], w.unknown[:0]
}

// pass is one chunk on its way through the rules.
type pass struct {
	*workspace
	lang  *language
	site  *Site
	rules []func(*pass)

	verbsOf *sentence // the sentence that verbs was gathered from
	verbs   uint64
}

// analyse runs the rules that need no more than one chunk, which was read.
func (l *language) analyse(w *workspace, src string, s *Site, rules []func(*pass)) *analysis {
	p := &pass{workspace: w, lang: l, site: s, rules: rules}
	for i, u := range w.reading.units {
		first := len(w.tokens)
		w.tokens = tokenize(w.tokens, w.reading.text, u)
		w.scratch = l.describe(w.tokens[first:], w.reading.text, w.scratch)
		w.sentences = l.sentences(w.sentences, w.tokens, first, u.kind, int32(i))
	}
	a := &analysis{said: make([]atomic.Pointer[[]Finding], len(Languages()))}
	p.count(a)
	p.runRules()
	p.countHits(&a.counts)
	a.hits = append(a.hits, w.hits...)
	for i := range a.hits {
		a.hits[i].number = int32(i)
	}
	a.unknown = append(a.unknown, w.unknown...)
	a.text = append(a.text, w.reading.text...)
	a.first = p.firstSentence()
	a.size = len(src) + len(a.text) + 400*len(a.hits) + 8*len(a.unknown) + 256
	return a
}

// read chooses between the two readings, which agree where both can.
func read(r *reading, src string, defined func(string) bool) error {
	if readPlain(r, src) {
		return nil
	}
	if err := guard(src); err != nil {
		return err
	}
	return readMarkup(r, src, defined)
}
