package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a query may cost: the rest of a longer one is not looked at.
const (
	MaxQuery     = 200 // bytes
	maxSlots     = 10
	maxRelatives = 24
)

// Query is what somebody typed, understood by one index.
type Query struct {
	index  *Index
	text   string
	slots  []slot
	total  float32           // the weight of all slots
	shown  map[uint32]uint16 // term -> the slots for which it is marked in a text
	starts map[[2]byte]bool  // how the words of these terms begin
	apart  bool              // it has a verb whose first part may stand apart
}

// slot is one word that was typed, with all that stands for it.
type slot struct {
	typed   string // as it was written
	folded  string
	idf     float32
	factor  float32 // 1, less for a part of a compound that was typed
	alts    []alternative
	correct uint32 // the word that was probably meant, where the typed one is unknown
	wrong   bool
	also    []alternative // synonyms, where there is nothing else
}

type alternative struct {
	term   uint32
	weight float32
}

const (
	kinWeight     = 0.8 // another form of the same verb
	synonymWeight = 0.5
	insteadWeight = 0.7  // of a synonym where no text has the word itself
	partFactor    = 0.35 // of a compound that is known as a whole
	aloneFactor   = 0.7  // of one that is not
	bareWeight    = 0.3  // "geben" for "gebt ... weiter"
)

// Understand reads a query in the language of the index. known tells of words
// that another language of the site has, so that they are not taken for mistakes.
func (x *Index) Understand(text string, known func(folded string) bool) Query {
	q := Query{index: x, text: cut(text)}
	seen := map[string]bool{}
	verbs := x.verbsOf(q.text)
	eachWord(q.text, func(word string, at span) {
		folded, bare := x.rules.fold(word), ""
		for _, verb := range verbs {
			if at == verb.first {
				return // it goes with its verb
			}
			if at == verb.rest {
				folded, bare = verb.whole, folded
			}
		}
		if folded == "" || seen[folded] || x.rules.stop[folded] || len(q.slots) >= maxSlots { // addParts may add three more: slots are counted in 16 bits
			return
		}
		seen[folded] = true
		q.add(word, folded, bare, known)
	})
	q.sum()
	return q
}

// Telling is a query without the words that say nothing in this language, for
// indexes of others, where the same letters may be a word.
func (x *Index) Telling(text string) string {
	text = cut(text)
	verbs := x.verbsOf(text)
	var out strings.Builder
	done := 0
	eachWord(text, func(word string, at span) {
		if at.start < done || !x.rules.stop[x.rules.fold(word)] || slices.ContainsFunc(verbs, func(v apart) bool { return at == v.first || at == v.rest }) {
			return
		}
		out.WriteString(text[done:at.start])
		done = at.end
	})
	return out.String() + text[done:]
}

// sum notes what all slots have in common.
func (q *Query) sum() {
	q.total, q.shown, q.starts = 0, map[uint32]uint16{}, map[[2]byte]bool{}
	for i, s := range q.slots {
		q.total += s.idf * s.factor
		for _, alt := range s.alts {
			q.shown[alt.term] |= 1 << i
			if stem := q.index.terms[alt.term].stem; len(stem) >= 2 {
				q.starts[[2]byte{stem[0], stem[1]}] = true
			}
		}
	}
}

// Knows is whether any document has the word, as it was typed, in any form.
func (x *Index) Knows(word string) bool {
	folded := x.rules.fold(word)
	return x.rules.stop[folded] || x.knows(folded)
}

