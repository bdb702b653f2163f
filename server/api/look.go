package api

import (
	"encoding/base64"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// lookJSON is what makes the site a company's own.
type lookJSON struct {
	Accent     content.Colour   `json:"accent" doc:"#rrggbb; empty for the house's own"`
	AccentDark content.Colour   `json:"accent_dark" doc:"the same on dark paper; empty where it is made of accent"`
	Headline   content.Text     `json:"headline"`
	Lead       content.Text     `json:"lead"`
	Note       content.Text     `json:"note"`
	Contact    content.Text     `json:"contact"`
	Officer    content.Text     `json:"officer" doc:"for data protection"`
	Imprint    content.Text     `json:"imprint" doc:"an address in each language"`
	Links      []footerLinkJSON `json:"links"`
	Logo       *logoJSON        `json:"logo" doc:"null where there is none"`
}

type footerLinkJSON struct {
	Label content.Text `json:"label"`
	URL   content.Text `json:"url"`
}

type logoJSON struct {
	URL    string `json:"url" doc:"a path of this site"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

func lookOf(l content.Look) lookJSON {
	out := lookJSON{
		Accent: l.Accent, AccentDark: l.AccentDark, Headline: text(l.Headline), Lead: text(l.Lead), Note: text(l.Note),
		Contact: text(l.Contact), Officer: text(l.Officer), Imprint: text(l.Imprint),
		Links: each(l.Links, func(f content.FooterLink) footerLinkJSON { return footerLinkJSON{text(f.Label), text(f.URL)} }),
	}
	if l.Logo != nil {
		out.Logo = &logoJSON{URL: "/logo/" + l.Logo.Hash + ".png", Width: l.Logo.Width, Height: l.Logo.Height}
	}
	return out
}

// lookInput changes what is given.
type lookInput struct {
	Accent     *content.Colour   `json:"accent" doc:"text in it must have a contrast of 7:1; the error names the nearest that has"`
	AccentDark *content.Colour   `json:"accent_dark"`
	Headline   content.Text      `json:"headline"`
	Lead       content.Text      `json:"lead"`
	Note       content.Text      `json:"note"`
	Contact    content.Text      `json:"contact"`
	Officer    content.Text      `json:"officer"`
	Imprint    content.Text      `json:"imprint"`
	Links      []footerLinkInput `json:"links"`
}

type footerLinkInput struct {
	Label content.Text `json:"label" need:"true"`
	URL   content.Text `json:"url" need:"true"`
}

func (in *lookInput) over(look *content.Look) {
	if in.Accent != nil {
		look.Accent = *in.Accent
	}
	if in.AccentDark != nil {
		look.AccentDark = *in.AccentDark
	}
	for _, t := range []struct {
		given content.Text
		into  *content.Text
	}{
		{in.Headline, &look.Headline},
		{in.Lead, &look.Lead},
		{in.Note, &look.Note},
		{in.Contact, &look.Contact},
		{in.Officer, &look.Officer},
		{in.Imprint, &look.Imprint},
	} {
		if t.given != nil {
			*t.into = t.given
		}
	}
	if in.Links != nil {
		look.Links = each(in.Links, func(f footerLinkInput) content.FooterLink { return content.FooterLink{Label: f.Label, URL: f.URL} })
	}
}

type logoInput struct {
	Image string `json:"image" need:"true" doc:"PNG, JPEG or WebP in base64, at most 700 kB"`
}

// SetLogo gives the site a logo.
func (h *Handlers) SetLogo(c *fiber.Ctx) error {
	in, err := read[logoInput](h, c)
	if err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(in.Image)
	if err != nil || len(raw) == 0 {
		return badField("image", content.CodeLogoForm, nil)
	}
	settings, err := h.Site.SetLogo(c.UserContext(), web.Actor(c), raw)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.settingsOf(settings, true))
}

// RemoveLogo takes the logo away.
func (h *Handlers) RemoveLogo(c *fiber.Ctx) error {
	settings, err := h.Site.SetLogo(c.UserContext(), web.Actor(c), nil)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, h.settingsOf(settings, true))
}

func removeLogo() operation {
	op := get[settingsJSON]("/settings/logo", "removeLogo", content.ManageSettings, "Take the logo away")
	op.method = http.MethodDelete
	return op
}
