package public

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"regexp"
	"strings"

	"klartext/server/theme"
	"klartext/static"
)

// inlineStyle is what stands in every page: one request before the first paint. A theme's comes last.
func inlineStyle(assets *static.Assets, own *theme.Theme) template.CSS {
	var css strings.Builder
	for _, name := range []string{"tokens.css", "public.css", "glossary.css"} {
		if file, ok := assets.File(name); ok {
			css.Write(file.Content)
		}
	}
	all := shrink(css.String())
	if own != nil {
		all += own.CSS
	}
	return template.CSS(all) //nolint:gosec // our own files, and a theme's that its package checked
}

// shrink takes comments and blanks out. It keeps blanks around + and -, which
// calc needs, and before a colon or a dot, where they mean "inside of".
func shrink(css string) string {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	css = regexp.MustCompile(`\s+`).ReplaceAllString(css, " ")
	css = regexp.MustCompile(`\s*([{};,>])\s*`).ReplaceAllString(css, "$1")
	css = regexp.MustCompile(`: `).ReplaceAllString(css, ":")
	return strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
}

// hashOf is a style sheet as a Content-Security-Policy names it.
func hashOf(style template.CSS) string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// headerLine is a header that every answer to a reader has.
type headerLine struct{ name, value string }

// policyFor allows this style, our own pictures and forms, and nothing else; connect-src lets tools that look at a page
// from inside it, such as Lighthouse, read robots.txt. No script runs, but where more lets one of ours. Fonts are a theme's only.
func (h *Handlers) policyFor(style template.CSS, more ...string) string {
	if h.deps.Theme != nil && h.deps.Theme.HasFonts() {
		more = append(more, "font-src 'self'")
	}
	return strings.Join(append([]string{
		"default-src 'none'", "style-src '" + hashOf(style) + "'", "img-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, more...), "; ")
}

func frameHeaders(policy string, https bool) []headerLine {
	lines := []headerLine{
		{"Content-Security-Policy", policy},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		{"Referrer-Policy", "same-origin"},
	}
	if https { // browsers ignore both elsewhere, the second with a complaint
		lines = append(lines, headerLine{"Cross-Origin-Opener-Policy", "same-origin"}, headerLine{"Strict-Transport-Security", "max-age=31536000; includeSubDomains"})
	}
	return lines
}
