package admin

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"klartext/content"
	"klartext/server/web"
)

// maxRows bounds how many rows of a list are read; the domain's own limits are far
// lower, so that a text that is too long is refused with its reason and not cut here.
const maxRows = 2000

// readWriting reads a text as the form sends it: fields carry the names that errors carry.
func readWriting(form web.Form) content.Writing {
	w := content.Writing{
		Title: form.Get("title"), ShortAnswer: form.Get("short_answer"), Body: form.Get("body"),
		Examples: rows(form, "examples", func(at string) string { return form.Get(at) }),
		Choices: rows(form, "choices", func(at string) content.Choice {
			return content.Choice{Label: form.Get(at + ".label"), URL: form.Get(at + ".url")}
		}),
		Sections: readSections(form),
	}
	w.Perspectives = readViews(form, "perspectives")
	return w
}

// readViews reads one perspective per side; a side left empty is none.
func readViews(form web.Form, name string) []content.Perspective {
	var views []content.Perspective
	for _, side := range content.Sides() {
		if text := form.Get(name + "." + string(side)); strings.TrimSpace(text) != "" {
			views = append(views, content.Perspective{Side: side, Text: text})
		}
	}
	return views
}

// readSections takes the sections in the order that their numbers give. A
// section whose box "remove" is ticked is left out; a new one may stand anywhere.
func readSections(form web.Form) []content.Section {
	type placed struct {
		content.Section
		place float64
	}
	sections := rows(form, "sections", func(at string) placed {
		s := placed{Section: content.Section{
			ID: form.Get(at + ".id"), Heading: form.Get(at + ".heading"), Body: form.Get(at + ".body"), Summary: form.Get(at + ".summary"),
		}}
		if form.Get(at+".remove") != "" {
			s.Section = content.Section{}
		}
		place, err := strconv.ParseFloat(strings.Replace(form.Get(at+".place"), ",", ".", 1), 64)
		if err != nil || math.IsNaN(place) {
			place = math.Inf(1) // a new section without a place comes last
		}
		s.place = place
		return s
	})
	slices.SortStableFunc(sections, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	out := make([]content.Section, len(sections))
	for i, s := range sections {
		out[i] = s.Section
	}
	return out
}

// rows reads the numbered rows of a list: name.0, name.1 ... as far as the form goes.
func rows[T any](form web.Form, name string, read func(at string) T) []T {
	out := make([]T, rowCount(form, name))
	for i := range out {
		out[i] = read(fmt.Sprintf("%s.%d", name, i))
	}
	return out
}

func rowCount(form web.Form, name string) int {
	count := 0
	for _, field := range form.Names() {
		rest, ok := strings.CutPrefix(field, name+".")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, ".")
		if i, err := strconv.Atoi(number); err == nil && i >= count && i < maxRows {
			count = i + 1
		}
	}
	return count
}
