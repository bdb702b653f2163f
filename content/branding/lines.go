package branding

import (
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// breakLines sets a text in lines of the card's measure. What the font cannot draw is left out.
func breakLines(f *opentype.Font, drawn font.Face, text string) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(drawable(f, text)) {
		if fits(drawn, joined(line, word)) {
			line = joined(line, word)
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for !fits(drawn, word) { // a compound longer than the line
			part := longest(drawn, word)
			lines, word = append(lines, part+"-"), word[len(part):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func joined(line, word string) string {
	if line == "" {
		return word
	}
	return line + " " + word
}

func fits(drawn font.Face, text string) bool {
	return font.MeasureString(drawn, text) <= fixed.I(measure)
}

// longest is as much of a word as fits with a hyphen; at least one sign.
func longest(drawn font.Face, word string) string {
	end := 0
	for i := range word {
		if i > 0 && !fits(drawn, word[:i]+"-") {
			break
		}
		end = i
	}
	if end == 0 {
		end = len(string([]rune(word)[0]))
	}
	return word[:end]
}

// cut ends a text that is too long for so many lines with an ellipsis.
func cut(drawn font.Face, lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	lines = lines[:most]
	last := strings.TrimSuffix(lines[most-1], "-")
	for last != "" && !fits(drawn, last+" …") {
		last = shorter(last)
	}
	lines[most-1] = strings.TrimRight(last, " ,;:.") + " …"
	return lines
}

// shorter is a text without its last word, or without its last sign where there is one word only.
func shorter(text string) string {
	if i := strings.LastIndex(text, " "); i >= 0 {
		return text[:i]
	}
	signs := []rune(text)
	return string(signs[:len(signs)-1])
}

func drawable(f *opentype.Font, text string) string {
	var b sfnt.Buffer
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\t' {
			return ' '
		}
		if glyph, err := f.GlyphIndex(&b, r); err != nil || glyph == 0 {
			return -1
		}
		return r
	}, text)
}
