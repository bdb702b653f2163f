package public

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asIs are the elements whose text must not be touched.
var asIs = []string{"style", "script", "pre", "code", "textarea", "title", "option"}

// leads are words that a line must not part from what follows: from a number, or from anything. Those of all languages
// hold on every page, for a page can show a text in another language.
var (
	leadsNumber = words("Fassung Artikel Abschnitt Seite version Version Article No. no. section Section page")
	leads       = words("Art. Abs. Nr. Buchst. lit. ca. Dr. § §§ z. d. u.")
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// typeset puts blanks that do not break into the text of a page, as a printer would.
func typeset(body []byte) []byte {
	out := make([]byte, 0, len(body)+len(body)/100)
	var inside string
	for len(body) > 0 {
		open := bytes.IndexByte(body, '<')
		if open < 0 {
			open = len(body)
		}
		if inside == "" {
			out = glued(out, body[:open])
		} else {
			out = append(out, body[:open]...)
		}
		body = body[open:]
		end := bytes.IndexByte(body, '>') + 1
		if end == 0 {
			return append(out, body...)
		}
		inside = after(inside, body[:end])
		out, body = append(out, body[:end]...), body[end:]
	}
	return out
}

// after is the element in which text stays as it is, once this tag was read.
func after(inside string, tag []byte) string {
	name := string(bytes.ToLower(bytes.TrimLeft(bytes.TrimSuffix(tag[1:], []byte(">")), "/")))
	if i := bytes.IndexAny([]byte(name), " \n\t/"); i >= 0 {
		name = name[:i]
	}
	closing := len(tag) > 1 && tag[1] == '/'
	switch {
	case inside == "" && !closing && slices.Contains(asIs, name):
		return name
	case closing && name == inside:
		return ""
	}
	return inside
}

// glued appends text with the blanks at which no line may break: after a number and before the word it counts, after what
// leads to a number, and inside the abbreviations of German.
func glued(out, text []byte) []byte {
	for from := 0; ; {
		blank := bytes.IndexByte(text[from:], ' ')
		if blank < 0 {
			return append(out, text[from:]...)
		}
		blank += from
		out = append(out, text[from:blank]...)
		if keeps(text[:blank], text[blank+1:]) {
			out = append(out, "\u00a0"...)
		} else {
			out = append(out, ' ')
		}
		from = blank + 1
	}
}

// keeps tells whether what stands before and after a blank belongs on one line.
func keeps(before, after []byte) bool {
	next, _ := utf8.DecodeRune(after)
	if unicode.IsLetter(next) || next == '%' || next == '€' {
		if endsInNumber(before) {
			return true
		}
	}
	word := before[bytes.LastIndexAny(before, " \n([„“”\u00a0")+1:]
	word = bytes.TrimLeftFunc(word, func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsPunct(r) && r != '§' })
	return unicode.IsDigit(next) && leadsNumber[string(word)] || len(after) > 0 && !unicode.IsSpace(next) && leads[string(word)]
}

// endsInNumber finds a number of up to three digits, or the day of a date.
func endsInNumber(text []byte) bool {
	digits := bytes.TrimSuffix(text, []byte("."))
	rest := bytes.TrimRight(digits, "0123456789")
	count := len(digits) - len(rest)
	if count == 0 || count > 3 {
		return false
	}
	last, _ := utf8.DecodeLastRune(rest)
	return len(rest) == 0 || !unicode.IsLetter(last) && last != '_'
}
