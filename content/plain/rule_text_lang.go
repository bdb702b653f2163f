package plain

import "github.com/abadojack/whatlanggo"

// What a chunk must look like before its language is looked at more closely.
const (
	foreignWords = 10   // words
	foreignShare = 0.35 // of them outside the commonest
	foreignBytes = 2048 // that are read
	foreignSure  = 0.5  // how sure the guess must be
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
	text := p.reading.text[:min(len(p.reading.text), foreignBytes)]
	found := whatlanggo.DetectWithOptions(string(text), whatlanggo.Options{Whitelist: likely()})
	if found.Lang.Iso6391() == p.lang.code || found.Confidence < foreignSure {
		return
	}
	first, last := p.sentences[0], p.sentences[len(p.sentences)-1]
	p.mark(ruleTextLang, Warning, first.first, last.last-1)
}
