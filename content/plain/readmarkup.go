package plain

import (
	"strings"

	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/parser"
)

// extensions are those of the page's renderer: what it shows is what is checked.
const extensions = parser.NoIntraEmphasis | parser.Tables | parser.FencedCode | parser.Autolink | parser.Strikethrough |
	parser.SpaceHeadings | parser.BackslashLineBreak | parser.NoEmptyLineBeforeBlock | parser.OrderedListStart

// walker follows the parser's tree through the source: the tree has no
// positions, but its leaves hold what is written, in order.
type walker struct {
	*reading
	src string
	cur int // everything before it has been told
	in  []unitKind
}

// readMarkup reads a chunk by the Markdown parser. A panic of the parser is an
// error here, as it is on the page.
func readMarkup(r *reading, src string, defined func(id string) bool) (err error) {
	defer func() {
		if recover() != nil {
			err = &InputError{Code: "cannot_read"}
		}
	}()
	p := parser.NewWithExtensions(extensions)
	p.ReferenceOverride = func(id string) (*parser.Reference, bool) {
		if defined(id) {
			return &parser.Reference{Link: "#"}, true
		}
		return nil, false
	}
	doc := p.Parse([]byte(keepFalse(src, defined)))
	w := &walker{reading: r, src: src}
	w.children(doc)
	return nil
}

func (w *walker) children(n ast.Node) {
	for _, child := range n.GetChildren() {
		w.node(child)
	}
}

func (w *walker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		w.skip(" \t\r\n>#")
		w.unit(n, unitHeading)
	case *ast.Paragraph:
		w.unit(n, w.paragraphKind())
	case *ast.TableCell:
		w.skip(" \t|")
		w.unit(n, unitCell)
	case *ast.TableBody:
		w.tableRule()
		w.children(n)
	case *ast.ListItem:
		w.bullet()
		w.within(n, unitItem)
	case *ast.BlockQuote:
		w.within(n, unitQuote)
	case *ast.Link:
		w.link(n)
	case *ast.Image:
		w.image(n)
	case *ast.Text:
		w.literal(n.Literal, true)
	case *ast.Code:
		w.literal(n.Literal, false)
	case *ast.CodeBlock:
		w.literal(n.Literal, false)
	case *ast.HTMLSpan:
		w.literal(n.Literal, false)
	case *ast.HTMLBlock:
		w.literal(n.Literal, false)
	case *ast.Hardbreak:
		w.lineBreak()
	default:
		w.children(n)
	}
}

func (w *walker) within(n ast.Node, kind unitKind) {
	w.in = append(w.in, kind)
	w.children(n)
	w.in = w.in[:len(w.in)-1]
}

func (w *walker) paragraphKind() unitKind {
	if len(w.in) == 0 {
		return unitParagraph
	}
	return w.in[len(w.in)-1]
}

func (w *walker) unit(n ast.Node, kind unitKind) {
	at := w.open()
	w.children(n)
	w.close(kind, at)
}

// skip moves over any of the given bytes.
func (w *walker) skip(set string) {
	for w.cur < len(w.src) && strings.IndexByte(set, w.src[w.cur]) >= 0 {
		w.cur++
	}
}

func (w *walker) bullet() {
	w.skip(" \t\r\n>")
	w.cur += itemMark(w.src[w.cur:])
}

// tableRule moves over the line of dashes below a table's head.
func (w *walker) tableRule() {
	pos := lineEnd(w.src, w.cur)
	if pos >= len(w.src) {
		return
	}
	line := w.src[pos:lineEnd(w.src, pos)]
	if strings.Trim(line, " \t\r\n|:->") == "" {
		w.cur = pos + len(line)
	}
}

func (w *walker) link(n ast.Node) {
	at := int32(len(w.text))
	w.skip("[<")
	w.children(n)
	if int32(len(w.text)) > at {
		w.links = append(w.links, span{at, int32(len(w.text))})
	}
	w.target()
}

func (w *walker) image(n *ast.Image) {
	for _, child := range n.GetChildren() {
		if leaf := child.AsLeaf(); leaf != nil {
			w.literal(leaf.Literal, false)
		}
	}
	w.target()
}

// target moves over what follows a link's text: (address "title") or [id].
func (w *walker) target() {
	pos := w.cur
	for pos < len(w.src) && strings.IndexByte("*_~` ", w.src[pos]) >= 0 {
		pos++
	}
	if pos >= len(w.src) || w.src[pos] != ']' {
		return
	}
	w.cur = pos + 1
	pos = w.cur
	for pos < len(w.src) && strings.IndexByte(" \t\r\n", w.src[pos]) >= 0 {
		pos++
	}
	if pos < len(w.src) && w.src[pos] == '(' {
		w.cur = closeParen(w.src, pos)
	} else if pos < len(w.src) && w.src[pos] == '[' {
		if i := strings.IndexByte(w.src[pos:], ']'); i > 0 {
			w.cur = pos + i + 1
		}
	}
}

// closeParen returns the place behind the parenthesis that closes the one at
// pos, or pos where none does. A title in quotes may hold parentheses.
func closeParen(src string, pos int) int {
	depth, quote := 0, byte(0)
	for i := pos; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && (src[i-1] == ' ' || src[i-1] == '\n'):
			quote = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return pos
}

func (w *walker) lineBreak() {
	pos := w.cur
	for pos < len(w.src) && (w.src[pos] == ' ' || w.src[pos] == '\\') {
		pos++
	}
	if pos < len(w.src) && (w.src[pos] == '\n' || w.src[pos] == '\r') {
		w.add(w.src, pos, pos+1)
		w.cur = pos + 1
		return
	}
	w.replace(" ", w.cur, w.cur)
}
