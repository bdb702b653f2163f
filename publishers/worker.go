package publishers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"klartext/content"
)

// Worker takes deliveries from the outbox and brings them to their networks:
// one at a time and in order per channel, several channels at once.
type Worker struct {
	Config
	wake    chan struct{}
	running sync.WaitGroup // loop and calls
	pages   pages

	tookOver bool // what an earlier run left behind is noted; the loop's alone once it runs

	mu     sync.Mutex
	flying int
	stop   context.CancelFunc // ends the loop
	cut    context.CancelFunc // ends calls in flight
}

// New makes a worker; Start sets it to work.
func New(config Config) *Worker {
	return &Worker{Config: config.WithDefaults(), wake: make(chan struct{}, 1), pages: newPages()}
}

// Start turns what an earlier run of this process left behind into unknown
// deliveries, at once, and begins to work until Stop. Where that cannot be
// written for now, on a full disk, it starts all the same: readers must be
// served, and nothing is sent before it is written.
func (w *Worker) Start(ctx context.Context) error {
	switch err := w.takeOver(ctx); {
	case content.KindOf(err) == content.Unavailable:
		w.Log.ErrorContext(ctx, "nothing is sent until this works", "error", err)
	case err != nil:
		return err
	}
	calls, cut := context.WithCancel(context.WithoutCancel(ctx))
	loop, stop := context.WithCancel(calls)
	w.mu.Lock()
	w.stop, w.cut = stop, cut
	w.mu.Unlock()
	w.running.Go(func() { w.supervise(loop, calls) })
	return nil
}

// takeOver notes, once, what an earlier run of this process left behind.
func (w *Worker) takeOver(ctx context.Context) error {
	if w.tookOver {
		return nil
	}
	n, err := w.Outbox.Recover(ctx, w.Owner, w.Now(), content.Reason{Code: content.CodePostInterrupted})
	if err != nil {
		return fmt.Errorf("recover deliveries of %s: %w", w.Owner, err)
	}
	w.tookOver = true
	if n > 0 {
		w.Log.WarnContext(ctx, "deliveries were cut off and will be looked for", "count", n)
	}
	return nil
}

// Wake makes the worker look at its queue at once. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default: // it will look anyhow
	}
}

// Stop takes no new work and waits for calls in flight until ctx ends. Calls cut
// off then stay written down as sending and are looked for after the next start.
func (w *Worker) Stop(ctx context.Context) error {
	w.mu.Lock()
	stop, cut := w.stop, w.cut
	w.mu.Unlock()
	if stop == nil {
		return nil
	}
	defer cut()
	stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.running.Wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		cut()
		<-done
		return fmt.Errorf("stop the delivery worker: calls were cut off: %w", ctx.Err())
	}
}

// supervise runs the loop again after a panic, so that one broken row or one
// mistake does not end delivery until somebody notices.
func (w *Worker) supervise(ctx, calls context.Context) {
	for ctx.Err() == nil {
		err := guard(func() error { return w.loop(ctx, calls) })
		if ctx.Err() != nil {
			return
		}
		w.Log.ErrorContext(ctx, "delivery loop starts again", "error", err)
		w.pause(ctx, w.Poll)
	}
}

// guard turns a panic into an error with its stack.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}

func (w *Worker) loop(ctx, calls context.Context) error {
	for {
		next, err := w.round(ctx, calls)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // stopped; whatever the last round met is met again after the next start
		}
		if err != nil {
			w.Log.ErrorContext(ctx, "delivery queue", "error", err)
		}
		w.pause(ctx, w.rest(next))
	}
}

// rest is how long nothing is to be done: until a known time, and no longer than
// Poll, because other processes may queue something without waking this one.
func (w *Worker) rest(next time.Time) time.Duration {
	if next.IsZero() {
		return w.Poll
	}
	return min(w.Poll, max(next.Sub(w.Now()), time.Millisecond))
}

func (w *Worker) pause(ctx context.Context, rest time.Duration) {
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-timer.C:
	}
}

