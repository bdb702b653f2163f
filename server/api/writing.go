package api

import "klartext/content"

// writing is the text of a revision or version, with the fields that POST takes.
type writing struct {
	Title        string                `json:"title"`
	ShortAnswer  string                `json:"short_answer"`
	Body         string                `json:"body" doc:"Markdown"`
	Examples     []string              `json:"examples"`
	Perspectives []content.Perspective `json:"perspectives"`
	Choices      []content.Choice      `json:"choices"`
	Sections     []content.Section     `json:"sections" doc:"a policy's text, section by section; empty for an entry"`
	HTML         html                  `json:"html" doc:"the same as safe HTML"`
}

type html struct {
	Body         string                    `json:"body"`
	Examples     []string                  `json:"examples"`
	Perspectives []string                  `json:"perspectives"`
	Sections     []content.RenderedSection `json:"sections"`
}

func writingOf(w content.Writing, rendered content.Rendered) *writing {
	return &writing{
		Title: w.Title, ShortAnswer: w.ShortAnswer, Body: w.Body, Examples: list(w.Examples),
		Perspectives: list(w.Perspectives), Choices: list(w.Choices), Sections: list(w.Sections),
		HTML: html{
			Body: rendered.Body, Examples: list(rendered.Examples),
			Perspectives: list(rendered.Perspectives), Sections: list(rendered.Sections),
		},
	}
}

type writingInput struct {
	Title        string                `json:"title" need:"true"`
	ShortAnswer  string                `json:"short_answer" doc:"at most two sentences"`
	Body         string                `json:"body" doc:"Markdown; a policy without sections is cut at its headings"`
	Examples     []string              `json:"examples"`
	Perspectives []content.Perspective `json:"perspectives" doc:"at most one of each side, in Markdown"`
	Choices      []content.Choice      `json:"choices"`
	Sections     []content.Section     `json:"sections" doc:"of a policy; a section without an id gets one"`
}

func (in writingInput) writing() *content.Writing {
	return &content.Writing{
		Title: in.Title, ShortAnswer: in.ShortAnswer, Body: in.Body, Examples: in.Examples,
		Perspectives: in.Perspectives, Choices: in.Choices, Sections: in.Sections,
	}
}

// facts are the structured part of an entry, with the fields that POST takes.
type facts struct {
	Data       []content.Text       `json:"data"`
	Purposes   []content.Text       `json:"purposes"`
	LegalBases []content.LegalBasis `json:"legal_bases"`
	Retention  *content.Retention   `json:"retention"`
	Recipients []content.Recipient  `json:"recipients"`
	Countries  []string             `json:"countries" doc:"ISO 3166-1 alpha-2"`
}

func factsOf(f *content.Facts) *facts {
	if f == nil {
		return nil
	}
	return &facts{
		Data: texts(f.Data), Purposes: texts(f.Purposes), LegalBases: each(f.LegalBases, basisOf), Retention: retentionOf(f.Retention),
		Recipients: each(f.Recipients, recipientOf), Countries: list(f.Countries),
	}
}

func basisOf(b content.LegalBasis) content.LegalBasis {
	b.Text = text(b.Text)
	return b
}

func recipientOf(r content.Recipient) content.Recipient {
	r.Role = text(r.Role)
	return r
}

func retentionOf(r *content.Retention) *content.Retention {
	if r == nil {
		return nil
	}
	return &content.Retention{Duration: r.Duration, From: text(r.From)}
}

func texts(all []content.Text) []content.Text { return each(all, text) }

// text is never null.
func text(t content.Text) content.Text {
	if t == nil {
		return content.Text{}
	}
	return t
}

type factsInput struct {
	Data         []content.Text       `json:"data"`
	Purposes     []content.Text       `json:"purposes"`
	LegalBases   []content.LegalBasis `json:"legal_bases"`
	Retention    *content.Retention   `json:"retention" null:"true" doc:"duration as ISO 8601"`
	Recipients   []content.Recipient  `json:"recipients"`
	Countries    []string             `json:"countries" doc:"ISO 3166-1 alpha-2"`
	BaseRevision *string              `json:"base_revision" null:"true" doc:"the facts revision this was written over; null for the first"`
}

func (in factsInput) facts() *content.Facts {
	return &content.Facts{
		Data: in.Data, Purposes: in.Purposes, LegalBases: in.LegalBases, Retention: in.Retention, Recipients: in.Recipients, Countries: in.Countries,
	}
}
