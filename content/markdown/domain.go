package markdown

import (
	"context"
	"errors"

	"klartext/content"
)

// Domain is a Renderer as package content asks for it: its refusals are errors that a person can read.
type Domain struct{ *Renderer }

// NewDomain returns a Domain, ready to use.
func NewDomain() Domain { return Domain{New()} }

// Render is Renderer.Render.
func (d Domain) Render(ctx context.Context, source string) (string, error) {
	html, err := d.Renderer.Render(ctx, source)
	return html, forPeople(err)
}

// RenderUnder is Renderer.RenderUnder.
func (d Domain) RenderUnder(ctx context.Context, source string, level int) (string, error) {
	html, err := d.Renderer.RenderUnder(ctx, source, level)
	return html, forPeople(err)
}

// FromHTML is FromHTML, without its report. An empty text stays empty.
func (Domain) FromHTML(source string) (string, error) {
	if source == "" {
		return "", nil
	}
	converted, _, err := FromHTML(source)
	return converted, forPeople(err)
}

// Sections is Sections, without plain summaries: those are for people to write.
func (Domain) Sections(source string) []content.Section {
	cut := Sections(source)
	sections := make([]content.Section, 0, len(cut))
	for _, s := range cut {
		sections = append(sections, content.Section{ID: s.ID, Heading: s.Heading, Body: s.Body})
	}
	return sections
}

// Version is Version.
func (Domain) Version() string { return Version }

func forPeople(err error) error {
	guard, refused := errors.AsType[*GuardError](err)
	switch {
	case err == nil:
		return nil
	case refused:
		args := content.Args{"Limit": guard.Limit, "Found": guard.Found}
		return &content.Error{Kind: content.Invalid, Code: content.RenderCode(guard.Reason), Args: args, Err: err}
	case errors.Is(err, ErrBusy):
		return &content.Error{Kind: content.Unavailable, Code: content.CodeRenderBusy, Err: err}
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeCannotRender, Err: err}
}
