package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// termJSON is a word that the site explains.
type termJSON struct {
	ID          string       `json:"id"`
	Lang        content.Lang `json:"lang"`
	Term        string       `json:"term"`
	Forms       []string     `json:"forms"`
	Explanation string       `json:"explanation"`
	Example     string       `json:"example"`
	Edition     int          `json:"edition"`
	CreatedAt   time.Time    `json:"created_at"`
	UpdatedAt   time.Time    `json:"updated_at"`
	URL         string       `json:"url" doc:"where readers find it"`
}

func (h *Handlers) termOf(t content.Term) termJSON {
	return termJSON{
		ID: t.ID, Lang: t.Lang, Term: t.Term, Forms: list(t.Forms), Explanation: t.Explanation, Example: t.Example, Edition: t.Edition,
		CreatedAt: stamp(t.Created), UpdatedAt: stamp(t.Updated), URL: h.BaseURL + "/" + string(t.Lang) + "/glossary#" + t.Anchor(),
	}
}

func termID(t content.Term) string { return t.ID }

// ListTerms lists the glossary, which is public.
func (h *Handlers) ListTerms(c *fiber.Ctx) error {
	lang, err := queryLang(c)
	if err != nil {
		return err
	}
	terms, err := h.Glossary.Terms(c.UserContext(), lang)
	if err != nil {
		return err
	}
	return sendList(c, terms, termID, h.termOf)
}

type termInput struct {
	Lang        content.Lang `json:"lang" need:"true"`
	Term        string       `json:"term" need:"true"`
	Forms       []string     `json:"forms" doc:"inflected forms and other spellings"`
	Explanation string       `json:"explanation" need:"true" doc:"at most two plain sentences"`
	Example     string       `json:"example" doc:"one sentence from everyday life"`
}

// CreateTerm adds a term. Readers see it at once.
func (h *Handlers) CreateTerm(c *fiber.Ctx) error {
	in, err := read[termInput](h, c)
	if err != nil {
		return err
	}
	made, err := h.Glossary.Create(c.UserContext(), web.Actor(c), content.Term{
		Lang: in.Lang, Term: in.Term, Forms: in.Forms, Explanation: in.Explanation, Example: in.Example,
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, h.termOf(made))
}

type termPatchInput struct {
	Term        *string  `json:"term"`
	Forms       []string `json:"forms"`
	Explanation *string  `json:"explanation"`
	Example     *string  `json:"example"`
	Edition     int      `json:"edition" doc:"the edition that was read: 409 where it is no longer the newest; 0 writes over it"`
}

// EditTerm changes what is given of a term.
func (h *Handlers) EditTerm(c *fiber.Ctx) error {
	term, in, err := readAt[termPatchInput](h, c, content.CodeTermUnknown)
	if err != nil {
		return err
	}
	edited, err := h.Glossary.Update(c.UserContext(), web.Actor(c), term, in.Edition, func(t *content.Term) {
		for _, field := range []struct {
			to   *string
			from *string
		}{{&t.Term, in.Term}, {&t.Explanation, in.Explanation}, {&t.Example, in.Example}} {
			if field.from != nil {
				*field.to = *field.from
			}
		}
		if in.Forms != nil {
			t.Forms = in.Forms
		}
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.termOf(edited))
}

// DeleteTerm takes a term out.
func (h *Handlers) DeleteTerm(c *fiber.Ctx) error {
	term, err := id(c, content.CodeTermUnknown)
	if err != nil {
		return err
	}
	if err := h.Glossary.Delete(c.UserContext(), web.Actor(c), term); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// starterJSON is a built-in term that the glossary does not have yet.
type starterJSON struct {
	Lang        content.Lang `json:"lang"`
	Term        string       `json:"term"`
	Forms       []string     `json:"forms"`
	Explanation string       `json:"explanation"`
	Example     string       `json:"example"`
}

// ListStarters lists the built-in terms of a language that can be taken over.
func (h *Handlers) ListStarters(c *fiber.Ctx) error {
	lang, err := queryLang(c)
	if err != nil {
		return err
	}
	if lang == content.NoLang {
		return badField("lang", content.CodeRequired, nil)
	}
	terms, err := h.Glossary.Starters(c.UserContext(), web.Actor(c), lang)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, listOf[starterJSON]{Items: each(terms, func(t content.Term) starterJSON {
		return starterJSON{t.Lang, t.Term, list(t.Forms), t.Explanation, t.Example}
	})})
}

type adoptInput struct {
	Lang  content.Lang `json:"lang" need:"true"`
	Terms *[]string    `json:"terms" doc:"names of built-in terms; all of them where it is not given"`
}

// AdoptTerms takes built-in terms over into the glossary.
func (h *Handlers) AdoptTerms(c *fiber.Ctx) error {
	in, err := read[adoptInput](h, c)
	if err != nil {
		return err
	}
	var names []string
	if in.Terms != nil {
		names = append([]string{}, *in.Terms...)
	}
	made, err := h.Glossary.Adopt(c.UserContext(), web.Actor(c), in.Lang, names)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, listOf[termJSON]{Items: each(made, h.termOf)})
}
