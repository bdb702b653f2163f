package compare

import (
	"slices"
	"strings"

	"klartext/content"
	"klartext/content/diff"
	"klartext/content/markdown"
)

// Part is one part of a text that differs.
type Part struct {
	Name    PartName
	Side    content.Side // of a perspective
	Section string       // the id of the section that a body or summary belongs to
	Heading string       // of that section, as it reads after
	Changes []diff.Change
}

// PartName names a part as the API does.
type PartName string

// The parts of a text.
const (
	Title        PartName = "title"
	ShortAnswer  PartName = "short_answer"
	Body         PartName = "body"
	Examples     PartName = "examples"
	Perspectives PartName = "perspectives"
	Choices      PartName = "choices"
	Sections     PartName = "sections"
	Summary      PartName = "summary"
)

// Texts lists the parts that differ, in the order of the page. A nil text is an
// empty one, so that a first version shows as all new. Around is how many equal
// blocks stay beside each difference; the rest becomes one diff.Skip.
func Texts(before, after *content.Writing, around int) []Part {
	c := comparison{around: around}
	was, is := orEmpty(before), orEmpty(after)
	c.add(Part{Name: Title}, line(was.Title), line(is.Title))
	c.add(Part{Name: ShortAnswer}, line(was.ShortAnswer), line(is.ShortAnswer))
	c.add(Part{Name: Body}, blocks(was.Body), blocks(is.Body))
	c.add(Part{Name: Examples}, all(was.Examples), all(is.Examples))
	for _, side := range content.Sides() {
		c.add(Part{Name: Perspectives, Side: side}, view(was, side), view(is, side))
	}
	c.add(Part{Name: Choices}, choices(was.Choices), choices(is.Choices))
	c.sections(was.Sections, is.Sections)
	return c.parts
}

type comparison struct {
	around int
	parts  []Part
}

func (c *comparison) add(part Part, before, after []diff.Block) {
	if slices.Equal(before, after) {
		return
	}
	part.Changes = diff.Collapse(diff.Blocks(before, after), c.around)
	c.parts = append(c.parts, part)
}

// sections pairs sections by their ids, which outlive a new heading and a new
// place. What was taken out stands where it stood, before the next that stayed.
func (c *comparison) sections(before, after []content.Section) {
	next := 0
	gone := func(until string) {
		for ; next < len(before) && before[next].ID != until; next++ {
			if !has(after, before[next].ID) {
				c.section(before[next], content.Section{ID: before[next].ID})
			}
		}
	}
	for _, is := range after {
		i := slices.IndexFunc(before, func(s content.Section) bool { return s.ID == is.ID })
		if i < 0 {
			c.section(content.Section{}, is)
			continue
		}
		if i >= next {
			gone(is.ID)
		}
		c.section(before[i], is)
	}
	gone("")
}

func (c *comparison) section(was, is content.Section) {
	part := Part{Name: Sections, Section: is.ID, Heading: is.Heading}
	if part.Heading == "" {
		part.Heading = was.Heading
	}
	c.add(part, headed(was), headed(is))
	part.Name = Summary
	c.add(part, blocks(was.Summary), blocks(is.Summary))
}

func has(sections []content.Section, id string) bool {
	return slices.ContainsFunc(sections, func(s content.Section) bool { return s.ID == id })
}

func headed(s content.Section) []diff.Block {
	out := blocks(s.Body)
	if s.Heading != "" {
		out = slices.Insert(out, 0, diff.Block{Kind: string(markdown.Heading), Level: 2, Text: s.Heading})
	}
	return out
}

func orEmpty(w *content.Writing) content.Writing {
	if w == nil {
		return content.Writing{}
	}
	return *w
}

func line(s string) []diff.Block {
	if s == "" {
		return nil
	}
	return []diff.Block{{Kind: string(markdown.Paragraph), Text: s}}
}

// blocks reads Markdown as a reader does. What the renderer would refuse is compared line by line.
func blocks(source string) []diff.Block {
	read, err := markdown.Blocks(source)
	if err != nil {
		return lines(source)
	}
	out := make([]diff.Block, len(read))
	for i, b := range read {
		out[i] = diff.Block{Kind: string(b.Kind), Level: b.Level, Text: b.Text}
	}
	return out
}

func lines(source string) []diff.Block {
	var out []diff.Block
	for s := range strings.SplitSeq(source, "\n") {
		out = append(out, line(strings.TrimSpace(s))...)
	}
	return out
}

func all(texts []string) []diff.Block {
	var out []diff.Block
	for _, text := range texts {
		out = append(out, blocks(text)...)
	}
	return out
}

func view(w content.Writing, side content.Side) []diff.Block {
	for _, p := range w.Perspectives {
		if p.Side == side {
			return blocks(p.Text)
		}
	}
	return nil
}

func choices(list []content.Choice) []diff.Block {
	var out []diff.Block
	for _, c := range list {
		text := c.Label
		if c.URL != "" {
			text += " (" + c.URL + ")"
		}
		out = append(out, diff.Block{Kind: string(markdown.Item), Level: 1, Text: text})
	}
	return out
}
