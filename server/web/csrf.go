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
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	switch {
	case site == "same-origin" || site == "none":
		return nil
	case site != "":
		return content.Fail(content.Forbidden, CodeForged, nil)
	case origin != "":
		u, err := url.Parse(origin)
		if err == nil && u.Host != "" && (strings.EqualFold(u.Host, string(c.Request().Host())) || strings.EqualFold(u.Host, host)) {
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
