package plain

import "github.com/abadojack/whatlanggo"

// What a chunk must look like before its language is looked at more closely.
const (
	foreignWords = 10   // words
	foreignShare = 0.25 // of them outside the commonest
	foreignBytes = 2048 // that are read
	foreignSure  = 0.5  // how sure the guess must be

	foreignPieces     = 20  // words in a text of short pieces
	foreignPiecesSure = 0.8 // names and numbers among them mislead
)

// likely lists the languages that may stand on a page by mistake. Among all
// that the library knows, Spanish is taken for its neighbours too often.
func likely() map[whatlanggo.Lang]bool {
	return map[whatlanggo.Lang]bool{
		whatlanggo.Deu: true, whatlanggo.Eng: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Ita: true, whatlanggo.Por: true,
		whatlanggo.Nld: true, whatlanggo.Pol: true, whatlanggo.Tur: true, whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Arb: true,
		whatlanggo.Dan: true, whatlanggo.Swe: true, whatlanggo.Ces: true, whatlanggo.Ell: true, whatlanggo.Cmn: true, whatlanggo.Jpn: true,
	}
}

// textLang marks text that is not in the page's language.
func textLang(p *pass) {
	words, unknown := 0, 0
	for i := range p.tokens {
		if t := &p.tokens[i]; t.isWord() {
			words++
			if !t.common {
				unknown++
			}
		}
	}
	if words < foreignWords || float64(unknown) < foreignShare*float64(words) {
		return
	}
	if p.lang.foreign(p.reading.text, foreignSure) {
		first, last := p.sentences[0], p.sentences[len(p.sentences)-1]
		p.mark(ruleTextLang, Warning, first.first, last.last-1)
	}
}

// foreign says that a text is surely in another language.
func (l *language) foreign(text []byte, sure float64) bool {
	found := whatlanggo.DetectWithOptions(string(text[:min(len(text), foreignBytes)]), whatlanggo.Options{Whitelist: likely()})
	return found.Lang.Iso6391() != l.code && found.Confidence >= sure
}

// textLangPage makes one finding of foreign chunks that follow each other: a page in
// the wrong language is one mistake. Items and titles too short to be told alone are looked
// at together.
func textLangPage(g *page) {
	start, end, long := 0, 0, false
	flush := func() {
		if end > 0 {
			g.findHere(ruleTextLang, Warning, start, end, 0)
		}
		end = 0
	}
	for i := range g.chunks {
		c := &g.chunks[i]
		long = long || c.counts.shown >= foreignWords
		switch h := c.hitOf(ruleTextLang); {
		case h == nil && c.counts.shown >= foreignWords:
			flush()
		case h != nil:
			if end == 0 {
				start = c.start + int(h.start)
			}
			end = c.start + int(h.end)
		}
	}
	flush()
	if !long && g.foreignAsWhole() {
		g.findHere(ruleTextLang, Warning, g.chunks[0].start, g.chunks[len(g.chunks)-1].end, 0)
	}
}

// foreignAsWhole tells a text of many short pieces by all of them.
func (g *page) foreignAsWhole() bool {
	n := &g.total
	if n.shown < foreignPieces || float64(n.unknown) < foreignShare*float64(n.words) {
		return false
	}
	var text []byte
	for i := range g.chunks {
		if text = append(append(text, g.chunks[i].text...), '\n'); len(text) >= foreignBytes {
			break
		}
	}
	return g.lang.foreign(text, foreignPiecesSure)
}