func cut(text string) string {
	if len(text) <= MaxQuery {
		return text
	}
	text = text[:MaxQuery]
	for len(text) > 0 && !utf8.ValidString(text[len(text)-1:]) && !utf8.RuneStart(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// add looks for a word; bare is what was typed where folded is more, "gebt" for "weitergeben".
func (q *Query) add(typed, folded, bare string, known func(string) bool) {
	x := q.index
	s := slot{typed: typed, folded: folded, factor: 1}
	own := x.exact(folded)
	s.alts = append(s.alts, own...)
	if bare != "" && !x.rules.stop[bare] {
		for _, alt := range x.exact(bare) {
			s.alts = append(s.alts, alternative{alt.term, alt.weight * bareWeight})
		}
	}
	if x.splits(folded) {
		q.apart = true
	}
	for _, r := range x.strongest(x.related(folded)) {
		s.alts = append(s.alts, alternative{x.words[r.word].term, r.weight})
	}
	direct := len(s.alts) > 0
	synonyms, weight := x.synonyms(folded), float32(synonymWeight)
	if !direct {
		weight = insteadWeight
	}
	for _, stem := range synonyms {
		s.alts = x.addStem(s.alts, stem, weight)
	}
	if !direct {
		s.also = slices.Clone(s.alts)
	}
	var parts []string
	if !x.splits(folded) {
		parts = x.split(folded, maxParts)
	}
	if !direct && parts == nil && len(synonyms) == 0 && !known(typed) {
		s.guess(x)
	}
	s.finish(x, own)
	if direct || parts == nil {
		q.slots = append(q.slots, s)
	}
	q.addParts(typed, parts, direct)
}

// guess looks for what was meant by a word that nothing is known of: one that
// was mistyped, one that means something, or one that is known in part.
func (s *slot) guess(x *Index) {
	for i, r := range x.corrections(s.folded, mistakes(s.folded)) {
		if i == 0 && x.otherStart(r.word, s.folded) == 0 {
			s.wrong, s.correct = true, r.word
		}
		s.alts = append(s.alts, alternative{x.words[r.word].term, r.weight})
	}
	if len(s.alts) == 0 {
		for _, stem := range x.rules.synonyms[x.rules.nearSynonym(s.folded)] {
			s.alts = x.addStem(s.alts, stem, synonymWeight)
		}
		s.also = slices.Clone(s.alts)
	}
	if len(s.alts) == 0 {
		s.alts = x.inPart(s.folded)
	}
}

// synonyms are the stems in this language of what stands for a folded word of
// any language; a word that has any is none that was mistyped.
func (x *Index) synonyms(folded string) []string {
	if own := x.rules.synonyms[folded]; len(own) > 0 {
		return own
	}
	if x.rules.lang == "de" {
		for _, kin := range append([]string{x.rules.stemWord(folded)}, germanVerbs().kin(folded)...) {
			if own := x.rules.synonyms[kin]; len(own) > 0 {
				return own
			}
		}
	}
	return x.rules.synonyms[x.rules.stemWord(folded)]
}

// addParts looks for the parts of a compound too.
func (q *Query) addParts(typed string, parts []string, whole bool) {
	for _, part := range parts {
		s := slot{typed: typed, folded: part, factor: aloneFactor}
		if whole {
			s.factor = partFactor
		}
		own := q.index.exact(part)
		if len(own) == 0 {
			own = q.index.exact(strings.TrimSuffix(part, "s"))
		}
		s.alts = own
		s.finish(q.index, own)
		q.slots = append(q.slots, s)
	}
}

// exact are the stem of a word and the other forms of the same verb.
func (x *Index) exact(folded string) []alternative {
	stem := x.rules.stemWord(folded)
	alts := x.addStem(nil, stem, 1)
	if x.rules.lang == "de" {
		for _, kin := range germanVerbs().kin(folded) {
			alts = x.addStem(alts, kin, kinWeight)
		}
	}
	return alts
}

func (x *Index) addStem(to []alternative, stem string, weight float32) []alternative {
	if id, live := x.stem(stem); live {
		return append(to, alternative{id, weight})
	}
	return to
}

// strongest keeps those that most documents have, so that a short word cannot cost much.
func (x *Index) strongest(all []relative) []relative {
	if len(all) > maxRelatives {
		slices.SortFunc(all, func(a, b relative) int {
			return cmp.Or(cmp.Compare(x.words[b.word].docs, x.words[a.word].docs), strings.Compare(x.words[a.word].text, x.words[b.word].text))
		})
		all = all[:maxRelatives]
	}
	return all
}

// finish keeps each term once, with its best weight, and weighs the slot: a
// word that few documents have says more.
func (s *slot) finish(x *Index, own []alternative) {
	slices.SortFunc(s.alts, func(a, b alternative) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(b.weight, a.weight))
	})
	s.alts = slices.CompactFunc(s.alts, func(a, b alternative) bool { return a.term == b.term })
	count := 0
	counted := own
	if len(own) == 0 {
		counted = s.alts
	}
	for _, alt := range counted {
		count += len(x.terms[alt.term].postings)
	}
	s.idf = rarity(min(count, x.Len()), x.Len())
}

func rarity(docs, all int) float32 {
	return float32(math.Log(1 + (float64(all-docs)+0.5)/(float64(docs)+0.5)))
}

// Empty is whether there is nothing to look for.
func (q Query) Empty() bool { return len(q.slots) == 0 }

// Known is whether the texts have every word that was looked for, as it was typed or in another form.
func (q Query) Known() bool {
	return !slices.ContainsFunc(q.slots, func(s slot) bool { return s.wrong || len(s.alts) == 0 || len(s.also) > 0 })
}

// Doubtful is whether some word is not known at all, and the others were only guessed.
func (q Query) Doubtful() bool {
	lost := false
	for _, s := range q.slots {
		if len(s.alts) > 0 && !s.wrong {
			return false
		}
		lost = lost || len(s.alts) == 0
	}
	return lost
}
