package markdown

import (
	"html"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// BlockKind says what a Block is to a reader.
type BlockKind string

// The kinds of Block. Row is one row of a table, its cells joined by " | ".
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Item      BlockKind = "item"
	Quote     BlockKind = "quote"
	Code      BlockKind = "code"
	Row       BlockKind = "row"
)

// Block is one piece of a text as a reader sees it, without markup.
type Block struct {
	Kind  BlockKind
	Level int // of a heading as Render shows it (2 to 6), of an item or quote its depth from 1, else 0
	Text  string
}

// Blocks returns what a reader sees. A link whose address is not its text has the
// address in brackets behind it, so that a comparison shows when only the target
// changed. Errors as of Render, without ErrBusy.
func Blocks(source string) ([]Block, error) {
	return blocks(source, true)
}

// Plain returns the words alone, one block a line, without addresses of links: for
// feeds, search and summaries. Errors as of Blocks.
func Plain(source string) (string, error) {
	list, err := blocks(source, false)
	if err != nil {
		return "", err
	}
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = b.Text
	}
	return strings.Join(texts, "\n"), nil
}

func blocks(source string, addresses bool) ([]Block, error) {
	doc, err := parse(source, 1)
	if err != nil {
		return nil, err
	}
	c := blockCollector{addresses: addresses}
	c.children(doc, 0, 0)
	return c.blocks, nil
}

type blockCollector struct {
	addresses bool
	blocks    []Block
}

func (c *blockCollector) children(node ast.Node, quotes, lists int) {
	for _, child := range node.GetChildren() {
		c.block(child, quotes, lists)
	}
}

func (c *blockCollector) block(node ast.Node, quotes, lists int) {
	switch n := node.(type) {
	case *ast.Heading:
		c.add(Heading, n.Level, flatten(n, c.addresses))
	case *ast.Paragraph:
		if quotes > 0 {
			c.add(Quote, quotes, flatten(n, c.addresses))
		} else {
			c.add(Paragraph, 0, flatten(n, c.addresses))
		}
	case *ast.CodeBlock:
		c.add(Code, 0, strings.TrimRight(string(n.Literal), "\n"))
	case *ast.BlockQuote:
		c.children(n, quotes+1, lists)
	case *ast.ListItem:
		c.item(n, quotes, lists)
	case *ast.List:
		c.children(n, quotes, lists+1)
	case *ast.TableRow:
		c.add(Row, 0, c.cells(n))
	default:
		c.children(n, quotes, lists)
	}
}

// item takes the first paragraph of a list item as the item; what follows in it
// stands for itself.
func (c *blockCollector) item(item *ast.ListItem, quotes, lists int) {
	for i, child := range item.GetChildren() {
		if p, ok := child.(*ast.Paragraph); ok && i == 0 {
			c.add(Item, lists, flatten(p, c.addresses))
			continue
		}
		c.block(child, quotes, lists)
	}
}

func (c *blockCollector) cells(row *ast.TableRow) string {
	var cells []string
	for _, cell := range row.GetChildren() {
		cells = append(cells, flatten(cell, c.addresses))
	}
	return strings.Join(cells, " | ")
}

func (c *blockCollector) add(kind BlockKind, level int, text string) {
	if strings.Trim(text, " |\n") != "" {
		c.blocks = append(c.blocks, Block{kind, level, text})
	}
}

// flatten is the text of a node's inline content.
func flatten(node ast.Node, addresses bool) string {
	var b strings.Builder
	flattenInto(&b, node, addresses)
	return strings.TrimSpace(b.String())
}

func flattenInto(b *strings.Builder, node ast.Node, addresses bool) {
	for _, child := range node.GetChildren() {
		switch n := child.(type) {
		case *ast.Text:
			b.WriteString(strings.ReplaceAll(string(n.Literal), "\n", " "))
		case *ast.Code:
			b.Write(n.Literal)
		case *ast.CodeBlock: // three backticks in running text
			b.Write(n.Literal)
		case *ast.Hardbreak:
			b.WriteByte('\n')
		case *ast.Link:
			start := b.Len()
			flattenInto(b, n, addresses)
			if target := unescape(n.Destination); addresses && !saysAddress(b.String()[start:], target) {
				b.WriteString(" (" + target + ")")
			}
		default:
			flattenInto(b, n, addresses)
		}
	}
}

func unescape(b []byte) string { return html.UnescapeString(string(b)) }

func saysAddress(text, target string) bool {
	return target == "" || bareAddress(text) == bareAddress(target)
}

func bareAddress(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		s = strings.TrimPrefix(s, scheme)
	}
	return strings.TrimSuffix(s, "/")
}
