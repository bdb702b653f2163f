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

// manyMade is after how many pages memory is given back: after a start, and after what touched every page.
const manyMade = 200

// warming makes pages ahead of readers, of one snapshot at a time.
type warming struct {
	h       *Handlers
	of      *snapshot
	stop    context.CancelFunc
	running sync.WaitGroup
	made    int // pages since memory was last given back
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
		if first {
			debug.FreeOSMemory() // rows and texts as they were read
		}
		w.made += w.h.warm(ctx, s)
		if w.made >= manyMade && ctx.Err() == nil {
			w.made = 0
			debug.FreeOSMemory()
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
// that nearly all browsers take, and tells how many. The end of ctx stops it.
func (h *Handlers) warm(ctx context.Context, s *snapshot) (made int) {
	for _, path := range s.likely() {
		if ctx.Err() != nil {
			return made
		}
		p, ok := s.pages[path]
		if !ok || p.variants[br].Load() != nil {
			continue
		}
		made++
		err := h.guarded(func() error {
			_, err := p.variant(ctx, h, s, br)
			return err
		})
		if err != nil && ctx.Err() == nil {
			h.deps.Log.Error("a public page cannot be made", slog.String("path", path), slog.Any("error", err))
		}
	}
	return made
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
