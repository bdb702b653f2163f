package public

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"klartext/content"
	"klartext/content/site"
)

// pollEvery is how soon a publication of another process shows.
const pollEvery = 250 * time.Millisecond

// Refresh asks the store whether anything was published and shows it. It is cheap where nothing was.
func (h *Handlers) Refresh(ctx context.Context) error {
	current := h.current.Load()
	seq, err := h.deps.Store.SiteSeq(ctx)
	if err != nil {
		return fmt.Errorf("ask for the last publication: %w", err)
	}
	if current == nil || seq < current.site.Seq() { // lower: a backup was restored
		return h.load(ctx, 0, current)
	}
	if seq > current.site.Seq() {
		return h.load(ctx, current.site.Seq(), current)
	}
	if current.checked != h.checked.Load() {
		h.current.Store(h.snapshot(current.site, current))
		return nil
	}
	if today := content.DateOf(h.deps.Now(), current.site.Zone()); today != current.today {
		h.current.Store(h.snapshot(current.site, nil)) // what was still to come may hold now
	}
	return nil
}

func (h *Handlers) load(ctx context.Context, since int64, current *snapshot) error {
	data, err := h.deps.Store.Published(ctx, since)
	if err != nil {
		return fmt.Errorf("read what was published since %d: %w", since, err)
	}
	if current == nil || data.Whole || since == 0 {
		h.current.Store(h.snapshot(site.New(data), nil))
		return nil
	}
	h.current.Store(h.snapshot(current.site.With(data), current))
	return nil
}

// Wake makes Run look for a publication at once.
func (h *Handlers) Wake() {
	select {
	case h.wake <- struct{}{}:
	default: // somebody woke it already
	}
}

// Run keeps the site up to date until ctx ends, and makes the pages that were
// touched before a reader asks. It survives its own panics.
func (h *Handlers) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	var failing bool
	warm := warming{h: h}
	defer warm.end()
	for {
		err := h.guarded(func() error { return h.Refresh(ctx) })
		if err != nil && !failing && ctx.Err() == nil {
			h.deps.Log.Error("the public site cannot be brought up to date; it shows what it has", slog.Any("error", err))
		}
		failing = err != nil
		warm.follow(ctx, h.current.Load())
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-h.wake:
		}
	}
}

func (h *Handlers) guarded(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}
