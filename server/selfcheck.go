package server

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"klartext/content"
	"klartext/server/public"
	"klartext/server/restraint"
)

// Schema knows the tables.
type Schema interface {
	// Columns lists every column as "table.column".
	Columns(ctx context.Context) ([]string, error)
}

// SelfCheck looks at the site's own answers as a reader gets them, at the log and the tables, and shows what it found.
type SelfCheck struct {
	Server *Server
	Schema Schema
	Log    restraint.Log
	Now    content.Clock
}

const (
	// sampled is how many pages of entries are looked at, resampled how many after a publication: their
	// pictures, feeds and fragments are made for it, which takes seconds of a processor for a hundred.
	sampled, resampled = 100, 10

	checkEvery = 6 * time.Hour
	// checkPause keeps an editor who publishes every second from having everything looked at every second.
	checkPause = time.Minute
)

// Once looks and shows.
func (c *SelfCheck) Once(ctx context.Context) error { return c.look(ctx, sampled) }

func (c *SelfCheck) look(ctx context.Context, limit int) error {
	site := c.Server.deps.Public
	pages, err := c.fetch(ctx, site.Sample(limit))
	if err != nil {
		return err
	}
	report := restraint.Look(pages, c.Server.deps.BaseURL)
	own, err := c.fetch(ctx, report.Own)
	if err != nil {
		return err
	}
	report = restraint.Look(append(pages, own...), c.Server.deps.BaseURL)
	columns, err := c.Schema.Columns(ctx)
	if err != nil {
		return err
	}
	report.Schema(columns)
	report.Lines, report.Leaks = c.Log.Seen()
	report.At = c.Now()
	site.SetReport(report)
	if !report.Clean() {
		c.Server.deps.Log.Error("the site does not keep what its page about itself promises", slog.Any("found", report))
	}
	return nil
}

func (c *SelfCheck) fetch(ctx context.Context, addresses []string) ([]restraint.Page, error) {
	pages := make([]restraint.Page, 0, len(addresses))
	missing := slices.Collect(maps.Values(c.Server.deps.Public.MissingPaths()))
	for _, address := range addresses {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("look at %s: %w", address, err)
		}
		// In the encoding that is kept anyway.
		answer := c.Server.fetch(address, "br")
		if answer.Header.Get("Content-Encoding") == "br" {
			var err error
			if answer.Body, err = public.Unpack(answer.Body); err != nil {
				return nil, fmt.Errorf("look at %s: %w", address, err)
			}
		}
		if answer.Status == http.StatusNotFound && !slices.Contains(missing, address) {
			continue
		}
		pages = append(pages, restraint.Page{Address: address, Status: answer.Status, Header: answer.Header, Body: answer.Body})
	}
	return pages, nil
}

// pace says when the site looks at itself.
type pace struct {
	seq      int64 // of the publication that was looked at last
	last     time.Time
	thorough time.Time // when the last look at many pages went well
}

// due is how many pages are to be looked at now; 0 where it is too early.
func (p *pace) due(now time.Time, newest int64) int {
	switch {
	case now.Sub(p.last) <= checkPause:
		return 0
	case now.Sub(p.thorough) > checkEvery:
		return sampled
	case newest != p.seq:
		return resampled
	}
	return 0
}

// done notes a look that went well.
func (p *pace) done(now time.Time, newest int64, limit int) {
	if p.seq = newest; limit == sampled {
		p.thorough = now
	}
}

// Run looks after the start, after every publication, and every few hours.
func (c *SelfCheck) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	pace := pace{seq: -1}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now, site := c.Now(), c.Server.deps.Public
		if !site.Ready() {
			continue
		}
		newest := site.Site().Seq()
		limit := pace.due(now, newest)
		if limit == 0 {
			continue
		}
		pace.last = now
		if err := c.look(ctx, limit); err != nil {
			c.Server.deps.Log.Error("the site could not look at itself; it tries again in a minute", slog.Any("error", err))
			continue
		}
		if pace.done(now, newest, limit); limit == sampled {
			debug.FreeOSMemory() // what was made for the look, a third of a small site's memory
		}
	}
}
