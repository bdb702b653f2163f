package plain

import (
	"cmp"
	"slices"
)

// checkedChunk is a chunk with its analysis and its place in the source.
type checkedChunk struct {
	start int
	*analysis
}

// found is a hit that stays, in offsets of the whole source.
type found struct {
	hit
	start, end int
}

// page is a whole text on its way through the rules that need all of it.
type page struct {
	lang   *language
	site   *site
	source string
	faq    bool
	chunks []checkedChunk
	total  counts
	found  []found
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

// find keeps a hit.
func (g *page) find(c *checkedChunk, h *hit) {
	g.found = append(g.found, found{*h, c.start + int(h.start), c.start + int(h.end)})
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
		g.find(c, &hit{rule: r, severity: Hint, start: f.start, end: f.end, n: n, item: -1})
	}
}

// run lets the rules of the page look, keeps the hits of all others, and puts
// everything in order.
func (g *page) run(table *[ruleCount]rule) {
	for id := range table {
		r := &table[id]
		switch {
		case g.site.off[id]:
		case r.page != nil:
			r.page(g)
		default:
			g.each(ruleID(id), g.find)
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
		if len(g.site.known) == 0 || f.key != "" && f.rule == ruleOfficialese {
			return false
		}
		return g.site.knows(string(lower(nil, []byte(g.source[f.start:f.end]))), g.lang.endings)
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

// knownWords counts the words outside the commonest that the site or the page
// itself makes known.
func (g *page) knownWords() int {
	if len(g.site.known) == 0 {
		return 0
	}
	n := 0
	var scratch []byte
	for i := range g.chunks {
		c := &g.chunks[i]
		for _, u := range c.unknown {
			scratch = lower(scratch[:0], c.text[u.start:u.end])
			if g.site.knows(string(scratch), g.lang.endings) {
				n++
			}
		}
	}
	return n
}

// explainedHere makes the terms that the page itself explains known for the
// score.
func (g *page) explainedHere() {
	g.each(ruleLegalTerm, func(_ *checkedChunk, h *hit) {
		if !h.explained || h.list != listTerm {
			return
		}
		if g.site.known == nil {
			g.site.known = map[string]bool{}
		}
		t := &g.lang.terms[h.item]
		g.site.know(t.Term)
		for _, form := range t.Forms {
			g.site.know(form)
		}
	})
}
