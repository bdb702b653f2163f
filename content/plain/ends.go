package plain

// SentenceEnds lists the byte offsets at which the sentences of a plain text (no
// Markdown) end. A line's end is the end of a sentence too; a colon is none. An
// unknown language and a text that is too long give nil.
func (c *Checker) SentenceEnds(text, lang string) []int {
	l := c.languages[baseLang(lang)]
	if l == nil || len(text) > MaxBytes {
		return nil
	}
	source := []byte(text)
	var ends []int
	var scratch []byte
	for pos := 0; pos < len(text); pos = lineEnd(text, pos) {
		tokens := tokenize(nil, source, unit{start: int32(pos), end: int32(lineEnd(text, pos))})
		scratch = l.describe(tokens, source, scratch)
		for _, s := range l.sentences(nil, tokens, 0, unitParagraph, 0) {
			if last := &tokens[s.last-1]; last.kind != tokenSign || last.sign != ':' {
				ends = append(ends, int(last.end))
			}
		}
	}
	return ends
}
