package plain

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// checkedChunk is a chunk with its analysis and its place in the source.
type checkedChunk struct {
	start, end int
	*analysis
}

// found is a hit that stays, in offsets of the whole source. What the page itself
// has found is of no chunk.
type found struct {
	*hit
	chunk      *checkedChunk
	start, end int
}

// page is a whole text on its way through the rules that need all of it.
type page struct {
	lang   *language
	site   *Site
	source string
	kind   string
	here   wordSet // what this page itself explains
	chunks []checkedChunk
	total  counts
	found  []found
}

// short says that the text is one of a few lines, shown as it stands.
func (g *page) short() bool { return g.kind == KindShort }

// split cuts the source into chunks.
func (g *page) split() []chunk {
	if g.short() {
		return splitLines(g.source)
	}
	return split(g.source)
}

// analyse reads one chunk and runs the rules that need no more than it.
func (g *page) analyse(w *workspace, src string, rules []func(*pass), defined func(string) bool) (*analysis, error) {
	w.reset()
	if g.short() {
		readLine(&w.reading, src)
	} else if err := read(&w.reading, src, defined); err != nil {
		return nil, err
	}
	return g.lang.analyse(w, src, g.site, rules), nil
}

// each calls f with every hit of a rule, in the order of the text.
func (g *page) each(r ruleID, f func(*checkedChunk, *hit)) {
	for i := range g.chunks {
		c := &g.chunks[i]
		for j := range c.hits {
			if c.hits[j].rule == r {
				f(c, &c.hits[j])
			}
		}
	}
}

// hitOf returns the first hit of a rule, or nil.
func (c *checkedChunk) hitOf(r ruleID) *hit {
	for i := range c.hits {
		if c.hits[i].rule == r {
			return &c.hits[i]
		}
	}
	return nil
}

// find keeps a hit.
func (g *page) find(c *checkedChunk, h *hit) {
	g.found = append(g.found, found{h, c, c.start + int(h.start), c.start + int(h.end)})
}

// findHere keeps what the page itself has found.
func (g *page) findHere(r ruleID, s Severity, start, end int, n int32) {
	g.found = append(g.found, found{&hit{rule: r, severity: s, n: n, item: -1}, nil, start, end})
}

// first returns the first sentence of the text and its chunk.
func (g *page) first() (*checkedChunk, firstSentence, bool) {
	for i := range g.chunks {
		if f := g.chunks[i].first; f.end > f.start {
			return &g.chunks[i], f, true
		}
	}
	return nil, firstSentence{}, false
}

// findFirst marks the first sentence of the text.
func (g *page) findFirst(r ruleID, n int32) {
	if c, f, ok := g.first(); ok {
		g.findHere(r, Hint, c.start+int(f.start), c.start+int(f.end), n)
	}
}

// run lets the rules of the page look, keeps the hits of all others, and puts
// everything in order.
func (g *page) run(table *[ruleCount]rule) {
	direct := [ruleCount]bool{} // what these mark is found as it is
	for id := range table {
		r := &table[id]
		switch {
		case g.site.off[id], r.only != "" && r.only != g.kind, g.short() && r.long:
		case r.page != nil:
			r.page(g)
		default:
			direct[id] = true
		}
	}
	for i := range g.chunks {
		c := &g.chunks[i]
		for j := range c.hits {
			if direct[c.hits[j].rule] {
				g.find(c, &c.hits[j])
			}
		}
	}
	g.found = slices.DeleteFunc(g.found, g.dropped)
	slices.SortFunc(g.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.rule, b.rule))
	})
	g.found = g.withoutDoubles(g.found)
}

// dropped says that a finding marks nothing, or a word that the site's readers
// know.
func (g *page) dropped(f found) bool {
	if f.end <= f.start {
		return true
	}
	switch f.rule {
	case ruleLegalTerm, ruleOfficialese, ruleAbbrUnexplained, ruleAbbrDotted, ruleCompound:
		if len(g.site.known) == 0 && len(g.here) == 0 || f.key != "" && f.rule == ruleOfficialese {
			return false
		}
		return g.knows(lower(nil, []byte(g.source[f.start:f.end])))
	default:
		return false
	}
}

// withoutDoubles keeps one finding where word rules mark the same place: one
// word, one card.
func (g *page) withoutDoubles(in []found) []found {
	out := in[:0]
	for _, f := range in {
		double := false
		for j := len(out) - 1; j >= 0 && j >= len(out)-4; j-- {
			if o := &out[j]; wordRule(o.rule) && wordRule(f.rule) && f.start < o.end && o.start < f.end {
				if f.severity > o.severity && o.rule != ruleLegalReference {
					*o = f
				}
				double = true
				break
			}
		}
		if !double {
			out = append(out, f)
		}
	}
	return out
}

// wordRule says that a rule marks words, not sentences.
func wordRule(r ruleID) bool {
	switch r {
	case ruleLegalTerm, ruleHedge, ruleOfficialese, ruleShall, ruleAbbrUnexplained, ruleAbbrDotted, ruleCompound, ruleFiller, ruleLegalReference:
		return true
	default:
		return false
	}
}

// knows says that readers know a word from the site or from this page.
func (g *page) knows(word []byte) bool {
	return g.site.known.has(word, g.lang.endings) || g.here.has(word, g.lang.endings)
}

// takeKnown takes the words outside the commonest that the site or the page
// itself makes known off the counts.
func (g *page) takeKnown() {
	if len(g.site.known) == 0 && len(g.here) == 0 {
		return
	}
	var scratch []byte
	for i := range g.chunks {
		c := &g.chunks[i]
		for _, u := range c.unknown {
			written := c.text[u.start:u.end]
			if scratch = lower(scratch[:0], written); !g.knows(scratch) {
				continue
			}
			g.total.unknown--
			if r, _ := utf8.DecodeRune(written); unicode.IsUpper(r) {
				g.total.names--
			}
		}
	}
}

// explainedHere makes the terms that the page itself explains known for the
// score.
func (g *page) explainedHere() {
	seen := map[int32]bool{}
	g.each(ruleLegalTerm, func(_ *checkedChunk, h *hit) {
		if !h.explained || h.list != listTerm || seen[h.item] {
			return
		}
		if g.here == nil {
			g.here = wordSet{}
		}
		seen[h.item] = true
		g.here.addTerm(&g.lang.terms[h.item])
	})
}
