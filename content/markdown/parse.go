package markdown

import (
	"fmt"
	"html"

	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/parser"
)

// Measured over thousands of attacks: nothing may be added here without measuring
// again. AutoHeadingIDs is quadratic, Attributes and HeadingIDs let a text name anchors.
const extensions = parser.NoIntraEmphasis | parser.Tables | parser.FencedCode | parser.Autolink |
	parser.Strikethrough | parser.SpaceHeadings | parser.BackslashLineBreak |
	parser.NoEmptyLineBeforeBlock | parser.OrderedListStart

// parse guards, parses and tidies a text; the heading levels of the result start
// below the level of under.
func parse(source string, under int) (doc ast.Node, err error) {
	if err := Check(source); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("%w: %v", ErrPanic, r)
		}
	}()
	doc = parser.NewWithExtensions(extensions).Parse([]byte(keepFalseReferences(source)))
	if err := checkDepth(doc, 0); err != nil {
		return nil, err
	}
	decodeEntities(doc)
	rankHeadings(doc, under)
	return doc, nil
}

// checkDepth refuses what nests so deep that the parser, which stops at 64, could
// have dropped words.
func checkDepth(node ast.Node, depth int) error {
	switch node.(type) {
	case *ast.BlockQuote, *ast.ListItem, *ast.Emph, *ast.Strong, *ast.Del, *ast.Link, *ast.Image:
		depth++
	}
	if depth > maxNesting {
		return &GuardError{"nested_too_deep", maxNesting, depth}
	}
	for _, child := range node.GetChildren() {
		if err := checkDepth(child, depth); err != nil {
			return err
		}
	}
	return nil
}

// decodeEntities makes "&auml;" a letter: the parser leaves a named entity as a
// text node of its own, which its renderer would escape once more.
func decodeEntities(doc ast.Node) {
	ast.WalkFunc(doc, func(node ast.Node, entering bool) ast.WalkStatus {
		if text, ok := node.(*ast.Text); ok && entering && isEntity(text.Literal) {
			text.Literal = []byte(html.UnescapeString(string(text.Literal)))
		}
		return ast.GoToNext
	})
}

func isEntity(b []byte) bool {
	if len(b) < 3 || b[0] != '&' || b[len(b)-1] != ';' {
		return false
	}
	for _, c := range b[1 : len(b)-1] {
		if c != '#' && !isAlnum(c) {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// rankHeadings gives the top-most heading of a text the level below under and
// leaves no gaps, whichever levels its author picked: an outline that skips levels
// misleads people who listen to the page.
func rankHeadings(doc ast.Node, under int) {
	var headings []*ast.Heading
	var used [7]bool
	ast.WalkFunc(doc, func(node ast.Node, entering bool) ast.WalkStatus {
		if h, ok := node.(*ast.Heading); ok && entering {
			headings = append(headings, h)
			used[min(max(h.Level, 1), 6)] = true
		}
		return ast.GoToNext
	})
	var rank [7]int
	for level, next := 1, under+1; level <= 6; level++ {
		rank[level] = min(next, 6)
		if used[level] {
			next++
		}
	}
	for _, h := range headings {
		h.Level = rank[min(max(h.Level, 1), 6)]
	}
}
