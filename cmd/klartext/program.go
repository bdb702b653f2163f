package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"klartext/content"
	"klartext/content/branding"
	"klartext/content/clarity"
	"klartext/content/markdown"
	"klartext/content/password"
	"klartext/content/picture"
	"klartext/content/plain"
	"klartext/content/sqlstore"
	"klartext/content/vault"
	"klartext/publishers"
	"klartext/publishers/mastodon"
	"klartext/publishers/outbound"
	"klartext/publishers/webhook"
	"klartext/publishers/x"
	"klartext/server/admin"
	"klartext/server/locale"
)

// program is what every command gets: where it runs, and how it is set.
type program struct {
	ctx    context.Context //nolint:containedctx // the command's own, for its whole life
	config config
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    content.Clock
}

// services are the domain on one open database.
type services struct {
	store      *sqlstore.Store
	renderer   content.Renderer
	plain      *plain.Checker
	checker    *clarity.Checker
	checks     *content.Checks
	glossary   *content.Glossary
	editor     *content.Editor
	changes    *content.Changes
	pictures   *content.Pictures
	accounts   *content.Accounts
	site       *content.Site
	channels   *content.Channels
	renewals   *content.Renewals
	consents   *content.Consents
	deliveries *content.Deliveries
	questions  *content.Questions
	votes      *content.Votes
	networks   map[string]content.Network
	publishers map[string]publishers.Publisher
	vault      *vault.Vault
	static     bool // readers get files, see build
}

// drivers is the table of networks: a new one is a folder under publishers and a line here.
func drivers(config config) []publishers.Driver {
	client := outbound.New(outbound.Options{AllowPrivate: config.AllowPrivateNetwork})
	ours := outbound.New(outbound.Options{AllowPrivate: true}) // for addresses that the operator configured
	return []publishers.Driver{
		mastodon.New(client, config.AllowPrivateNetwork),
		x.New(config.XAPIURL, ours),
		webhook.New(client, config.AllowPrivateNetwork),
	}
}

// open opens the database, migrates it where that is needed, and puts the services on it.
func (p *program) open() (*services, error) {
	if err := os.MkdirAll(p.config.Data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made (set KLARTEXT_DATA to a folder that can be written): %w", err)
	}
	keys, err := p.keys()
	if err != nil {
		return nil, err
	}
	store, err := sqlstore.Open(p.ctx, p.config.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("the database cannot be opened (KLARTEXT_DATABASE_URL): %w", err)
	}
	if err := p.checkKeys(store, keys); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	checker, err := plain.New()
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return p.services(store, keys, checker), nil
}

// services are the domain on an open database.
func (p *program) services(store *sqlstore.Store, keys *vault.Vault, checker *plain.Checker) *services {
	s := &services{store: store, vault: keys, renderer: markdown.NewDomain(), plain: checker, checker: clarity.New(checker)}
	s.checks = &content.Checks{Store: store, Checker: s.checker, Now: p.now}
	s.glossary = &content.Glossary{Store: store, Checker: s.checker, Now: p.now}
	s.networks, s.publishers = publishers.Networks(drivers(p.config)...)
	s.editor = &content.Editor{Store: store, Renderer: s.renderer, Now: p.now}
	s.changes = &content.Changes{Store: store, Channels: store, Networks: s.networks, BaseURL: p.config.BaseURL, Checks: s.checks, Now: p.now}
	s.pictures = &content.Pictures{Store: store, Maker: picture.New(), Now: p.now}
	s.accounts = &content.Accounts{Store: store, Passwords: password.New(), Now: p.now}
	s.site = &content.Site{Store: store, Checker: s.checker, Logos: branding.Logos{}, Now: p.now}
	s.renewals = &content.Renewals{Store: store, Vault: keys, Networks: s.networks, Now: p.now}
	s.channels = &content.Channels{Store: store, Networks: s.networks, Vault: keys, Now: p.now}
	s.consents = &content.Consents{Store: store, Channels: s.channels, Redirect: p.config.BaseURL + admin.CallbackPath}
	s.deliveries = &content.Deliveries{
		Store: store, Networks: s.networks, Can: publishers.Abilities(s.publishers), Pace: p.pace(s), Now: p.now,
	}
	s.questions, s.votes = &content.Questions{Store: store, Now: p.now}, &content.Votes{Store: store, Now: p.now}
	return s
}

func (p *program) keys() (*vault.Vault, error) {
	if p.config.SecretKey != "" {
		keys, err := vault.Parse(p.config.SecretKey)
		if err != nil {
			return nil, fmt.Errorf("KLARTEXT_SECRET_KEY: %w", err)
		}
		return keys, nil
	}
	keys, err := vault.Load(p.config.SecretKeyFile)
	if err != nil {
		return nil, fmt.Errorf("the key file (KLARTEXT_SECRET_KEY_FILE): %w", err)
	}
	return keys, nil
}

// checkKeys refuses to go on where the channels' credentials were encrypted with a key that is not there.
func (p *program) checkKeys(store *sqlstore.Store, keys *vault.Vault) error {
	sealed, err := store.SealedSettings(p.ctx)
	if err != nil {
		return err
	}
	if err := keys.Check(sealed); err != nil {
		return fmt.Errorf("%w. Put the key file back that belongs to this database (KLARTEXT_SECRET_KEY_FILE)", err)
	}
	return nil
}

// with runs f on open services and closes them after it.
func (p *program) with(f func(s *services) error) error {
	s, err := p.open()
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.store.Close())
}

// logHandler writes text where people look and JSON where programs do.
func (p *program) logHandler() slog.Handler {
	var level slog.Level
	_ = level.UnmarshalText([]byte(p.config.Log)) // the parser let only these words in
	options := &slog.HandlerOptions{Level: level}
	if f, ok := p.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return slog.NewTextHandler(p.stderr, options)
	}
	return slog.NewJSONHandler(p.stderr, options)
}

// explain says in words what went wrong. Mistakes of people have their sentence in the locale; all else is for operators, who get the cause.
func explain(err error) string {
	if content.KindOf(err) == content.Internal {
		return err.Error()
	}
	catalog, loadErr := locale.Load()
	if loadErr != nil {
		return err.Error()
	}
	printer := catalog.Printer("en")
	lines := []string{printer.Error(err)}
	fields := printer.FieldErrors(err)
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		lines = append(lines, fmt.Sprintf("  %s: %s", field, fields[field]))
	}
	return strings.Join(lines, "\n")
}

// proxies are the networks whose X-Forwarded-For is believed.
func (c *config) proxies() []netip.Prefix {
	list := make([]netip.Prefix, 0, len(c.TrustedProxies))
	for _, cidr := range c.TrustedProxies {
		if prefix, err := netip.ParsePrefix(cidr); err == nil { // check refused all others
			list = append(list, prefix)
		}
	}
	return list
}
