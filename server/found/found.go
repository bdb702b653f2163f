// Package found is the JSON of a search and the addresses that it leads to, the
// same on the public page and in the API. It does not search.
package found

import (
	"html"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/markdown"
	"klartext/content/search"
	"klartext/content/site"
)

// SearchAnswer is what a search answers to a program.
type SearchAnswer struct {
	Results    []SearchResult `json:"results" doc:"the best first"`
	Suggestion string         `json:"suggestion,omitempty" doc:"the query with other words, where it has some that nobody wrote"`
	Also       []string       `json:"also,omitempty" doc:"words that were looked for in the place of some that no text has"`
	Nearest    bool           `json:"nearest,omitempty" doc:"nothing fits: the results only come near"`
}

// SearchResult is one thing that was found.
type SearchResult struct {
	URL     string       `json:"url"`
	Title   string       `json:"title"`
	Snippet string       `json:"snippet"`
	HTML    string       `json:"snippet_html" doc:"the snippet, escaped, with <mark> around the words that were looked for"`
	Kind    string       `json:"kind" doc:"entry, policy, section or topic"`
	Lang    content.Lang `json:"lang" doc:"of title and snippet: another than the one asked for where a text is not translated"`
	// FoundIn and WithdrawnAt are there where they say something.
	FoundIn     content.Lang `json:"found_in,omitempty" doc:"the language of the snippet where it is not that of the title: only the text in that language has the words"`
	WithdrawnAt *time.Time   `json:"withdrawn_at,omitempty" doc:"when the entry was taken down: the title is its last, and the address leads to its tombstone"`
}

// Of shapes what was found; base is the site's absolute address, lang the reader's language.
func Of(base string, lang content.Lang, found site.Found) SearchAnswer {
	answer := SearchAnswer{Results: []SearchResult{}, Suggestion: found.Instead, Also: found.Also, Nearest: found.Nearest}
	for _, r := range found.Results {
		result := SearchResult{
			URL: base + Path(lang, r), Title: plain(r.Title), Snippet: plain(r.Excerpt), HTML: marked(r.Excerpt), Kind: Kind(r), Lang: r.Lang, FoundIn: r.FoundIn,
		}
		if r.Withdrawn != nil {
			at := r.Withdrawn.At.UTC().Truncate(time.Millisecond)
			result.WithdrawnAt = &at
		}
		answer.Results = append(answer.Results, result)
	}
	return answer
}

// Kind names what a result is.
func Kind(r site.Result) string {
	switch {
	case r.Entry == nil:
		return "topic"
	case r.Section != "":
		return "section"
	case r.Entry.Kind == content.Policy:
		return "policy"
	}
	return "entry"
}

// Path leads to a result in the reader's language.
func Path(lang content.Lang, r site.Result) string {
	start := "/" + string(lang)
	switch Kind(r) {
	case "topic":
		return start + "/topics/" + r.Topic.Slug
	case "section":
		return start + "/policies/" + r.Entry.Slug + "#" + markdown.AnchorPrefix + r.Section
	case "policy":
		return start + "/policies/" + r.Entry.Slug
	}
	return start + "/faq/" + r.Entry.Slug
}

func plain(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

func marked(pieces []search.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := html.EscapeString(p.Text)
		if p.Hit {
			text = "<mark>" + text + "</mark>"
		}
		b.WriteString(text)
	}
	return b.String()
}
