package publishers_test

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/publishertest"
)

// fullOutbox cannot write until there is room.
type fullOutbox struct {
	*publishertest.Memory
	full   atomic.Bool
	failed chan struct{}
}

func (o *fullOutbox) Recover(ctx context.Context, owner string, now time.Time, reason content.Reason) (int, error) {
	if o.full.Load() {
		select {
		case o.failed <- struct{}{}:
		default:
		}
		return 0, &content.Error{Kind: content.Unavailable, Code: content.CodeDiskFull, Err: errors.New("no space left")}
	}
	return o.Memory.Recover(ctx, owner, now, reason)
}

// A process that died while sending and starts again on a full disk must still
// start, so that readers are served; it sends nothing before it has noted what was cut off.
func TestStartsOnAFullDisk(t *testing.T) {
	var full *fullOutbox
	b := newBench(t, func(c *publishers.Config) {
		c.Poll = time.Millisecond
		full = &fullOutbox{Memory: c.Outbox.(*publishertest.Memory), failed: make(chan struct{}, 3)} //nolint:forcetypeassert // newBench puts it there
		full.full.Store(true)
		c.Outbox = full
	}, accept)
	ids := b.queue("channel", 2)
	now := b.clock.Now()
	if claimed, err := b.outbox.Claim(t.Context(), "node", now, now.Add(time.Hour), []content.Pick{{ID: ids[0]}}); err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %v, %v", claimed, err)
	}
	b.start(t)
	for range 3 {
		<-full.failed
	}
	if d := b.outbox.Delivery(ids[0]); d.State != content.Sending {
		t.Errorf("on a full disk the delivery is %s", d.State)
	}
	full.full.Store(false)
	for b.outbox.Delivery(ids[0]).State == content.Sending {
		if t.Context().Err() != nil {
			t.Fatal("what was cut off stays in sending")
		}
		runtime.Gosched()
	}
	if d := b.outbox.Delivery(ids[0]); d.State == content.Queued {
		t.Errorf("what was cut off is %s, it would be sent twice", d.State)
	}
}

// What no waiting cures must be told at once.
func TestDoesNotStartWithoutTables(t *testing.T) {
	b := newBench(t, func(c *publishers.Config) { c.Outbox = tablelessOutbox{c.Outbox} }, accept)
	if err := b.Start(t.Context()); err == nil {
		t.Error("it started")
	}
}

type tablelessOutbox struct{ publishers.Outbox }

func (tablelessOutbox) Recover(context.Context, string, time.Time, content.Reason) (int, error) {
	return 0, errors.New("no such table")
}
