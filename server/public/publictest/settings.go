package publictest

import (
	"context"

	"klartext/content"
)

// Set changes the site's settings, unchecked.
func (s *Store) Set(change func(*content.Settings)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	change(&s.settings)
}

// SetLogo gives the site a logo.
func (s *Store) SetLogo(logo content.Logo) {
	s.Set(func(settings *content.Settings) { settings.Look.Logo = &logo.LogoRef })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.logo = logo
}

// Logo is the one that was set; NotFound where there is none.
func (s *Store) Logo(context.Context) (content.Logo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.logo.Hash == "" {
		return s.logo, content.Fail(content.NotFound, content.CodeLogoUnknown, nil)
	}
	return s.logo, nil
}

// Explain sets the terms of the glossary.
func (s *Store) Explain(terms ...content.Term) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	s.terms = terms
}
