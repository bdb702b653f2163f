package search

import (
	"slices"
	"strings"
)

// apart is a verb that stands in two places: "geben ... weiter".
type apart struct {
	whole       string // its infinitive, folded
	rest, first span
}

// clauses reads a text as a chain of clauses and tells of the verbs that stand
// apart in them. A nil one reads nothing.
type clauses struct {
	text  string
	words []span // of the clause at hand
	whole func(first, rest string) string
	tell  func(apart)

	buffer []byte
}

const (
	maxClause = 24 // how many words back a verb may stand
	minVerb   = 4  // bytes: of "wie" and "wies" one stem is left
)

// clauses reads a text of the language; only German verbs fall apart.
func (r *rules) clauses(text string, tell func(apart)) *clauses {
	if r.lang != "de" {
		return nil
	}
	return &clauses{text: text, whole: germanVerbs().whole, tell: tell}
}

// whole is the verb that a first part and a form of the rest make, both folded; "" where there is none.
func (v *verbs) whole(first, rest string) string { return v.apart[first][germanStem(rest)] }

// verbsOf are the German verbs that stand apart in a query, of those that are
// listed or that the texts have. Those who ask in German may get answers from texts in another language.
func (x *Index) verbsOf(query string) []apart {
	var found []apart
	c := clauses{text: query, tell: func(verb apart) { found = append(found, verb) }, whole: func(first, rest string) string {
		whole := germanVerbs().whole(first, rest)
		if whole == "" && germanVerbs().apart[first] != nil {
			whole = first + rest
		}
		if whole == "" || len(x.exact(whole)) == 0 && len(x.synonyms(whole)) == 0 {
			return ""
		}
		return whole
	}}
	eachWord(query, c.add)
	c.end()
	return found
}

func (c *clauses) add(word string, at span) {
	if c == nil {
		return
	}
	if last := len(c.words) - 1; last >= 0 {
		from := c.words[last].end
		if at.start < from {
			return // a word with hyphens, told again as one
		}
		if gap := c.text[from:at.start]; gap != " " && strings.ContainsAny(gap, ".,;:!?()\n") || len(c.words) == maxClause {
			c.end()
		}
	}
	switch word {
	case "und", "oder", "wenn", "weil", "dass", "ob", "bevor", "nachdem", "falls", "damit", "obwohl", "aber", "sobald", "solange":
		c.end()
		return
	}
	c.words = append(c.words, at)
}

// end looks for a verb in the clause that was read. Most first parts are
// prepositions elsewhere, so that they count at the end only.
func (c *clauses) end() {
	if c == nil {
		return
	}
	for i, at := range c.words {
		if i > 0 && (i == len(c.words)-1 || noPreposition(c.text[at.start:at.end])) && c.behind(i) {
			break
		}
	}
	if last := len(c.words) - 1; last > 0 { // "weiter gegeben", but not "zu geben"
		if part := c.part(last - 1); part != "" && part != "zu" {
			c.join(part, last-1, last)
		}
	}
	c.words = c.words[:0]
}

// behind joins the first part with the verb before it; a finite verb stands early in its clause.
func (c *clauses) behind(first int) bool {
	part := c.part(first)
	for i := 0; part != "" && i < first; i++ {
		if c.join(part, first, i) {
			return true
		}
	}
	return false
}

func (c *clauses) join(part string, first, rest int) bool {
	if at := c.words[rest]; at.end-at.start < minVerb {
		return false
	}
	whole := c.whole(part, string(c.folded(rest)))
	if whole != "" {
		c.tell(apart{whole, c.words[rest], c.words[first]})
	}
	return whole != ""
}

// part is a word where verbs have it as their first part, else "".
func (c *clauses) part(i int) string {
	if n := c.words[i].end - c.words[i].start; n < 2 || n > len("zusammen") {
		return ""
	}
	folded := c.folded(i)
	if germanVerbs().apart[string(folded)] == nil {
		return ""
	}
	return string(folded)
}

func (c *clauses) folded(i int) []byte {
	c.buffer = fold(c.buffer[:0], c.text[c.words[i].start:c.words[i].end], true)
	return c.buffer
}

func noPreposition(word string) bool {
	return slices.Contains([]string{"weiter", "zurück", "zurueck", "weg", "raus", "heraus", "hinzu"}, word)
}

// splits is whether a folded word is a verb whose first part may stand apart.
func (x *Index) splits(folded string) bool {
	return x.rules.lang == "de" && germanVerbs().splits(folded)
}
