package clarity

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"klartext/content"
	"klartext/content/plain"
)

// Explainer marks the terms of a glossary in the texts of one page. The first use in each section gets the
// explanation beside it: it shows on tap, hover and focus without any script, and stands in brackets on paper.
type Explainer struct {
	checker *plain.Checker
	lang    content.Lang
	terms   []content.Term
	plain   []plain.Term
	more    string // address of the glossary
	count   int    // ids that were given on this page
}

// Explainer for one page whose glossary stands at the address more; nil where there is nothing to explain.
func (c *Checker) Explainer(lang content.Lang, terms []content.Term, more string) *Explainer {
	if len(terms) == 0 || !c.Speaks(lang) {
		return nil
	}
	return &Explainer{checker: c.plain, lang: lang, terms: terms, plain: termsOf(terms), more: more}
}

// Mark marks terms in stored, safe HTML. Each call is a section of its own, and so is what stands under a heading in
// it. What cannot be read comes back as it is.
func (e *Explainer) Mark(safe string) string {
	if e == nil || safe == "" {
		return safe
	}
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(safe), body)
	if err != nil {
		return safe
	}
	before := e.count
	seen := map[int]bool{}
	var out strings.Builder
	for _, n := range nodes {
		body.AppendChild(n)
	}
	for n := body.FirstChild; n != nil; n = n.NextSibling {
		if isHeading(n) {
			seen = map[int]bool{}
		}
		e.walk(n, seen)
	}
	if e.count == before {
		return safe // not a sign differs
	}
	for n := body.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&out, n); err != nil {
			return safe
		}
	}
	return out.String()
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// closed elements hold no terms: what they hold leads somewhere already, names a part, or is no prose.
func closed(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Code, atom.Pre, atom.Button, atom.Th, atom.Del:
		return true
	}
	return isHeading(n)
}

func (e *Explainer) walk(n *html.Node, seen map[int]bool) {
	if n.Type == html.ElementNode && closed(n) {
		return
	}
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.TextNode {
			e.text(n, child, seen)
		} else {
			e.walk(child, seen)
		}
		child = next
	}
}

// text cuts a piece of text at the terms that were not seen before.
func (e *Explainer) text(parent, n *html.Node, seen map[int]bool) {
	done := 0
	for _, m := range e.checker.Mentions(n.Data, string(e.lang), e.plain) {
		if seen[m.Term] {
			continue
		}
		seen[m.Term] = true
		before, rest := n.Data[done:m.Start], n.Data[m.End:]
		opening := len(strings.TrimRightFunc(before, unicode.IsPunct))
		closing := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsPunct))
		insertText(parent, n, before[:opening])
		into, at := tie(parent, n, before[opening:], rest[:closing])
		e.insertTerm(into, at, m.Term, n.Data[m.Start:m.End])
		done = m.End + closing
	}
	n.Data = n.Data[done:]
}

func insertText(parent, before *html.Node, text string) {
	if text != "" {
		parent.InsertBefore(&html.Node{Type: html.TextNode, Data: text}, before)
	}
}

// tie keeps the marks around a term on its line: browsers would break it beside a button. It answers what the term and
// its box are to be put into, and before what.
func tie(parent, before *html.Node, opening, closing string) (into, at *html.Node) {
	if opening+closing == "" {
		return parent, before
	}
	span := element(atom.Span, "class", "tie")
	parent.InsertBefore(span, before)
	insertText(span, nil, opening)
	if closing == "" {
		return span, nil
	}
	end := &html.Node{Type: html.TextNode, Data: closing}
	span.AppendChild(end)
	return span, end
}

func (e *Explainer) insertTerm(parent, before *html.Node, term int, said string) {
	e.count++
	t := &e.terms[term]
	id := fmt.Sprintf("gloss-%d", e.count)
	button := element(atom.Button, "type", "button", "class", "term", "popovertarget", id, "aria-describedby", id+"-said")
	button.AppendChild(&html.Node{Type: html.TextNode, Data: said})
	gloss := element(atom.Span, "class", "gloss", "id", id, "popover", "auto")
	explanation := element(atom.Span, "id", id+"-said")
	explanation.AppendChild(&html.Node{Type: html.TextNode, Data: AsSentence(t.Explanation)})
	gloss.AppendChild(bracket(" ("))
	gloss.AppendChild(explanation)
	gloss.AppendChild(bracket(" "))
	link := element(atom.A, "href", e.more+"#"+t.Anchor())
	link.AppendChild(&html.Node{Type: html.TextNode, Data: t.Term})
	gloss.AppendChild(link)
	gloss.AppendChild(bracket(")"))
	parent.InsertBefore(button, before)
	parent.InsertBefore(gloss, before)
}

// bracket is a sign that is seen where no style sheet makes a box of the explanation: in browsers that show text alone.
func bracket(sign string) *html.Node {
	n := element(atom.Span, "hidden", "")
	n.AppendChild(&html.Node{Type: html.TextNode, Data: sign})
	return n
}

// AsSentence ends an explanation as a sentence ends: some are a few words only.
func AsSentence(s string) string {
	if s == "" || strings.ContainsRune(".!?…", []rune(s)[len([]rune(s))-1]) {
		return s
	}
	return s + "."
}

func element(tag atom.Atom, attributes ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag.String(), DataAtom: tag}
	for i := 0; i+1 < len(attributes); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attributes[i], Val: attributes[i+1]})
	}
	return n
}
