package view

import "klartext/content"

// LookPage is for what makes the public site a company's own, and for its front page.
type LookPage struct {
	Admin
	Languages []content.Lang
	Featured  []string // slugs, one for each place
	Entries   []Choice // to choose from: slug and title
	Look      content.Look
	Links     []content.FooterLink // with blank ones to fill in
	LogoURL   string
}
