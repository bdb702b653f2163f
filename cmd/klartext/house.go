package main

import (
	"fmt"
	"log/slog"

	"klartext/content"
	"klartext/content/branding"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/theme"
	"klartext/server/view"
	"klartext/static"
)

// house puts the pages and the API on the services.
func (p *program) house(s *services, log *slog.Logger) (*server.Server, *public.Handlers, error) {
	catalog, err := locale.Load()
	if err != nil {
		return nil, nil, err
	}
	assets, err := static.New(p.config.Dev)
	if err != nil {
		return nil, nil, err
	}
	own, views, err := p.views(catalog, assets)
	if err != nil {
		return nil, nil, err
	}
	identity, err := s.store.Identity(p.ctx, content.NewIdentity(p.config.BaseURL, p.now()), p.now())
	if err != nil {
		return nil, nil, err
	}
	cards, err := branding.NewCards()
	if err != nil {
		return nil, nil, err
	}
	readers := public.Deps{
		Store: s.store, Ledger: s.store, Markdown: s.renderer, Words: s.checker, Views: views, Catalog: catalog, Assets: assets,
		Log: log, Now: p.now, BaseURL: p.config.BaseURL, Dev: p.config.Dev, Identity: identity, Hub: p.config.WebSubHub, Static: s.static, Theme: own,
		Cards: cards, Proxies: p.config.proxies(),
	}
	if !s.static { // files cannot listen
		readers.Questions, readers.Votes, readers.Forms = s.questions, s.votes, s.vault
	}
	site := public.New(readers)
	editors := admin.New(admin.Deps{
		Accounts: s.accounts, Site: s.site, Editor: s.editor, Changes: s.changes, Pictures: s.pictures, Channels: s.channels, Consents: s.consents, Deliveries: s.deliveries,
		Checks: s.checks, Glossary: s.glossary, Words: s.checker, Questions: s.questions, Votes: s.votes, Views: views, BaseURL: p.config.BaseURL, Proxies: p.config.proxies(), Log: log, Now: p.now,
	})
	s.changes.SentenceEnds = s.plain.SentenceEnds
	programs, err := api.New(api.Deps{
		Editor: s.editor, Changes: s.changes, Pictures: s.pictures, Site: s.site, Accounts: s.accounts, Channels: s.channels, Consents: s.consents, Deliveries: s.deliveries,
		Questions: s.questions, Votes: s.votes, Requests: s.store, Checker: s.plain, Words: s.checker, Checks: s.checks, Glossary: s.glossary, Published: site.Site, Theme: own, BaseURL: p.config.BaseURL, Version: versionText(), Now: p.now, Log: log,
	})
	if err != nil {
		return nil, nil, err
	}
	house, err := server.New(server.Deps{
		Public: site, Admin: editors, API: programs, Views: views, Catalog: catalog, Log: log,
		BaseURL: p.config.BaseURL, Listen: p.config.Listen,
	})
	return house, site, err
}

// views reads the operator's theme, where one is set, and tries every page with it.
func (p *program) views(catalog *locale.Catalog, assets *static.Assets) (*theme.Theme, *view.Views, error) {
	folder := p.config.Theme
	if folder == "" {
		views, err := view.New(catalog, assets, p.config.Dev)
		return nil, views, err
	}
	own, err := theme.Read(folder, catalog.Langs())
	if err != nil {
		return nil, nil, themeFault(folder, err)
	}
	views, err := view.NewThemed(catalog, assets, p.config.Dev, own)
	return own, views, themeFault(folder, err)
}

// themeFault says whose fault it is, and where to read on.
func themeFault(folder string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the theme in %s (KLARTEXT_THEME) cannot be used; docs/theme.md says what a theme may have:\n%w", folder, err)
}
