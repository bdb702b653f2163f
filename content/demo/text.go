package demo

import (
	"errors"
	"fmt"
	"strings"

	"klartext/content"
)

// readText reads an entry's or policy's text from its file:
//
//	title: the question
//	short: the short answer
//
//	the body
//
//	+++ example
//	+++ company, customer or critic
//	+++ choice ADDRESS
//	+++ section ID HEADING
//	+++ summary (of the section before it)
//
// where the lines after each mark, up to the next, are its text.
func readText(name string) (*content.Writing, error) {
	raw, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the demo's data: %w", err)
	}
	head, rest, _ := strings.Cut(string(raw), "\n\n")
	w := &content.Writing{}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			w.Title = value
		case "short":
			w.ShortAnswer = value
		default:
			return nil, fmt.Errorf("read the demo's %s: what is %q?", name, key)
		}
	}
	body, marks, _ := strings.Cut("\n"+rest, "\n+++ ")
	w.Body = strings.TrimSpace(body)
	for part := range strings.SplitSeq(marks, "\n+++ ") {
		mark, text, _ := strings.Cut(part, "\n")
		if err := addPart(w, strings.TrimSpace(mark), strings.TrimSpace(text)); err != nil {
			return nil, fmt.Errorf("read the demo's %s: %w", name, err)
		}
	}
	return w, nil
}

func addPart(w *content.Writing, mark, text string) error {
	kind, rest, _ := strings.Cut(mark, " ")
	switch kind {
	case "":
	case "example":
		w.Examples = append(w.Examples, text)
	case string(content.CompanySide), string(content.CustomerSide), string(content.CriticSide):
		w.Perspectives = append(w.Perspectives, content.Perspective{Side: content.Side(kind), Text: text})
	case "choice":
		w.Choices = append(w.Choices, content.Choice{Label: text, URL: rest})
	case "section":
		id, heading, _ := strings.Cut(rest, " ")
		w.Sections = append(w.Sections, content.Section{ID: id, Heading: heading, Body: text})
	case "summary":
		if len(w.Sections) == 0 {
			return errors.New("a summary stands before the first section")
		}
		w.Sections[len(w.Sections)-1].Summary = text
	default:
		return fmt.Errorf("what is %q?", mark)
	}
	return nil
}