// round starts what can be done now, and answers when there will be more. An idle
// round only reads.
func (w *Worker) round(ctx, calls context.Context) (next time.Time, err error) {
	free := w.free()
	if free <= 0 {
		return next, nil // whoever lands wakes the loop
	}
	if err := w.takeOver(ctx); err != nil {
		return next, err
	}
	now := w.Now()
	p, err := w.look(ctx, now, free)
	if err != nil {
		return next, err
	}
	if p.recover {
		if _, err := w.Outbox.Recover(ctx, "", now, content.Reason{Code: content.CodePostInterrupted}); err != nil {
			return next, fmt.Errorf("end calls whose lease ran out: %w", err)
		}
		w.Wake() // to see what is to be done about them
	}
	w.askPages(calls, p.pages)
	if err := w.claim(ctx, calls, p.picks, now); err != nil {
		return p.next, err
	}
	return p.next, w.readBack(ctx, calls, now)
}

func (w *Worker) look(ctx context.Context, now time.Time, free int) (plan, error) {
	heads, err := w.Outbox.Heads(ctx)
	if err != nil {
		return plan{}, fmt.Errorf("read what is to be delivered: %w", err)
	}
	return w.plan(heads, now, free, w.pageIsThere), nil
}

// claim takes what was picked and starts a call for each.
func (w *Worker) claim(ctx, calls context.Context, picks []content.Pick, now time.Time) error {
	if len(picks) == 0 {
		return nil
	}
	claimed, err := w.Outbox.Claim(ctx, w.Owner, now, now.Add(w.Lease), picks)
	if err != nil {
		return fmt.Errorf("claim deliveries: %w", err)
	}
	if len(claimed) > 0 && w.Claimed != nil {
		w.Claimed(now)
	}
	for _, d := range claimed {
		w.launch(calls, d.ID, func() error { return w.deliver(calls, d) })
	}
	return nil
}

// launch runs one call beside the loop and wakes the loop when it has landed.
func (w *Worker) launch(calls context.Context, delivery string, call func() error) {
	w.fly(1)
	w.running.Go(func() {
		defer w.Wake() // the next one of this channel
		defer w.fly(-1)
		if err := guard(call); err != nil && calls.Err() == nil {
			w.Log.ErrorContext(calls, "delivery", "delivery", delivery, "error", err)
		}
	})
}

func (w *Worker) free() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Parallel - w.flying
}

func (w *Worker) fly(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flying += n
}

// settle writes what follows. A database that is busy or full for a moment must
// not cost the receipt, so it is tried until the worker is cut off.
func (w *Worker) settle(ctx context.Context, s settlement) error {
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		ok, err := w.Outbox.Settle(ctx, s.delivery, s.attempt, s.pauseChannel)
		switch {
		case err == nil && !ok:
			return fmt.Errorf("settle attempt %d as %s: the delivery has moved on", s.attempt.Number, s.attempt.Outcome)
		case err == nil:
			w.tell(ctx, s)
			return nil
		}
		w.Log.ErrorContext(ctx, "settle delivery", "delivery", s.delivery.ID, "outcome", s.attempt.Outcome, "error", err)
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return errors.Join(err, ctx.Err())
		case <-timer.C:
		}
	}
}

func (w *Worker) tell(ctx context.Context, s settlement) {
	level := slog.LevelInfo
	if s.attempt.Outcome == content.OutcomeNever || s.pauseChannel || s.delivery.State == content.NeedsDecision {
		level = slog.LevelWarn
	}
	w.Log.Log(ctx, level, "delivery", "delivery", s.delivery.ID, "channel", s.delivery.Channel, "attempt", s.attempt.Number,
		"kind", s.attempt.Kind, "outcome", s.attempt.Outcome, "state", s.delivery.State, "reason", s.delivery.Reason.Code)
	if s.delivery.Out() && w.Sent != nil {
		w.Sent()
	}
}
