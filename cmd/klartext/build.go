package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"

	"klartext/server"
	"klartext/server/export"
	"klartext/server/restraint"
)

// buildCommand writes the public site as files.
type buildCommand struct {
	Dir string `arg:"" help:"Folder to write into: an empty one, or that of an earlier build, in which only what changed is written."`
}

// Run writes the site. Links that lead nowhere are told, and no failure.
func (c *buildCommand) Run(p *program) error {
	return p.with(func(s *services) error {
		s.static = true
		watch := restraint.Watch(slog.DiscardHandler)
		house, site, err := p.house(s, slog.New(watch))
		if err != nil {
			return err
		}
		check := &server.SelfCheck{Server: house, Schema: s.store, Log: watch, Now: p.now}
		if err := errors.Join(site.Refresh(p.ctx), check.Once(p.ctx), site.Refresh(p.ctx)); err != nil {
			return err
		}
		missing, langs := map[string]string{}, site.Site().Languages()
		for lang, path := range site.MissingPaths() {
			missing[string(lang)] = path
		}
		missing[""] = missing[string(langs[0])]
		var moves []export.Move
		for _, move := range site.Moves() {
			moves = append(moves, export.Move(move))
		}
		result, err := export.Build(p.ctx, c.Dir, export.Site{
			Fetch:  func(path string) export.Answer { return export.Answer(house.Fetch(path)) },
			Packed: site.Packed, Addresses: site.Addresses(), Missing: missing, Moves: moves, BaseURL: p.config.BaseURL,
			Lasting: site.Lasting, Apart: []string{"/admin", "/api", "/healthz", "/readyz"},
		})
		if err != nil {
			return fmt.Errorf("build %s: %w", c.Dir, err)
		}
		return p.sayBuilt(c.Dir, result)
	})
}

func (p *program) sayBuilt(dir string, result export.Result) error {
	for _, broken := range result.Broken {
		if _, err := fmt.Fprintf(p.stderr, "klartext: %s has a link to %s, where there is nothing\n", printable(broken.From), printable(broken.To)); err != nil {
			return fmt.Errorf("tell of a broken link: %w", err)
		}
	}
	if base, err := url.Parse(p.config.BaseURL); err == nil && net.ParseIP(base.Hostname()).IsLoopback() {
		if _, err := fmt.Fprintf(p.stderr, "klartext: the files carry the address %s; set KLARTEXT_BASE_URL to the one that readers will use\n", p.config.BaseURL); err != nil {
			return fmt.Errorf("tell of the address: %w", err)
		}
	}
	return p.say("%s: %d files, %d written, %d removed\n", dir, result.Files, result.Written, result.Removed)
}
