// Package web is what all handlers share about one request: who acts, in
// which language to answer, what the form says. It does not know any page.
package web

import (
	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
)

// local is the type of the keys under which a request carries its own things.
type local int

const (
	localUser local = iota
	localVia
	localPrinter
	localCatalog
	localSession
)

// SetUser notes who is logged in; via is "session" or "token".
func SetUser(c *fiber.Ctx, user content.User, via string) {
	c.Locals(localUser, user)
	c.Locals(localVia, via)
}

// User is who is logged in; false for a stranger.
func User(c *fiber.Ctx) (content.User, bool) {
	user, ok := c.Locals(localUser).(content.User)
	return user, ok
}

// Actor is who acts; the zero Actor for a stranger.
func Actor(c *fiber.Ctx) content.Actor {
	user, ok := User(c)
	if !ok {
		return content.Actor{}
	}
	via, _ := c.Locals(localVia).(string)
	return user.Actor(via)
}

// SetSession notes the secret to which the tokens in this request's forms are bound.
func SetSession(c *fiber.Ctx, secret string) { c.Locals(localSession, secret) }

// Session is the secret that SetSession noted, or "".
func Session(c *fiber.Ctx) string {
	secret, _ := c.Locals(localSession).(string)
	return secret
}

// Speak is the middleware that lets Printer and Lang work.
func Speak(catalog *locale.Catalog) fiber.Handler {
	return func(c *fiber.Ctx) error {
		SetCatalog(c, catalog)
		return c.Next()
	}
}

// SetCatalog does the same for one request.
func SetCatalog(c *fiber.Ctx, catalog *locale.Catalog) { c.Locals(localCatalog, catalog) }

// Printer speaks the language that the request should be answered in: the
// user's choice, or else the best of Accept-Language. It needs Speak before it.
func Printer(c *fiber.Ctx) *locale.Printer {
	if p, ok := c.Locals(localPrinter).(*locale.Printer); ok {
		return p
	}
	catalog, ok := c.Locals(localCatalog).(*locale.Catalog)
	if !ok {
		panic("web: Printer without Speak")
	}
	lang := catalog.Match(c.Get(fiber.HeaderAcceptLanguage))
	if user, ok := User(c); ok && user.Lang != "" {
		lang = user.Lang
	}
	p := catalog.Printer(lang)
	c.Locals(localPrinter, p)
	return p
}

// Lang is the language of the answer.
func Lang(c *fiber.Ctx) content.Lang { return Printer(c).Lang }
