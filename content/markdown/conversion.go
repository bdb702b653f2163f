package markdown

import (
	"maps"
	"slices"
)

// Conversion tells what FromHTML changed.
type Conversion struct {
	Elements     map[string]int // HTML elements that became Markdown, by name
	Comments     int            // comments left out
	Placeholders int            // words in angle brackets that are no HTML, such as <your name>, kept as words
	FrontMatter  string         // the front matter that was taken off, with its marks
}

// Changed says whether the text was changed at all.
func (c *Conversion) Changed() bool {
	return len(c.Elements) > 0 || c.Comments > 0 || c.Placeholders > 0 || c.FrontMatter != ""
}

// Names returns the names of the converted elements, sorted.
func (c *Conversion) Names() []string { return slices.Sorted(maps.Keys(c.Elements)) }

func (c *Conversion) count(element string) {
	if c.Elements == nil {
		c.Elements = map[string]int{}
	}
	c.Elements[element]++
}
