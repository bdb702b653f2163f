package markdown

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var hrefAttribute = regexp.MustCompile(`(?is)\shref\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)`)

func (c *importer) render(b *strings.Builder, nodes []*node) {
	for _, n := range nodes {
		if n.tag.name == "" {
			b.WriteString(n.text)
			continue
		}
		if !n.closed && n.tag.attrs == "" && isEverydayWord(n.tag.name) {
			c.report.Placeholders++
			b.WriteString(`\` + n.source)
			c.render(b, n.children)
			continue
		}
		c.report.count(n.tag.name)
		c.element(b, n)
	}
}

func (c *importer) element(b *strings.Builder, n *node) {
	switch kindOf(n.tag.name) {
	case formatting:
		inner := c.inner(n)
		if n.closed {
			inner = c.format(n, inner)
		}
		b.WriteString(inner)
	case breaking, structural:
		b.WriteString(c.br)
		if !isVoid(n.tag.name) {
			b.WriteString(c.inner(n))
			b.WriteString(c.br)
		}
	case hidden:
		if !n.closed {
			b.WriteString(c.inner(n))
		}
	case void:
		if n.tag.name == "img" {
			b.WriteString(c.library.snippet(n.source))
		}
	default:
		b.WriteString(c.inner(n))
	}
}

func (c *importer) inner(n *node) string {
	var b strings.Builder
	c.render(&b, n.children)
	return b.String()
}

// format gives the content its mark in Markdown, where that can be done without
// harm: over other marks, line ends or cells it would show as it stands.
func (c *importer) format(n *node, inner string) string {
	core := strings.TrimSpace(inner)
	lead, tail, _ := strings.Cut(inner, core)
	if core == "" || strings.ContainsAny(core, "|\n") || strings.Contains(core, c.br) {
		return inner
	}
	switch n.tag.name {
	case "a":
		target := linkTarget(n.tag.attrs)
		if target == "" || strings.ContainsAny(core, "[]") || strings.Contains(core, "://") {
			return inner
		}
		return lead + c.library.wrap(`<a href="`+html.EscapeString(target)+`">`, core, "</a>") + tail
	case "q":
		return lead + `"` + core + `"` + tail
	case "sup", "sub":
		if raised, ok := shifted(n.tag.name, core); ok {
			return lead + raised + tail
		}
		return inner
	}
	if strings.ContainsAny(core, "*_`~[<\\&") || strings.Contains(core, c.mark) {
		return inner
	}
	return lead + c.hold(core, c.library.wrap("<"+n.tag.name+">", core, "</"+n.tag.name+">")) + tail
}

// linkTarget is the href where it is one that Render would let through.
func linkTarget(attrs string) string {
	m := hrefAttribute.FindStringSubmatch(attrs)
	if m == nil {
		return ""
	}
	target := strings.TrimSpace(html.UnescapeString(strings.Trim(m[1], `"'`)))
	scheme, _, found := strings.Cut(target, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return target
	}
	if found && !strings.ContainsAny(scheme, "/?#") {
		return ""
	}
	return target
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && (isWordRune(r) || strings.ContainsRune("*_`~", r))
}

func startsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (isWordRune(r) || strings.ContainsRune("*_`~", r))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// shifted writes raised or lowered digits with the signs that Unicode has for them:
// without, "10<sup>2</sup>" would read 102.
func shifted(name, text string) (string, bool) {
	table := "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"
	if name == "sub" {
		table = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
	}
	signs := []rune(table)
	var b strings.Builder
	for _, r := range text {
		at := strings.IndexRune("0123456789+-=()", r)
		if at < 0 {
			return "", false
		}
		b.WriteRune(signs[at])
	}
	return b.String(), true
}

// emphasis is a mark that waits until it is known what stands beside it.
type emphasis struct{ plain, marked string }

// hold keeps an emphasis back and returns the sign that stands for it.
func (c *importer) hold(plain, marked string) string {
	c.held = append(c.held, emphasis{plain, marked})
	return c.mark + strconv.Itoa(len(c.held)-1) + c.mark
}

// release puts the emphases in: marked where they stand free, else as plain words,
// because the parser shows a mark in the midst of a word as it is.
func (c *importer) release(text string) string {
	if len(c.held) == 0 {
		return text
	}
	parts := strings.Split(text, c.mark)
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		n, _ := strconv.Atoi(part)
		joined := endsInWord(b.String()) || startsWithWord(parts[i+1]) || parts[i+1] == "" && i+2 < len(parts)
		if joined {
			b.WriteString(c.held[n].plain)
		} else {
			b.WriteString(c.held[n].marked)
		}
	}
	c.held = nil
	return b.String()
}
