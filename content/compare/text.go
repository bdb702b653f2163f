package compare

import (
	"cmp"
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
	for _, id := range merged(was.Sections, is.Sections) {
		c.section(id, section(was, id), section(is, id))
	}
	c.add(Part{Name: Examples}, all(was.Examples), all(is.Examples))
	c.add(Part{Name: Choices}, choices(was.Choices), choices(is.Choices))
	for _, side := range content.Sides() {
		c.add(Part{Name: Perspectives, Side: side}, view(was, side), view(is, side))
	}
	return c.parts
}

// CountWords says how many words came and went; one that was replaced did both.
func CountWords(parts []Part) (added, removed int) {
	for _, part := range parts {
		for _, change := range part.Changes {
			for _, s := range change.Segments {
				switch s.Op {
				case diff.Insert:
					added += diff.CountWords("", s.Text)
				case diff.Delete:
					removed += diff.CountWords(s.Text, "")
				case diff.Equal, diff.Replace, diff.Skip:
				}
			}
		}
	}
	return added, removed
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

// section compares what two states have under one id. A heading that stays as it
// is does not count as a block: it names the part already.
func (c *comparison) section(id string, was, is content.Section) {
	part := Part{Name: Sections, Section: id, Heading: cmp.Or(is.Heading, was.Heading)}
	before, after := blocks(was.Body), blocks(is.Body)
	if was.Heading != is.Heading {
		before, after = slices.Concat(heading(was), before), slices.Concat(heading(is), after)
	}
	c.add(part, before, after)
	part.Name = Summary
	c.add(part, blocks(was.Summary), blocks(is.Summary))
}

// merged pairs sections by their ids, which outlive a new heading and a new place.
// The order is the new one, with what was taken out where it stood.
func merged(before, after []content.Section) []string {
	ids := make([]string, len(after))
	for i, s := range after {
		ids[i] = s.ID
	}
	at := 0
	for _, s := range before {
		if i := slices.Index(ids, s.ID); i >= 0 {
			at = i + 1
			continue
		}
		ids = slices.Insert(ids, at, s.ID)
		at++
	}
	return ids
}

func section(w content.Writing, id string) content.Section {
	if i := slices.IndexFunc(w.Sections, func(s content.Section) bool { return s.ID == id }); i >= 0 {
		return w.Sections[i]
	}
	return content.Section{}
}

func heading(s content.Section) []diff.Block {
	if s.Heading == "" {
		return nil
	}
	return []diff.Block{{Kind: string(markdown.Heading), Level: 2, Text: s.Heading}}
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
