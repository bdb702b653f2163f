package posttext

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Link is an address inside a text.
type Link struct {
	Start, End int // bytes
	Scheme     bool
	Host       string
	// Beside are letters between host and path that belong to neither: "тест.рф" in "example.deтест.рф/x".
	Beside string
}

// The letters of links as networks agree on them: the rules of twitter-text 3,
// which Mastodon uses as well. They are written out here because a browser's
// idea of an address is another one.
const (
	punctuation = "!'#%&()*+,\\-./:;<=>?@[]^_{|}~$"
	latin       = `\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{FF}\x{100}-\x{24F}\x{253}\x{254}\x{256}\x{257}\x{259}\x{25B}\x{263}\x{268}\x{26F}\x{272}\x{289}\x{28B}\x{2BB}\x{300}-\x{36F}\x{1E00}-\x{1EFF}`
	cyrillic    = `\x{400}-\x{4FF}`
	pathLetter  = `[a-z` + cyrillic + `0-9!\*';:=\+,\.\$/%#\[\]\-\x{2013}_~@\|&` + latin + `]`
	balanced    = `\((?:` + pathLetter + `+|(?:` + pathLetter + `*\(` + pathLetter + `+\)` + pathLetter + `*))\)`
	pathEnd     = `[\+\-a-z` + cyrillic + `0-9=_#/` + latin + `]`
	path        = `(?:` + pathLetter + `*(?:` + balanced + pathLetter + `*)*` + pathEnd + `|` + balanced + `|@` + pathLetter + `+/)`
	query       = `\?[a-z0-9!?\*'@\(\);:&=\+\$/%#\[\]\-_\.,~|]*[a-z0-9\-_&=#/]`
	// maxLink is the longest address in letters, maxLabel the longest part of a host name.
	maxLink  = 4096
	maxLabel = 63
)

var tail = regexp.MustCompile(`(?i)^(?::[0-9]+)?(/` + path + `*)?(?:` + query + `)?`)

// Links finds the addresses in a text, with and without a scheme. Without one
// only host names of Latin letters under a public suffix count.
func Links(text string) []Link {
	if !strings.Contains(text, ".") {
		return nil
	}
	f := finder{text: text, tops: map[int]int{}, half: -1}
	// A link after the first letter goes before one at the very beginning, so the beginning is tried last.
	first, size := utf8.DecodeRuneInString(text)
	if found, end := f.after(size, first); end > size {
		return append(found, f.from(f.past(end))...)
	}
	if found, end := f.at(0, start); end > 0 {
		return append(found, f.from(f.past(end))...)
	}
	return f.from(size)
}

// finder looks for links in one text. What it remembers keeps the time linear where many beginnings share an end.
type finder struct {
	text   string
	tops   map[int]int // where the top-level domain after a dot ends
	barren int         // no host name begins before this place
	half   int         // where the first half of a letter is skipped already; -1 for nowhere
}

// start stands for the letter before the first.
const start rune = -1

// past skips one letter: that after a link is not yet the letter before another. Of letters outside the basic plane,
// which are two for twitter-text, only the first half is skipped.
func (f *finder) past(end int) int {
	r, size := utf8.DecodeRuneInString(f.text[end:])
	if r > 0xFFFF && f.half != end {
		f.half = end
		return end
	}
	return end + size
}

// before is the letter before a place.
func (f *finder) before(at int) rune {
	if at == f.half {
		r, _ := utf8.DecodeRuneInString(f.text[at:])
		return r
	}
	r, _ := utf8.DecodeLastRuneInString(f.text[:at])
	return r
}

// from finds the addresses that begin after a place in the text.
func (f *finder) from(at int) (links []Link) {
	for at < len(f.text) {
		before := f.before(at)
		switch found, end := f.after(at, before); {
		case end > at:
			links = append(links, found...)
			at = f.past(end)
		case mayPrecede(before):
			at = f.nextBeginning(at)
		default:
			at = f.past(at)
		}
	}
	return links
}

// nextBeginning: where no link begins, none begins further on among the same
// letters either, because it would have the same end; but a scheme may begin there.
func (f *finder) nextBeginning(at int) int {
	for i, r := range f.text[at:] {
		if domainLetter(r) {
			continue
		}
		for _, scheme := range []string{"https", "http"} {
			if begin := at + i - len(scheme); begin > at && strings.HasPrefix(f.text[at+i:], "://") && strings.EqualFold(f.text[begin:at+i], scheme) {
				return begin
			}
		}
		return f.past(at + i)
	}
	return len(f.text)
}

func (f *finder) after(at int, before rune) ([]Link, int) {
	if !mayPrecede(before) || at < f.barren && f.scheme(at) == 0 {
		return nil, at
	}
	return f.at(at, before)
}

// mayPrecede: a link begins the text or follows a letter that cannot be part of one.
func mayPrecede(r rune) bool {
	switch {
	case r == start, directional(r):
		return true
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return !strings.ContainsRune("@＠$#＃\uFFFE\uFEFF\uFFFF", r)
}

func directional(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x2066 && r <= 0x2069
}

// at reads one address that begins at a place. It answers where it ends
// even if it is none that counts, because nothing inside it is searched again.
func (f *finder) at(at int, before rune) ([]Link, int) {
	text := f.text
	scheme := f.scheme(at)
	host := at + scheme
	hostEnd, barren := f.domain(host, len(text), domainLetter, "-_")
	if hostEnd == host {
		f.barren = max(f.barren, barren)
		return nil, at
	}
	rest := tail.FindStringSubmatchIndex(text[hostEnd:])
	end := hostEnd + rest[1]
	name := text[host:hostEnd]
	if !validHost(name, utf8.RuneCountInString(text[at:end])+max(0, len("https://")-scheme)) {
		return nil, end
	}
	if scheme > 0 {
		return shortened(text, Link{Start: at, End: end, Scheme: true, Host: name})
	}
	if strings.ContainsRune("-_./", before) {
		return nil, end
	}
	found := f.bare(host, hostEnd)
	if hasPath := rest[2] >= 0; hasPath && len(found) > 0 {
		last := &found[len(found)-1]
		last.Beside, last.End = text[last.End:hostEnd], end // without a path, port and query count as text
	}
	return found, end
}

// scheme is the length of the scheme that begins at a place, 0 for none.
func (f *finder) scheme(at int) int {
	for _, s := range []string{"https://", "http://"} {
		if len(f.text)-at >= len(s) && strings.EqualFold(f.text[at:at+len(s)], s) {
			return len(s)
		}
	}
	return 0
}

// shortened ends a t.co address after its code, as X does.
func shortened(text string, l Link) ([]Link, int) {
	code := tco.FindStringSubmatch(text[l.Start:l.End])
	switch {
	case code == nil:
		return []Link{l}, l.End
	case len(code[1]) > maxCode:
		return nil, l.End
	}
	end := l.End
	l.End = l.Start + len(code[0])
	return []Link{l}, end
}

const maxCode = 40

var tco = regexp.MustCompile(`(?i)^https?://t\.co/([a-z0-9]+)(?:` + query + `)?`)

// bare finds the host names of Latin letters inside a longer run of letters.
func (f *finder) bare(host, hostEnd int) []Link {
	var links []Link
	for at := host; at < hostEnd; {
		end, _ := f.domain(at, hostEnd, bareLetter, "")
		if end == at {
			at = f.past(at)
			continue
		}
		links = append(links, Link{Start: at, End: end, Host: f.text[at:end]})
		at = end
	}
	return links
}
