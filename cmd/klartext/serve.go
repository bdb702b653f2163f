package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/publishers"
	"klartext/publishers/outbound"
	"klartext/publishers/websub"
	"klartext/server"
	"klartext/server/public"
	"klartext/server/restraint"
)

// serveCommand runs everything until it is told to stop.
type serveCommand struct {
	Hold bool `help:"Send nothing until somebody decides in the admin UI: for a database that was restored from a backup."`
}

// How often scheduled changes are looked at, and how long a stop may take.
const (
	scheduleEvery = 500 * time.Millisecond
	stopWithin    = 20 * time.Second
)

// By how many percent the heap may grow before garbage is collected. While a
// site is read it grows all the time, and a large one starts a third faster with
// twice of Go's default. Later, pages are sent from memory and make next to no
// garbage: half of the default costs nothing that can be measured, and saves a
// quarter of the memory. Who sets GOGC decides.
const (
	growthAtStart = 200
	growthLater   = 50
)

func growHeapBy(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// Run serves until the context ends. The order of stopping is: listener, requests, worker, database.
func (c *serveCommand) Run(p *program) error {
	growHeapBy(growthAtStart)
	return p.with(func(s *services) error {
		unlock, err := s.store.LockServing()
		if errors.Is(err, sqlstore.ErrServed) {
			return fmt.Errorf("%w: stop the other process, or set KLARTEXT_DATA to another folder", err)
		}
		if err != nil {
			return err
		}
		defer unlock()
		if err := p.holdRestored(p.ctx, s, c.Hold); err != nil {
			return err
		}
		return p.serve(s)
	})
}

func (p *program) serve(s *services) error {
	watch := restraint.Watch(p.logHandler())
	log := slog.New(watch)
	house, site, err := p.house(s, log)
	if err != nil {
		return err
	}
	owner, err := p.owner()
	if err != nil {
		return err
	}
	worker := p.worker(s, log, owner, site.Wake)
	s.changes.Published = func() { site.Wake(); worker.Wake() }
	s.glossary.Published = site.Wake
	s.channels.Wake, s.deliveries.Wake, s.site.Wake = worker.Wake, worker.Wake, worker.Wake

	listener, err := (&net.ListenConfig{}).Listen(p.ctx, "tcp", p.config.Listen)
	if err != nil {
		return fmt.Errorf("the address cannot be listened on (KLARTEXT_LISTEN): %w", err)
	}
	if err := site.Refresh(p.ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	growHeapBy(growthLater)
	if err := worker.Start(context.WithoutCancel(p.ctx)); err != nil {
		return errors.Join(err, listener.Close())
	}
	_, _ = fmt.Fprintf(p.stdout, "Klartext is at %s\nThe admin UI is at %s/admin/\n", p.config.BaseURL, p.config.BaseURL)
	if err := p.sayFirstSteps(s); err != nil {
		log.Error("the accounts could not be counted", "error", err)
	}
	check := &server.SelfCheck{Server: house, Schema: s.store, Log: watch, Now: p.now}
	return p.untilStopped(s, house, site, worker, listener, check, log)
}

// sayFirstSteps tells whoever runs the program for the first time how to get in.
func (p *program) sayFirstSteps(s *services) error {
	users, err := s.store.Users(p.ctx)
	if err != nil || len(users) > 0 {
		return err
	}
	_, err = fmt.Fprint(p.stdout, `
There is no account yet. Make the first one in another terminal, with the same
settings; it prints a link to log in with:

  klartext user add you@example.org --name "Your Name" --role admin

Or look around first: "klartext demo" fills an empty installation with a small site.
`)
	return err
}

func (p *program) untilStopped(s *services, house *server.Server, site *public.Handlers, worker *publishers.Worker, listener net.Listener, check *server.SelfCheck, log *slog.Logger) error {
	background, stopBackground := context.WithCancel(context.WithoutCancel(p.ctx))
	defer stopBackground()
	var running sync.WaitGroup
	running.Go(func() {
		supervise(background, log, "public site", func(ctx context.Context) error { site.Run(ctx); return nil })
	})
	running.Go(func() {
		supervise(background, log, "channels", func(ctx context.Context) error { return checkChannels(ctx, s.channels, log) })
	})
	running.Go(func() {
		supervise(background, log, "schedule", func(ctx context.Context) error { return schedule(ctx, s.changes, log) })
	})

	running.Go(func() { supervise(background, log, "self-check", check.Run) })
	if hub := p.config.WebSubHub; hub != "" {
		pinger := &websub.Pinger{
			Hub: hub, Store: s.store, Client: outbound.New(outbound.Options{AllowPrivate: p.config.AllowPrivateNetwork}),
			Feeds: site.FeedsOf, Log: log, Now: p.now,
		}
		running.Go(func() { supervise(background, log, "WebSub", pinger.Run) })
	}

	err := house.Run(p.ctx, listener, stopWithin) // returns when no request is left
	stopBackground()
	running.Wait()
	within, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), stopWithin)
	defer cancel()
	return errors.Join(err, worker.Stop(within))
}

// schedule publishes what is due, twice a second.
func schedule(ctx context.Context, changes *content.Changes, log *slog.Logger) error {
	tick := time.NewTicker(scheduleEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := changes.PublishDue(ctx); err != nil && ctx.Err() == nil {
				log.Error("scheduled changes were not published", "error", err)
			}
		}
	}
}

// supervise runs a loop again when it ends before its time or panics, so that one mistake does not stop it for good.
func supervise(ctx context.Context, log *slog.Logger, name string, loop func(context.Context) error) {
	for ctx.Err() == nil {
		err := guarded(func() error { return loop(ctx) })
		if ctx.Err() != nil {
			return
		}
		log.Error("a background task ended and is started again", "task", name, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func guarded(f func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v\n%s", broken, debug.Stack())
		}
	}()
	return f()
}

// owner is this process's name among those that share a database. It stays the
// same over restarts, so that the worker knows what an earlier run left behind.
func (p *program) owner() (string, error) {
	path := filepath.Join(p.config.Data, "node")
	raw, err := os.ReadFile(path)
	if err == nil && strings.TrimSpace(string(raw)) != "" {
		return strings.TrimSpace(string(raw)), nil
	}
	name := content.NewID(p.now())
	if err := os.WriteFile(path, []byte(name+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("write this node's name: %w", err)
	}
	return name, nil
}
