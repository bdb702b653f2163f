package public

import (
	"bytes"
	"regexp"
	"slices"

	"klartext/content"
)

// asIs are the elements whose text must not be touched.
var asIs = []string{"style", "script", "pre", "code", "textarea", "title", "option"}

// glue finds blanks at which a line must not break: after a number or its full
// stop and before the word it counts, and inside the abbreviations of German.
var (
	glueNumber = regexp.MustCompile(`\b(\d{1,3}\.?) (\p{L})`)
	glueGerman = regexp.MustCompile(`(\b[zdu]\.|\bArt\.|\bAbs\.|\bNr\.|\bBuchst\.|\blit\.|\bca\.|\bDr\.|§) (\S)`)
)

// typeset puts blanks that do not break into the text of a page, as a printer would.
func typeset(body []byte, lang content.Lang) []byte {
	out := make([]byte, 0, len(body)+len(body)/100)
	var inside string
	for len(body) > 0 {
		open := bytes.IndexByte(body, '<')
		if open < 0 {
			open = len(body)
		}
		if inside == "" {
			out = append(out, glued(body[:open], lang)...)
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

func glued(text []byte, lang content.Lang) []byte {
	if !bytes.ContainsRune(text, ' ') {
		return text
	}
	text = glueNumber.ReplaceAll(text, []byte("$1\u00a0$2"))
	if lang == "de" {
		text = glueGerman.ReplaceAll(text, []byte("$1\u00a0$2"))
	}
	return text
}
