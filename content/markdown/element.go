package markdown

import (
	"regexp"
	"strings"
)

// elementKind says what becomes of an HTML element in running Markdown.
type elementKind int

const (
	notHTML     elementKind = iota // a word in angle brackets
	transparent                    // the tags go, the content stays
	formatting                     // has a mark in Markdown
	breaking                       // starts a line of its own
	structural                     // breaking, and its content is no Markdown: tables, lists
	hidden                         // shows nothing, nor does its content
	void                           // has no content and shows nothing in text
)

func kindOf(name string) elementKind {
	switch name {
	case "b", "strong", "i", "em", "del", "s", "strike", "code", "kbd", "samp", "tt", "a", "q", "sup", "sub":
		return formatting
	case "abbr", "acronym", "bdi", "bdo", "big", "blink", "button", "canvas", "cite", "data", "dfn", "font",
		"ins", "label", "map", "mark", "meter", "nobr", "noscript", "object", "output", "picture", "progress",
		"rb", "rp", "rt", "rtc", "ruby", "slot", "small", "span", "svg", "math", "time", "u", "var", "video", "audio",
		"iframe", "textarea":
		return transparent
	case "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog", "dir", "div", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
		"hr", "html", "legend", "li", "main", "menu", "nav", "optgroup", "option", "p", "section", "select", "summary",
		"caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr":
		return breaking
	case "table", "ul", "ol", "dl", "pre":
		return structural
	case "head", "script", "style", "template", "title":
		return hidden
	case "area", "base", "basefont", "col", "embed", "frame", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return void
	}
	if strings.Contains(name, "-") { // custom elements
		return transparent
	}
	return notHTML
}

// isVoid says whether the element never has an end tag.
func isVoid(name string) bool { return name == "br" || name == "hr" || kindOf(name) == void }

// isEverydayWord lists elements whose name is a word that people also put into angle
// brackets for "fill in here"; without attributes and end tag they are that.
func isEverydayWord(name string) bool {
	switch name {
	case "address", "article", "button", "caption", "cite", "code", "data", "label", "link", "map", "menu", "object",
		"option", "output", "section", "source", "summary", "time", "title", "details", "form", "figure", "legend":
		return true
	}
	return false
}

var (
	tagStart  = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9-]*`)
	attribute = regexp.MustCompile(`([^\s=/"'<>]+)(\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>=` + "`" + `]+))?`)
)

// tag is one tag as it stands in the source.
type tag struct {
	name  string // in small letters
	attrs string // as written
	end   bool
	size  int // bytes in the source
}

// maxTag bounds the search for the end of a tag, in bytes.
const maxTag = 4 << 10

// readTag reads the tag at the start of s; ok is false where browsers would see none.
func readTag(s string) (t tag, ok bool) {
	start := tagStart.FindString(s)
	if start == "" {
		return tag{}, false
	}
	t.end = start[1] == '/'
	t.name = strings.ToLower(strings.TrimLeft(start, "</"))
	quote := byte(0)
	s = s[:min(len(s), maxTag)]
	for i := len(start); i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			t.attrs, t.size = s[len(start):i], i+1
			return t, plausible(t)
		case c == '<':
			return tag{}, false
		}
	}
	return tag{}, false
}

// plausible tells "<time of day>" from a tag: what stands in a tag is attributes.
func plausible(t tag) bool {
	if t.attrs != "" && !strings.ContainsAny(t.attrs[:1], " \t\r\n/") {
		return false
	}
	if kindOf(t.name) == notHTML {
		return false
	}
	for _, m := range attribute.FindAllStringSubmatch(t.attrs, -1) {
		if m[2] == "" && !isBooleanAttribute(strings.ToLower(m[1])) {
			return false
		}
	}
	return true
}

func isBooleanAttribute(name string) bool {
	switch name {
	case "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "controls", "default", "defer", "disabled",
		"hidden", "inert", "ismap", "itemscope", "loop", "markdown", "multiple", "muted", "nohref", "noshade", "novalidate",
		"nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected", "name", "id", "class", "download":
		return true
	}
	return strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-")
}
