package public

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"

	"klartext/content"
	"klartext/content/site"
)

// warmChanges is how many of the newest changes are made ahead of readers.
const warmChanges = 20

// warming makes pages ahead of readers, of one snapshot at a time.
type warming struct {
	h       *Handlers
	of      *snapshot
	stop    context.CancelFunc
	running sync.WaitGroup
}

// follow turns to a newer snapshot.
func (w *warming) follow(ctx context.Context, s *snapshot) {
	if s == nil || s == w.of {
		return
	}
	w.end()
	first := w.of == nil
	ctx, w.stop = context.WithCancel(ctx)
	w.of = s
	w.running.Go(func() {
		s.site.MakeSearch()
		w.h.warm(ctx, s)
		if first && ctx.Err() == nil {
			debug.FreeOSMemory() // reading and making everything took three times of what stays
		}
	})
}

// end waits for at most one page.
func (w *warming) end() {
	if w.stop != nil {
		w.stop()
	}
	w.running.Wait()
}

// warm makes the pages that readers will most likely ask for, in the encoding
// that nearly all browsers take. The end of ctx stops it.
func (h *Handlers) warm(ctx context.Context, s *snapshot) {
	for _, path := range s.likely() {
		if ctx.Err() != nil {
			return
		}
		p, ok := s.pages[path]
		if !ok || p.variants[br].Load() != nil {
			continue
		}
		err := h.guarded(func() error {
			_, err := p.variant(ctx, h, s, br)
			return err
		})
		if err != nil && ctx.Err() == nil {
			h.deps.Log.Error("a public page cannot be made", slog.String("path", path), slog.Any("error", err))
		}
	}
}

// likely lists paths, what readers see first before the rest.
func (s *snapshot) likely() []string {
	var paths []string
	for _, lang := range s.site.Languages() {
		paths = append(paths, frontPath(lang), changesPath(lang), missingPath(lang))
		for i, change := range s.site.Changes() {
			if i < warmChanges {
				paths = append(paths, changePath(lang, change.Slug))
			}
		}
		for _, topic := range s.site.Topics() {
			paths = append(paths, topicPath(lang, topic))
			paths = append(paths, s.entryPaths(lang, s.site.Entries(topic.ID))...)
		}
		paths = append(paths, s.entryPaths(lang, s.site.Policies())...)
		paths = append(paths, glossaryPath(lang))
	}
	return paths
}

func (s *snapshot) entryPaths(lang content.Lang, entries []*site.Entry) []string {
	paths := make([]string, len(entries))
	for i, entry := range entries {
		paths[i] = entryPath(lang, entry.Entry)
	}
	return paths
}
