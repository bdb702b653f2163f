package plain

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// message is what one rule says, with {n}, {text} and {plain} to fill in.
type message struct {
	what, why, how string
}

// messageKey names a message: of a rule, for one group of a list, about texts in
// one language; both may be empty.
type messageKey struct {
	rule, group, lang string
}

// messages holds what is said in one language.
type messages struct {
	number int // of the language, in the order of Languages
	rules  map[messageKey]message
	bands  map[string]string
	names  map[string]string // of rules
}

// loadMessages reads lines "rule, what, why, how", "band:NAME, label, ..." and
// "name:RULE, name, ...".
func loadMessages(code string) (*messages, error) {
	m := &messages{number: slices.Index(Languages(), code), rules: map[messageKey]message{}, bands: map[string]string{}, names: map[string]string{}}
	err := eachLine("messages."+code+".tsv", func(_ int, line string) error {
		c, err := columns(line, 4)
		if err != nil {
			return err
		}
		if name, ok := strings.CutPrefix(c[0], "band:"); ok {
			m.bands[name] = c[1]
			return nil
		}
		if name, ok := strings.CutPrefix(c[0], "name:"); ok {
			m.names[name] = c[1]
			return nil
		}
		rule, lang, _ := strings.Cut(c[0], "@")
		rule, group, _ := strings.Cut(rule, "#")
		m.rules[messageKey{rule, group, lang}] = message{c[1], c[2], c[3]}
		return nil
	})
	return m, err
}

// of chooses the message that fits best.
func (m *messages) of(rule, group, lang string) message {
	for _, key := range [...]messageKey{{rule, group, lang}, {rule, group, ""}, {rule, "", lang}} {
		if say, ok := m.rules[key]; ok {
			return say
		}
	}
	return m.rules[messageKey{rule: rule}]
}

// messageList chooses the reader's language, else the text's.
func (c *Checker) messageList(lang, fallback string) *messages {
	if m := c.messages[baseLang(lang)]; m != nil {
		return m
	}
	return c.messages[fallback]
}

// BandLabel names a band in words for people: "about B1". It is empty for an
// unknown band.
func (c *Checker) BandLabel(band, lang string) string {
	return c.messageList(lang, "en").bands[band]
}

// say puts a hit into words, those of a chunk once for as long as its analysis is
// kept.
func (g *page) say(f *found, table *[ruleCount]rule, m *messages) Finding {
	if f.chunk == nil {
		return g.finding(f, &table[f.rule], m)
	}
	c := f.chunk
	kept := c.said[m.number].Load()
	if kept == nil {
		list := make([]Finding, len(c.hits))
		for i := range c.hits {
			h := &c.hits[i]
			list[i] = g.finding(&found{h, c, c.start + int(h.start), c.start + int(h.end)}, &table[h.rule], m)
		}
		kept = &list
		c.said[m.number].Store(kept)
	}
	said := (*kept)[f.number]
	said.Start, said.End = f.start, f.end
	return said
}

// finding puts a hit into words.
func (g *page) finding(f *found, r *rule, m *messages) Finding {
	text := clip(quoted(g.source[f.start:f.end]))
	group, plain := "", ""
	if f.item >= 0 {
		switch f.list {
		case listTerm:
			plain = g.lang.terms[f.item].Plain
		case listAbbreviation:
			plain = g.lang.short[f.item].plain
		case listAdvice:
			plain, group = g.lang.plain[f.item].plain, g.lang.plain[f.item].group
			if f.replace != "" && !oneOf(plain, f.replace) {
				plain = f.replace // the form has words of its own: "shows", not "show"
			}
		case listHedge, listReference, listSiteTerm:
		}
	} else if f.rule == ruleOfficialese {
		plain = f.key
	}
	say := m.of(r.id, group, g.lang.code)
	return Finding{
		Rule: r.id, Severity: f.severity, Start: f.start, End: f.end,
		Message: fill(say.what, f.n, text, plain), Why: say.why, Suggestion: fill(say.how, f.n, text, plain),
		Replacement: g.replacement(f),
	}
}

// oneOf says that a word or phrase is one of those of an entry, as a whole.
func oneOf(plain, one string) bool {
	for each := range strings.SplitSeq(plain, ", ") {
		if strings.EqualFold(each, one) {
			return true
		}
	}
	return false
}

// replacement is what may stand in place of the marked source as it is. Marked
// mark-up stays a person's business. A term keeps its place and gets its
// explanation in brackets.
func (g *page) replacement(f *found) string {
	marked := g.source[f.start:f.end]
	if f.rule == ruleLegalTerm {
		if f.list != listTerm || strings.ContainsAny(marked, "\n*[]<>`") {
			return ""
		}
		return marked + " (" + g.lang.inBrackets(g.lang.terms[f.item].Plain) + ")"
	}
	if f.replace == "" || strings.ContainsAny(marked, "*_[]<>`\\&") {
		return ""
	}
	return f.replace
}

// inBrackets is the first sentence of an explanation as it stands in brackets
// behind its term.
func (l *language) inBrackets(plain string) string {
	first, _, _ := strings.Cut(plain, ". ")
	word, rest, _ := strings.Cut(first, " ")
	small := strings.ToLower(word)
	if n, ok := l.words[strings.TrimRight(small, ",")]; ok && l.entries[n].classes&clOpening != 0 {
		return strings.TrimSpace(small + " " + rest)
	}
	return first
}

// fill puts values in place of {n}, {text} and {plain}.
func fill(s string, n int32, text, plain string) string {
	if strings.IndexByte(s, '{') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(text) + len(plain))
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return b.String()
		}
		switch name {
		case "n":
			b.WriteString(strconv.Itoa(int(n)))
		case "text":
			b.WriteString(text)
		case "plain":
			b.WriteString(plain)
		}
		s = after
	}
}

// quoted is a marked passage as a person would quote it: on one line, without
// the marks of emphasis.
func quoted(s string) string {
	if !strings.ContainsAny(s, "\n\r*`\u00ad&") {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if r == '*' || r == '`' || r == '\u00ad' {
			return -1
		}
		return r
	}, html.UnescapeString(s))
	return strings.Join(strings.Fields(s), " ")
}

// clip keeps a quoted passage short enough for one line.
func clip(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
