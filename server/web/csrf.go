package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// CSRFField is the form field that carries the token.
const CSRFField = "_csrf"

// CSRFToken is bound to the session's secret and tells nothing about it. A request without a session has none.
func CSRFToken(c *fiber.Ctx) string {
	secret := Session(c)
	if secret == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("klartext form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// CheckForged refuses an unsafe request that another site may have caused. It
// follows the rule of net/http.CrossOriginProtection; where a browser sends
// neither header, the form must carry the session's token.
// host is the public one, which a proxy in front may have replaced in the request.
func CheckForged(c *fiber.Ctx, host string) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return nil
	}
	if own, said := fromOwnPage(c, host); said {
		if own {
			return nil
		}
		return content.Fail(content.Forbidden, CodeForged, nil)
	}
	want := CSRFToken(c)
	got := string(c.Request().PostArgs().Peek(CSRFField))
	if want != "" && IsUpload(c) {
		form, _, _ := ReadUpload(c) // what cannot be read has no token
		got = form.Get(CSRFField)
	}
	if want == "" || !hmac.Equal([]byte(got), []byte(want)) {
		return content.Fail(content.Forbidden, CodeForged, nil)
	}
	return nil
}

// CheckForeign refuses what the page of another site sends. It is for forms of
// strangers, who have no session that such a page could use: a browser that says
// nothing of where a form stood is let in.
func CheckForeign(c *fiber.Ctx, host string) error {
	if own, said := fromOwnPage(c, host); said && !own {
		return content.Fail(content.Forbidden, CodeForged, nil)
	}
	return nil
}

// fromOwnPage tells whether a page of this site sent the request, and whether the browser said so at all.
func fromOwnPage(c *fiber.Ctx, host string) (own, said bool) {
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	switch {
	case site != "":
		return site == "same-origin" || site == "none", true
	case origin != "":
		u, err := url.Parse(origin)
		own = err == nil && u.Host != "" && (strings.EqualFold(u.Host, string(c.Request().Host())) || strings.EqualFold(u.Host, host))
		return own, true
	}
	return false, false
}
