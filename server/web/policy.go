package web

import (
	"crypto/rand"

	"github.com/gofiber/fiber/v2"
)

// Policy is the Content-Security-Policy of everything but the public pages, which bring their own. With a nonce, a
// script of ours may bring one style sheet of its own.
func Policy(nonce string) string {
	style := "'self'"
	if nonce != "" {
		style += " 'nonce-" + nonce + "'"
	}
	return "default-src 'none'; script-src 'self'; style-src " + style + "; img-src 'self'; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
}

// StyleNonce makes a nonce for this one answer and allows it. Only the page of the text editor needs one.
func StyleNonce(c *fiber.Ctx) string {
	nonce := rand.Text()
	c.Set(fiber.HeaderContentSecurityPolicy, Policy(nonce))
	return nonce
}
