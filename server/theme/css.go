package theme

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// largestCSS bounds what every page carries: home and entry are to stay within 14 kB compressed.
const largestCSS = 16 << 10

// cssReader goes through a style sheet once: it takes comments and blanks out, puts the addresses
// of files in, and finds what must not be there.
type cssReader struct {
	source string
	at     int
	line   int
	out    strings.Builder
	last   byte // that was written
	open   []int
	path   func(name string) (string, bool)
	found  FileErrors
}

// checkCSS gives the style sheet as it stands in pages. path finds a file of the theme.
func checkCSS(source string, path func(string) (string, bool)) (string, FileErrors) {
	// A browser takes each of these for the end of a line, and of what stands in quotes on it.
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(source)
	r := &cssReader{source: source, line: 1, path: path}
	if !utf8.ValidString(source) || strings.ContainsRune(source, 0) {
		r.problem("this is not text in UTF-8; save it as that")
		return "", r.found
	}
	for r.at < len(r.source) {
		r.step()
	}
	for _, line := range r.open {
		r.line = line
		r.problem("this { is never closed")
	}
	css := strings.TrimSpace(r.out.String())
	if len(css) > largestCSS {
		r.found.add(cssName, 0, "it has %d bytes without comments and blanks, and %d are allowed, because every page carries it; shorten it", len(css), largestCSS)
	}
	return css, r.found
}

func (r *cssReader) problem(text string, args ...any) { r.found.add(cssName, r.line, text, args...) }

// take goes on by n bytes and counts lines.
func (r *cssReader) take(n int) string {
	piece := r.source[r.at:min(r.at+n, len(r.source))]
	r.at += len(piece)
	r.line += strings.Count(piece, "\n")
	return piece
}

func (r *cssReader) write(piece string) {
	if piece != "" {
		r.out.WriteString(piece)
		r.last = piece[len(piece)-1]
	}
}

func (r *cssReader) step() {
	rest := r.source[r.at:]
	switch c := rest[0]; {
	case startsGap(rest):
		r.gap()
	case c == '"' || c == '\'':
		r.write(r.text())
	case c == '\\':
		r.escape(rest)
	case c == '{' || c == '}':
		r.brace(c)
	case c == '@':
		r.rule(rest)
	case c == '<' && len(rest) > 1 && (rest[1] == '/' || rest[1] == '!'):
		r.problem("%q cannot stand in a style sheet that is part of a page", rest[:2])
		r.take(2)
	case startsURL(rest) && !partOfWord(r.last):
		r.url()
	default:
		r.write(r.take(1))
	}
}

func startsURL(rest string) bool { return len(rest) > 3 && strings.EqualFold(rest[:4], "url(") }

func partOfWord(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (r *cssReader) comment(rest string) {
	end := strings.Index(rest[2:], "*/")
	if end < 0 {
		r.problem("this comment is never closed; end it with */")
		r.take(len(rest))
		return
	}
	r.take(end + 4)
}

// startsGap is whether blanks or a comment come next.
func startsGap(rest string) bool {
	return rest != "" && strings.ContainsRune(" \t\n", rune(rest[0])) || strings.HasPrefix(rest, "/*")
}

// gap goes over blanks and comments. Where they may mean something it writes one blank; where
// there are comments alone, one that is empty: "1px/* and */2px" are two lengths, "1px2px" is none.
func (r *cssReader) gap() {
	between := "/**/"
	for startsGap(r.source[r.at:]) {
		rest := r.source[r.at:]
		if strings.HasPrefix(rest, "/*") {
			r.comment(rest)
			continue
		}
		r.take(len(rest) - len(strings.TrimLeft(rest, " \t\n")))
		between = " "
	}
	next := byte('}')
	if r.at < len(r.source) {
		next = r.source[r.at]
	}
	if !strings.ContainsRune("{};, ", rune(r.last)) && r.last != 0 && !strings.ContainsRune("{};,", rune(next)) {
		r.write(between)
	}
}

func (r *cssReader) brace(c byte) {
	switch {
	case c == '{':
		r.open = append(r.open, r.line)
	case len(r.open) == 0:
		r.problem("this } closes nothing")
	default:
		r.open = r.open[:len(r.open)-1]
	}
	r.write(r.take(1))
}

// escape lets signs through that mean nothing, such as the colon in .a\:b. Letters and digits after a backslash could hide a word.
func (r *cssReader) escape(rest string) {
	if len(rest) < 2 || rest[1] < 0x80 && (partOfWord(rest[1]) && rest[1] != '-' && rest[1] != '_') {
		r.problem("a backslash before a letter or digit can stand in quotes only; write the sign itself")
	}
	r.write(r.take(2))
}

// text reads what stands in quotes.
func (r *cssReader) text() string {
	quote, line, from := r.source[r.at], r.line, r.at
	for i := from + 1; i < len(r.source); i++ {
		switch r.source[i] {
		case '\\':
			i++
		case '\n':
			r.problem("these quotes are not closed on this line")
			return r.take(i - from)
		case quote:
			piece := r.take(i + 1 - from)
			r.checkText(piece[1:len(piece)-1], line)
			return piece
		}
	}
	r.problem("these quotes are never closed")
	return r.take(len(r.source) - from)
}

var foreign = regexp.MustCompile(`(?i)^\s*(?:[a-z][a-z0-9+.-]*:)?//`)

func (r *cssReader) checkText(text string, line int) {
	if foreign.MatchString(text) {
		r.found.add(cssName, line, "%q is an address of another server; pages load nothing from there. Put the file into the theme's folder files/ and write url(files/NAME)", text)
	}
	if strings.Contains(text, "</") || strings.Contains(text, "<!") {
		r.found.add(cssName, line, "</ and <! cannot stand in a style sheet that is part of a page")
	}
}

var atWord = regexp.MustCompile(`^@[A-Za-z-]*`)

func (r *cssReader) rule(rest string) {
	word := atWord.FindString(rest)
	if strings.HasPrefix(strings.ToLower(word), "@import") || strings.EqualFold(word, "@namespace") || strings.EqualFold(word, "@charset") {
		r.problem("%s cannot be used: a theme is one style sheet inside of every page; copy the rules into %s", word, cssName)
	}
	r.write(r.take(len(word)))
}

// url puts the address of a file of the theme in.
func (r *cssReader) url() {
	line := r.line
	r.take(4)
	rest := r.source[r.at:]
	r.take(len(rest) - len(strings.TrimLeft(rest, " \t\n")))
	address := ""
	if r.at < len(r.source) && (r.source[r.at] == '"' || r.source[r.at] == '\'') {
		address = strings.Trim(r.text(), `"'`)
	} else if end := strings.IndexByte(r.source[r.at:], ')'); end >= 0 {
		address = strings.TrimSpace(r.take(end))
	}
	end := strings.IndexByte(r.source[r.at:], ')')
	if end < 0 {
		r.found.add(cssName, line, "this url( is never closed")
		r.take(len(r.source) - r.at)
		return
	}
	r.take(end + 1)
	if strings.HasPrefix(address, "#") && !strings.ContainsAny(address, "<\\()\"'") {
		r.write("url(" + address + ")")
		return
	}
	name, own := strings.CutPrefix(strings.TrimPrefix(address, "./"), filesDir+"/")
	to, there := r.path(name)
	switch {
	case !own:
		r.found.add(cssName, line, "url(%s) does not name a file of the theme; pages load nothing else. Put the file into the theme's folder files/ and write url(files/NAME)", address)
	case !there:
		r.found.add(cssName, line, "there is no file %s in the theme", filesDir+"/"+name)
	default:
		r.write("url(" + to + ")")
	}
}
