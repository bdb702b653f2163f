package main

import (
	"fmt"
	"slices"
	"strings"

	"klartext/content/history"
	"klartext/server/locale"
)

// maxSkipped is how many lines left out are named; of more, the number is told.
const maxSkipped = 10

// tell says in words what an import did.
func tell(s *history.Summary, printer *locale.Printer) string {
	var b strings.Builder
	n := printer.Number
	if s.Taken == 0 {
		fmt.Fprintf(&b, "Nothing new: of %s states, %s were imported before. Nothing was changed.\n", n(s.Lines), n(s.Known))
		tellSkipped(&b, s, printer)
		return b.String()
	}
	fmt.Fprintf(&b, "Imported %s of %s states", n(s.Taken), n(s.Lines))
	if s.Known > 0 {
		fmt.Fprintf(&b, "; %s were there before", n(s.Known))
	}
	fmt.Fprintf(&b, ".\n  New:     %s\n", list([]counted{
		{s.Topics, "topic", "topics"}, {s.Entries, "entry", "entries"}, {s.Policies, "policy", "policies"},
	}, printer))
	fmt.Fprintf(&b, "  History: %s\n", list([]counted{
		{s.Versions, "version", "versions"},
		{s.Tombstones, "tombstone", "tombstones"},
		{s.Changes, "change", "changes"},
		{s.Editorial, "of them editorial", "of them editorial"},
	}, printer))
	tellConversion(&b, s, printer)
	if s.Repeated > 0 {
		fmt.Fprintf(&b, "  Without any new word: %s. They are kept as versions all the same.\n", count(s.Repeated, "state", "states", printer))
	}
	tellSkipped(&b, s, printer)
	return b.String()
}

// tellConversion says what became of HTML and other things that readers do not see.
func tellConversion(b *strings.Builder, s *history.Summary, printer *locale.Printer) {
	if s.Links > 0 {
		fmt.Fprintf(b, "  Linked: %s between answers lead to their pages now\n", count(s.Links, "link", "links", printer))
	}
	if s.Converted == 0 {
		return
	}
	fmt.Fprintf(b, "  Converted: %s\n", count(s.Converted, "text", "texts", printer))
	if len(s.Elements) > 0 {
		var elements []string
		for name, n := range s.Elements {
			elements = append(elements, fmt.Sprintf("%s %s", name, printer.Number(n)))
		}
		slices.Sort(elements)
		fmt.Fprintf(b, "    HTML that became Markdown: %s\n", printable(strings.Join(elements, ", ")))
	}
	for _, c := range []counted{
		{s.Comments, "comment left out", "comments left out"},
		{s.FrontMatter, "front matter left out", "front matters left out"},
		{s.Placeholders, "word in angle brackets kept as a word", "words in angle brackets kept as words"},
	} {
		if c.n > 0 {
			fmt.Fprintf(b, "    %s\n", count(c.n, c.one, c.many, printer))
		}
	}
}

// tellSkipped names withdrawals of what readers did not see then.
func tellSkipped(b *strings.Builder, s *history.Summary, printer *locale.Printer) {
	if len(s.Skipped) == 0 {
		return
	}
	fmt.Fprintf(b, "  Left out: %s, because readers saw no text then\n", count(len(s.Skipped), "withdrawal", "withdrawals", printer))
	for _, skipped := range s.Skipped[:min(len(s.Skipped), maxSkipped)] {
		fmt.Fprintf(b, "    line %d: %s (%s)\n", skipped.Line, printable(skipped.Key), skipped.Lang)
	}
	if more := len(s.Skipped) - maxSkipped; more > 0 {
		fmt.Fprintf(b, "    and %s more\n", printer.Number(more))
	}
}

// counted is a number of things with the thing's name.
type counted struct {
	n         int
	one, many string
}

// list names what there is any of.
func list(items []counted, printer *locale.Printer) string {
	var parts []string
	for _, c := range items {
		if c.n > 0 {
			parts = append(parts, count(c.n, c.one, c.many, printer))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func count(n int, one, many string, printer *locale.Printer) string {
	if n == 1 {
		return "1 " + one
	}
	return printer.Number(n) + " " + many
}
