package public

import (
	"context"
	"html/template"
	"net/http"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/view"
)

// dress is the style that stands in the pages of one snapshot, and the policy that allows exactly it; scriptPolicy is
// for the few pages that run a script of ours.
type dress struct {
	style        template.CSS
	policy       string
	scriptPolicy string
}

func (h *Handlers) dressed(style template.CSS) dress {
	return dress{style, h.policyFor(style), h.policyFor(style, "script-src 'self'")}
}

// dressFor puts a site's own colour behind the house's style. On paper there is none: ink is ink.
func (h *Handlers) dressFor(look content.Look) dress {
	if look.Accent == "" && look.AccentDark == "" {
		return h.dressed(h.style)
	}
	var css strings.Builder
	css.WriteString(string(h.style))
	css.WriteString("@media screen{" + accentRule(content.LightScheme(), look.Accent) + "}")
	css.WriteString("@media screen and (prefers-color-scheme:dark){" + accentRule(content.DarkScheme(), look.Dark()) + "}")
	style := template.CSS(css.String()) //nolint:gosec // our own file, and colours of which content let through six digits
	return h.dressed(style)
}

func accentRule(scheme content.Scheme, accent content.Colour) string {
	if accent == "" {
		return ""
	}
	return ":root{--accent:" + string(accent) + ";--focus:" + string(accent) + ";--accent-wash:" + string(scheme.Wash(accent)) + "}"
}

// own is what the site shows of itself on every page.
func (d *desk) own() view.Own {
	look := d.site.Settings().Look
	own := view.Own{Note: d.lines(look.Note), Contact: d.lines(look.Contact), Officer: d.lines(look.Officer)}
	if logo := look.Logo; logo != nil {
		own.Logo = &view.Logo{URL: logoPath(logo.Hash), Width: (logo.Width + 1) / 2, Height: (logo.Height + 1) / 2}
	}
	if url := d.phrase(look.Imprint); url.Text != "" {
		own.Links = append(own.Links, view.Link{Text: d.printer.T("look.imprint"), URL: url.Text})
	}
	for _, link := range look.Links {
		label := d.phrase(link.Label)
		if url := d.phrase(link.URL); url.Text != "" && label.Text != "" {
			own.Links = append(own.Links, view.Link{Text: label.Text, URL: url.Text, Lang: label.Lang})
		}
	}
	return own
}

var addressInText = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>"]*[\w/]`)

// lines finds mail and web addresses in a text, so that they can be followed.
func (d *desk) lines(t content.Text) view.Lines {
	text, lang := t.In(d.lang, d.site.Languages()...)
	out, from := view.Lines{Lang: d.other(lang)}, 0
	for _, at := range addressInText.FindAllStringIndex(text, -1) {
		if at[0] > from {
			out.Parts = append(out.Parts, view.Link{Text: text[from:at[0]]})
		}
		address := text[at[0]:at[1]]
		link := view.Link{Text: address, URL: address}
		if !strings.HasPrefix(address, "http") {
			link.URL = "mailto:" + address
		}
		out.Parts, from = append(out.Parts, link), at[1]
	}
	if from < len(text) {
		out.Parts = append(out.Parts, view.Link{Text: text[from:]})
	}
	return out
}

func logoPath(hash string) string { return "/logo/" + hash + ".png" }

// ShowLogo answers with the site's logo. Its address carries its hash, so it may be kept for ever.
func (h *Handlers) ShowLogo(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return err
	}
	ref := s.site.Settings().Look.Logo
	if ref == nil || c.Path() != logoPath(ref.Hash) {
		return c.Next()
	}
	return h.send(c, s, h.demand(s, 0, c.Path(), h.logo(ref.Hash)))
}

func (h *Handlers) logo(hash string) builder {
	return func(ctx context.Context, _ *snapshot) (document, error) {
		logo, err := h.deps.Store.Logo(ctx)
		if err != nil {
			return document{}, err
		}
		if logo.Hash != hash { // another one was set at this moment
			return document{}, content.Fail(content.NotFound, content.CodeLogoUnknown, nil)
		}
		return document{http.StatusOK, "image/png", logo.PNG}, nil
	}
}
