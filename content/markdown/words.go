package markdown

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var markdownSigns = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|~&]")

// wordsOf cuts a text into its runs of letters and digits.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) })
}

// inOrder says whether all words of part stand in whole, in their order.
func inOrder(part, whole []string) bool {
	at := 0
	for _, w := range whole {
		if at < len(part) && part[at] == w {
			at++
		}
	}
	return at == len(part)
}

// paragraphs is the text of a piece of HTML as Markdown without any markup.
func paragraphs(body *html.Node) string {
	var list []string
	for line := range strings.Lines(visibleText(body)) {
		if text := strings.Join(strings.Fields(line), " "); text != "" {
			text = markdownSigns.ReplaceAllString(text, `\$0`)
			list = append(list, escapeStart(text))
		}
	}
	return strings.Join(list, "\n\n")
}
