package publishers

import (
	"context"
	"sync"
	"time"

	"klartext/content"
)

// maxPages is how many pages known to be there are remembered.
const maxPages = 1000

// pages remembers which pages are known to be there, and which are being asked for.
type pages struct {
	mu     sync.Mutex
	there  map[string]bool
	asking map[string]bool
}

func newPages() pages { return pages{there: map[string]bool{}, asking: map[string]bool{}} }

// pageIsThere tells whether a post may go out as far as the page that it links to
// is concerned. A post without one has nothing to wait for, and neither has one
// whose fate was unknown: readers have seen it, or nobody has.
func (w *Worker) pageIsThere(d content.Delivery) bool {
	if w.Page == nil || d.Permalink == "" {
		return true
	}
	w.pages.mu.Lock()
	defer w.pages.mu.Unlock()
	return w.pages.there[d.Permalink]
}

// askPages asks for pages beside the loop, each once at a time. Nothing is
// claimed meanwhile, so that a process that dies here leaves no doubt behind.
func (w *Worker) askPages(calls context.Context, heads []content.QueueHead) {
	for _, h := range heads {
		if !w.beginAsking(h.Delivery.ID) {
			continue
		}
		w.launch(calls, h.Delivery.ID, func() error {
			defer w.endAsking(h.Delivery.ID)
			return w.askPage(calls, h.Delivery)
		})
	}
}

func (w *Worker) beginAsking(delivery string) bool {
	w.pages.mu.Lock()
	defer w.pages.mu.Unlock()
	if w.pages.asking[delivery] || len(w.pages.asking) >= w.Parallel {
		return false
	}
	w.pages.asking[delivery] = true
	return true
}

func (w *Worker) endAsking(delivery string) {
	w.pages.mu.Lock()
	defer w.pages.mu.Unlock()
	delete(w.pages.asking, delivery)
}

func (w *Worker) pageFound(address string) {
	w.pages.mu.Lock()
	defer w.pages.mu.Unlock()
	if len(w.pages.there) >= maxPages {
		clear(w.pages.there)
	}
	w.pages.there[address] = true
}

func (w *Worker) askPage(ctx context.Context, d content.Delivery) error {
	began := w.Now()
	asked, cancel := context.WithTimeout(ctx, w.Call)
	defer cancel()
	asked, heard := w.listen(asked)
	cause := w.Page(asked, d.Permalink)
	if ctx.Err() != nil {
		return nil // stopped; it is asked again after the next start
	}
	if cause == nil || w.trusts(ctx) {
		w.pageFound(d.Permalink)
		return nil
	}
	s := w.noPage(d, cause, w.Now())
	s.attempt.At, s.attempt.Ended, s.attempt.Answer = began, w.Now(), *heard
	_, err := w.Outbox.Postpone(ctx, s.delivery, s.attempt)
	return err //nolint:wrapcheck // the store says what it tried
}

// trusts tells whether a person said that the site's pages are there although this server cannot reach them.
func (w *Worker) trusts(ctx context.Context) bool {
	settings, err := w.Records.Settings(ctx)
	return err == nil && settings.TrustPages
}

// First wait for a page that is not there, and the longest; it doubles.
const (
	pageFirst = 2 * time.Second
	pageMost  = time.Minute
)

// noPage is pure: a post waits for the page that it links to, and in the end a person is asked.
func (c *Config) noPage(d content.Delivery, cause error, now time.Time) settlement {
	s := settlement{delivery: d, attempt: content.Attempt{Number: d.Attempt + 1, Kind: content.AttemptPage}}
	args := content.Args{"URL": d.Permalink}
	detail := cut(rootOf(cause))
	waited := now.Sub(d.Ordered)
	if waited >= c.scaled(c.PageWait) {
		s.move(content.StepAsk, content.OutcomeHeld, content.Reason{Code: content.CodePostPageAsk, Args: args, Detail: detail})
		return s
	}
	s.move(content.StepLater, content.OutcomeLater, content.Reason{Code: content.CodePostPage, Args: args, Detail: detail})
	s.delivery.NextAttempt = now.Add(max(c.scaled(pageFirst), min(waited, c.scaled(pageMost))))
	return s
}
