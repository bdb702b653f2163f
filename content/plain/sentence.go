package plain

import "unicode"

// sentence is a run of tokens of one unit. A block's end ends a sentence.
type sentence struct {
	first, last int32 // tokens[first:last]
	words       int32 // words and numbers
	kind        unitKind
	unit        int32
	open        bool // no full stop at its end
}

// sentences appends the sentences of one unit, whose tokens begin at first.
func (l *language) sentences(dst []sentence, tokens []token, first int, kind unitKind, number int32) []sentence {
	from := first
	for i := first; i < len(tokens); i++ {
		if i > from && l.beginsItem(tokens, i) {
			dst = appendSentence(dst, tokens, from, i, kind, number, true)
			from = i
			continue
		}
		if !l.ends(tokens, i, first) {
			continue
		}
		for i+1 < len(tokens) && closesSentence(&tokens[i+1]) {
			i++
		}
		if i+1 < len(tokens) && tokens[i+1].glued || l.goesOn(tokens, i) && tokens[i].sign != ':' {
			continue
		}
		dst = appendSentence(dst, tokens, from, i+1, kind, number, false)
		from = i + 1
	}
	return appendSentence(dst, tokens, from, len(tokens), kind, number, true)
}

// appendSentence keeps what has a word or a number in it; stray signs join the
// sentence before.
func appendSentence(dst []sentence, tokens []token, from, to int, kind unitKind, number int32, open bool) []sentence {
	n, letters := 0, false
	for i := from; i < to; i++ {
		if tokens[i].kind == tokenWord || tokens[i].kind == tokenNumber {
			n++
		}
		letters = letters || tokens[i].kind == tokenWord
	}
	if letters {
		return append(dst, sentence{int32(from), int32(to), int32(n), kind, number, open})
	}
	if last := len(dst) - 1; n > 0 && last >= 0 && dst[last].unit == number {
		dst[last].last, dst[last].words = int32(to), dst[last].words+int32(n)
	}
	return dst
}

// closesSentence knows the signs that still belong to an ended sentence.
func closesSentence(t *token) bool {
	if t.kind != tokenSign || !t.glued {
		return false
	}
	switch t.sign {
	case '"', '\'', '”', '“', '’', '‘', '»', '«', '›', '‹', ')', ']', '.', '!', '?', '…':
		return true
	}
	return false
}

// ends says that the token at i may end a sentence.
func (l *language) ends(tokens []token, i, first int) bool {
	t := &tokens[i]
	if t.kind != tokenSign {
		return false
	}
	switch t.sign {
	case '!', '?', '…', '。', '！', '？':
		return true
	case ':':
		return enumerates(tokens, i)
	case '.':
		return i > first && t.glued && !l.keepsDot(tokens, i, first)
	}
	return t.sign > 0x2FF && unicode.Is(unicode.Sentence_Terminal, t.sign)
}

// keepsDot says that the dot at i belongs to an abbreviation, an initial or an
// ordinal number and does not end the sentence.
func (l *language) keepsDot(tokens []token, i, first int) bool {
	prev := &tokens[i-1]
	if i+1 == len(tokens) {
		return false
	}
	next := &tokens[i+1]
	switch prev.kind {
	case tokenNumber:
		return l.ordinal(tokens, i, first)
	case tokenWord:
		if l.is(prev, clAbbreviation) {
			return true
		}
		if l.is(prev, clAbbreviationEnd) {
			return !next.upper
		}
		return prev.letters == 1 && (prev.upper || next.letters == 1)
	default:
		return false
	}
}

// ordinal says that number and dot are "the 25th", not the end of a sentence.
func (l *language) ordinal(tokens []token, i, first int) bool {
	num, next := &tokens[i-1], &tokens[i+1]
	if l.code != "de" || num.end-num.start > 2 {
		return false
	}
	if l.is(next, clOrdinalNoun) || next.kind == tokenNumber {
		return true
	}
	return i-2 >= first && l.is(&tokens[i-2], clOrdinalLead)
}

// goesOn says that what follows an end mark is still the same sentence: it
// begins in lower case, as after a quoted question.
func (l *language) goesOn(tokens []token, i int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	next := &tokens[i+1]
	switch next.kind {
	case tokenWord:
		return next.small
	case tokenSign:
		return next.sign == ',' || next.sign == ';'
	default:
		return false
	}
}

// beginsItem says that a mark like "(b)" at i opens a sentence of its own,
// although no full stop stands before it.
func (l *language) beginsItem(tokens []token, i int) bool {
	if tokens[i].sign != '(' || tokens[i].glued || i == 0 || !enumerates(tokens, i-1) || i+3 >= len(tokens) {
		return false
	}
	next := &tokens[i+3]
	return next.isWord() && next.upper && l.is(next, clArticle|clSubordinator|clAddress|clPreposition)
}

// enumerates says that "(a)", "(2)" or "(iv)" follows the sign at i: a list in
// disguise, whose items are sentences as in any list.
func enumerates(tokens []token, i int) bool {
	if i+3 >= len(tokens) || tokens[i+1].sign != '(' || tokens[i+3].sign != ')' {
		return false
	}
	mark := &tokens[i+2]
	return mark.kind == tokenNumber || mark.isWord() && mark.letters <= 3
}
