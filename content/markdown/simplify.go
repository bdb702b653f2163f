package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// simplify rewrites what Markdown has no form for into what it has, keeping the words.
func simplify(node *html.Node) {
	for child := node.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode && kindOf(child.Data) == hidden || child.Type == html.CommentNode {
			node.RemoveChild(child)
		} else {
			simplify(child)
			simplifyElement(child)
		}
		child = next
	}
}

func simplifyElement(n *html.Node) {
	switch n.DataAtom {
	case atom.Summary, atom.Dt:
		boldLine(n)
	case atom.Dd, atom.Figcaption, atom.Legend, atom.Option, atom.Optgroup, atom.Address, atom.Textarea:
		rename(n, atom.P)
	case atom.Dl, atom.Details, atom.Noscript, atom.Select, atom.Fieldset, atom.Center:
		rename(n, atom.Div)
	case atom.Q:
		n.InsertBefore(&html.Node{Type: html.TextNode, Data: `"`}, n.FirstChild)
		n.AppendChild(&html.Node{Type: html.TextNode, Data: `"`})
		rename(n, atom.Span)
	case atom.Sup, atom.Sub:
		if raised, ok := shifted(n.Data, visibleText(n)); ok {
			setText(n, raised)
		}
	case atom.Td, atom.Th:
		flattenCell(n)
	case atom.A:
		simplifyLink(n)
	case atom.Iframe, atom.Object, atom.Video, atom.Audio, atom.Canvas:
		rename(n, atom.Span)
	}
}

func rename(n *html.Node, to atom.Atom) {
	n.DataAtom, n.Data, n.Attr = to, to.String(), nil
}

func boldLine(n *html.Node) {
	strong := &html.Node{Type: html.ElementNode, DataAtom: atom.Strong, Data: "strong"}
	moveChildren(n, strong)
	n.AppendChild(strong)
	rename(n, atom.P)
}

func moveChildren(from, to *html.Node) {
	for child := from.FirstChild; child != nil; child = from.FirstChild {
		from.RemoveChild(child)
		to.AppendChild(child)
	}
}

func setText(n *html.Node, text string) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}

// flattenCell makes a cell one line: a row of a Markdown table has no more.
func flattenCell(cell *html.Node) {
	blocks := false
	walkHTML(cell, func(n *html.Node) {
		blocks = blocks || n != cell && n.Type == html.ElementNode && isBlockElement(n.Data)
	})
	if blocks {
		setText(cell, strings.Join(strings.Fields(visibleText(cell)), " "))
		return
	}
	walkHTML(cell, func(n *html.Node) {
		if n.Type == html.TextNode {
			n.Data = strings.ReplaceAll(n.Data, "\n", " ")
		}
	})
}

func simplifyLink(a *html.Node) {
	at := slices.IndexFunc(a.Attr, func(attr html.Attribute) bool { return attr.Key == "href" })
	if at < 0 || linkTarget(` href="`+html.EscapeString(a.Attr[at].Val)+`"`) == "" {
		rename(a, atom.Span)
	}
}

func isBlockElement(name string) bool {
	kind := kindOf(name)
	return kind == breaking || kind == structural
}

func walkHTML(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		walkHTML(child, visit)
	}
}

// visibleText is what a browser shows of a piece, with space around blocks.
func visibleText(node *html.Node) string {
	var b strings.Builder
	writeVisible(&b, node)
	return b.String()
}

func writeVisible(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode && kindOf(n.Data) == hidden {
		return
	}
	block := n.Type == html.ElementNode && isBlockElement(n.Data)
	if block {
		b.WriteByte('\n')
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		writeVisible(b, child)
	}
	if block {
		b.WriteByte('\n')
	}
}
