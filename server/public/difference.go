package public

import (
	"slices"
	"strings"
	"unicode"

	"klartext/content"
	"klartext/content/diff"
	"klartext/content/markdown"
	"klartext/server/view"
)

// textPart is one field of a text as blocks, under a key that both versions share.
type textPart struct {
	key     string
	name    string
	heading string
	blocks  []diff.Block
}

// difference compares two versions part by part, word by word, and their facts.
func (d *desk) difference(from, to content.Version) view.TextDiff {
	out := view.TextDiff{Lang: d.other(to.Lang), Facts: d.factDiff(from.Facts, to.Facts)}
	before, after := parts(from), parts(to)
	for _, key := range mergedKeys(before, after) {
		was, is := partOf(before, key), partOf(after, key)
		if slices.Equal(was.blocks, is.blocks) {
			continue
		}
		changes := diff.Blocks(was.blocks, is.blocks)
		part := view.DiffPart{Name: is.name, Heading: is.heading}
		if is.key == "" {
			part = view.DiffPart{Name: was.name, Heading: was.heading}
		}
		for _, change := range diff.Collapse(changes, 1) {
			block := blockOf(change)
			out.Added += countWords(block.Runs, "added")
			out.Removed += countWords(block.Runs, "removed")
			part.Blocks = append(part.Blocks, block)
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

// parts takes a text apart in the order in which its page shows it.
func parts(v content.Version) []textPart {
	title := "question"
	if len(v.Text.Sections) > 0 {
		title = "title"
	}
	list := []textPart{
		{key: "title", name: title, blocks: plainBlocks(v.Text.Title)},
		{key: "short_answer", name: "short_answer", blocks: plainBlocks(v.Text.ShortAnswer)},
		{key: "body", name: "body", blocks: blocks(v.Text.Body)},
	}
	for _, section := range v.Text.Sections {
		list = append(list,
			textPart{key: "heading " + section.ID, name: "heading", blocks: headingBlocks(section.Heading)},
			textPart{key: "section " + section.ID, name: "body", heading: section.Heading, blocks: blocks(section.Body)},
			textPart{key: "summary " + section.ID, name: "summary", blocks: blocks(section.Summary)})
	}
	examples := textPart{key: "examples", name: "examples"}
	for _, example := range v.Text.Examples {
		examples.blocks = append(examples.blocks, blocks(example)...)
	}
	choices := textPart{key: "choices", name: "choices"}
	for _, choice := range v.Text.Choices {
		choices.blocks = append(choices.blocks, diff.Block{Kind: "item", Text: joined(" ", choice.Label, bracketed(choice.URL))})
	}
	list = append(list, examples, choices)
	for _, side := range content.Sides() {
		opinion := textPart{key: "side " + string(side), name: "side_" + string(side)}
		for _, p := range v.Text.Perspectives {
			if p.Side == side {
				opinion.blocks = blocks(p.Text)
			}
		}
		list = append(list, opinion)
	}
	return list
}

func bracketed(url string) string {
	if url == "" {
		return ""
	}
	return "(" + url + ")"
}

func plainBlocks(text string) []diff.Block {
	if text == "" {
		return nil
	}
	return []diff.Block{{Kind: "paragraph", Text: text}}
}

func headingBlocks(text string) []diff.Block {
	if text == "" {
		return nil
	}
	return []diff.Block{{Kind: "heading", Text: text}}
}

// blocks are what a reader sees of Markdown. What cannot be parsed any more, because
// the rules became stricter since it was published, is compared as it was written.
func blocks(source string) []diff.Block {
	parsed, err := markdown.Blocks(source)
	if err != nil {
		return plainBlocks(source)
	}
	list := make([]diff.Block, len(parsed))
	for i, block := range parsed {
		list[i] = diff.Block{Kind: string(block.Kind), Level: block.Level, Text: block.Text}
	}
	return list
}

// mergedKeys has the order of the new text, with what is gone where it stood.
func mergedKeys(before, after []textPart) []string {
	keys := make([]string, len(after))
	for i, part := range after {
		keys[i] = part.key
	}
	at := 0
	for _, part := range before {
		if i := slices.Index(keys, part.key); i >= 0 {
			at = i + 1
			continue
		}
		keys = slices.Insert(keys, at, part.key)
		at++
	}
	return keys
}

func partOf(parts []textPart, key string) textPart {
	if i := slices.IndexFunc(parts, func(p textPart) bool { return p.key == key }); i >= 0 {
		return parts[i]
	}
	return textPart{}
}

func blockOf(change diff.Change) view.DiffBlock {
	block := view.DiffBlock{Kind: change.Kind, Level: change.Level}
	switch change.Op {
	case diff.Skip:
		block.Skipped = change.Count
	case diff.Insert:
		block.Whole = "added"
	case diff.Delete:
		block.Whole = "removed"
	case diff.Equal, diff.Replace:
	}
	for _, segment := range change.Segments {
		op := "same"
		switch segment.Op {
		case diff.Insert:
			op = "added"
		case diff.Delete:
			op = "removed"
		case diff.Equal, diff.Replace, diff.Skip:
		}
		block.Runs = append(block.Runs, view.Run{Op: op, Text: segment.Text})
	}
	return block
}

func countWords(runs []view.Run, op string) int {
	n := 0
	for _, run := range runs {
		if run.Op != op {
			continue
		}
		for word := range strings.FieldsSeq(run.Text) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
				n++
			}
		}
	}
	return n
}
