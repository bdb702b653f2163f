package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Look is what makes a site a company's own.
type Look struct {
	// Accent is the colour of links and of the next thing to do on light paper; "" for the house's own.
	Accent Colour `json:"accent"`
	// AccentDark is the same on dark paper; "" makes it of Accent.
	AccentDark Colour `json:"accent_dark"`
	// Headline and Lead stand on the front page instead of the house's own words.
	Headline Text `json:"headline"`
	Lead     Text `json:"lead"`
	// Note, Contact and Officer (for data protection) stand at the foot of every page.
	Note    Text `json:"note"`
	Contact Text `json:"contact"`
	Officer Text `json:"officer"`
	// Imprint is where it stands: an address in each language.
	Imprint Text         `json:"imprint"`
	Links   []FooterLink `json:"links"`
	// Logo is set by Site.SetLogo only.
	Logo *LogoRef `json:"logo,omitempty"`
}

// FooterLink is one more link at the foot of every page.
type FooterLink struct {
	Label Text `json:"label"`
	URL   Text `json:"url"`
}

// LogoRef says which picture is the logo. Its hash is its name.
type LogoRef struct {
	Hash   string `json:"hash"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Logo is the picture, as PNG.
type Logo struct {
	LogoRef
	PNG []byte `json:"png"`
}

// Limits of a Look.
const (
	maxFooterLinks = 8
	maxLookText    = 600
)

// Dark is the accent for dark paper; "" where the site has none of its own.
func (l Look) Dark() Colour {
	if l.AccentDark != "" || l.Accent == "" {
		return l.AccentDark
	}
	return DarkScheme().Nearest(l.Accent)
}

func (l *Look) texts() map[string]*Text {
	return map[string]*Text{
		"headline": &l.Headline, "lead": &l.Lead, "note": &l.Note, "contact": &l.Contact, "officer": &l.Officer, "imprint": &l.Imprint,
	}
}

// drop forgets what was said in a language that the site no longer has.
func (l *Look) drop(lang Lang) {
	for _, text := range l.texts() {
		delete(*text, lang)
	}
	for _, link := range l.Links {
		delete(link.Label, lang)
		delete(link.URL, lang)
	}
}

func (l *Look) check(p *problems, languages []Lang) {
	l.Accent, l.AccentDark = tidyColour(l.Accent), tidyColour(l.AccentDark)
	LightScheme().checkAccent(p, "look.accent", l.Accent)
	DarkScheme().checkAccent(p, "look.accent_dark", l.AccentDark)
	texts := l.texts()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		*texts[name] = texts[name].trimmed()
		texts[name].check(p, "look."+name, languages, maxLookText)
	}
	checkAddresses(p, "look.imprint", l.Imprint)
	l.Links = kept(l.Links, func(link *FooterLink) bool {
		link.Label, link.URL = link.Label.trimmed(), link.URL.trimmed()
		return len(link.Label)+len(link.URL) > 0
	})
	checkCount(p, "look.links", len(l.Links), maxFooterLinks)
	for i, link := range l.Links {
		link.check(p, fmt.Sprintf("look.links.%d", i), languages)
	}
}

func (f FooterLink) check(p *problems, field string, languages []Lang) {
	f.Label.check(p, field+".label", languages, maxLabel)
	f.URL.check(p, field+".url", languages, maxURL)
	checkAddresses(p, field+".url", f.URL)
	for _, lang := range f.Label.langs() {
		if f.URL[lang] == "" {
			p.add(field+".url."+string(lang), CodeRequired, nil)
		}
	}
	for _, lang := range f.URL.langs() {
		if f.Label[lang] == "" {
			p.add(field+".label."+string(lang), CodeRequired, nil)
		}
	}
}

func checkAddresses(p *problems, field string, addresses Text) {
	for _, lang := range addresses.langs() {
		if !safeLink(addresses[lang]) {
			p.add(field+"."+string(lang), CodeLinkForm, Args{"Value": addresses[lang]})
		}
	}
}

func tidyColour(c Colour) Colour {
	s := strings.ToLower(strings.TrimSpace(string(c)))
	if s != "" && !strings.HasPrefix(s, "#") {
		s = "#" + s
	}
	if len(s) == 4 { // "#abc"
		s = "#" + strings.Repeat(s[1:2], 2) + strings.Repeat(s[2:3], 2) + strings.Repeat(s[3:4], 2)
	}
	return Colour(s)
}
