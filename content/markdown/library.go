package markdown

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// library makes Markdown of pieces of HTML.
type library struct {
	conv *converter.Converter
	hole string // stands for Markdown that must pass through untouched
}

func newLibrary(hole string) *library {
	return &library{hole: hole, conv: converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		// Its comment between two lists would be raw HTML again.
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithPresentationTables(true),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
	))}
}

// wrap converts an element around Markdown that stays as it is.
func (l *library) wrap(start, inner, end string) string {
	converted := l.snippet(start + l.hole + end)
	if !strings.Contains(converted, l.hole) {
		return inner
	}
	return strings.Replace(converted, l.hole, inner, 1)
}

// snippet converts a piece of running text.
func (l *library) snippet(piece string) string {
	return l.convert(parseHTML(piece))
}

// block converts a piece with block elements. Where the library would lose words,
// they are kept without their markup.
func (l *library) block(piece string) string {
	body := parseHTML(piece)
	simplify(body)
	words := wordsOf(visibleText(body))
	text := paragraphs(body)
	converted := l.convert(body)
	if plain, err := Plain(converted); err == nil && !inOrder(words, wordsOf(plain)) {
		return text
	}
	return converted
}

func (l *library) convert(body *html.Node) string {
	converted, err := l.conv.ConvertNode(body)
	if err != nil {
		return paragraphs(body)
	}
	return strings.TrimSpace(string(converted))
}

// parseHTML parses as a browser without JavaScript does. The parser fails only with
// its reader, and that is memory.
func parseHTML(piece string) *html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(piece), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		nodes = []*html.Node{{Type: html.TextNode, Data: piece}}
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}
