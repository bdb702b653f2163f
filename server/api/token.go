package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// tokenJSON is an API token without its secret.
type tokenJSON struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt *time.Time `json:"expires_at" doc:"null: never"`
	RevokedAt *time.Time `json:"revoked_at"`
	UsedAt    *time.Time `json:"used_at"`
}

// newToken is a token with its secret, which is told once.
type newToken struct {
	tokenJSON
	Token string `json:"token" doc:"told this once and stored only as a hash"`
}

func tokenOf(t content.Token) tokenJSON {
	return tokenJSON{
		ID: t.ID, Name: t.Name, CreatedAt: stamp(t.Created), ExpiresAt: moment(t.Expires), RevokedAt: moment(t.Revoked), UsedAt: moment(t.Used),
	}
}

// ListTokens lists one's own tokens.
func (h *Handlers) ListTokens(c *fiber.Ctx) error {
	actor := web.Actor(c)
	tokens, err := h.Accounts.Tokens(c.UserContext(), actor, actor.UserID)
	if err != nil {
		return err
	}
	return sendList(c, tokens, func(t content.Token) string { return t.ID }, tokenOf)
}

type tokenInput struct {
	Name      string  `json:"name" need:"true"`
	ExpiresAt *string `json:"expires_at" format:"date-time" null:"true" doc:"null: never"`
}

// AddToken makes a token of one's own.
func (h *Handlers) AddToken(c *fiber.Ctx) error {
	in, err := read[tokenInput](h, c)
	if err != nil {
		return err
	}
	life, err := h.lifeUntil(in.ExpiresAt)
	if err != nil {
		return err
	}
	holdsSecret(c)
	actor := web.Actor(c)
	token, secret, err := h.Accounts.AddToken(c.UserContext(), actor, in.Name, actor.UserID, life)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, newToken{tokenOf(token), secret})
}

// lifeUntil is how long from now; 0 for ever.
func (h *Handlers) lifeUntil(end *string) (time.Duration, error) {
	if end == nil {
		return 0, nil
	}
	at, err := time.Parse(time.RFC3339, *end)
	if err != nil {
		return 0, badField("expires_at", CodeMoment, content.Args{"Value": *end})
	}
	life := at.Sub(h.Now())
	if life <= 0 {
		return 0, badField("expires_at", CodePast, nil)
	}
	return life, nil
}

// RevokeToken ends a token at once.
func (h *Handlers) RevokeToken(c *fiber.Ctx) error {
	id, err := id(c, content.CodeTokenUnknown)
	if err != nil {
		return err
	}
	if err := h.Accounts.RevokeToken(c.UserContext(), web.Actor(c), id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
