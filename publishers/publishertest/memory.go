package publishertest

import (
	"context"
	"slices"
	"sync"
	"time"

	"klartext/content"
)

// Clock is a clock that tests set.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that stands still.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Reach sets the clock forward to a time, never back.
func (c *Clock) Reach(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.now) {
		c.now = at
	}
}

// Memory is an outbox in memory, with the rules of the real one.
type Memory struct {
	// Settled gets the id of each delivery that a worker settled.
	Settled chan string

	mu         sync.Mutex
	channels   map[string]content.StoredChannel
	deliveries []*entry // in the order of their channels' queues
}

type entry struct {
	content.Delivery
	owner string
	until time.Time
}

// NewMemory makes an empty outbox.
func NewMemory() *Memory {
	return &Memory{Settled: make(chan string, 10_000), channels: map[string]content.StoredChannel{}}
}

// PutChannel adds or replaces a channel; one that becomes active frees its queue.
func (m *Memory) PutChannel(c content.StoredChannel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.channels[c.ID] = c
	for _, e := range m.deliveries {
		if e.Channel == c.ID && c.State == content.ChannelActive && e.State == content.Paused {
			e.State = content.Queued
		}
	}
}

// Put queues a delivery.
func (m *Memory) Put(d content.Delivery) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deliveries = append(m.deliveries, &entry{Delivery: d})
}

// Delivery is a delivery as it stands.
func (m *Memory) Delivery(id string) content.Delivery {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.find(id); e != nil {
		d := e.Delivery
		d.Attempts = slices.Clone(e.Attempts)
		return d
	}
	return content.Delivery{}
}

func (m *Memory) find(id string) *entry {
	for _, e := range m.deliveries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// Channel is a channel as it stands.
func (m *Memory) Channel(_ context.Context, id string) (content.StoredChannel, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.channels[id]
	if !ok {
		return c, content.Fail(content.NotFound, content.CodeChannelUnknown, nil)
	}
	return c, nil
}

func (m *Memory) claimable(i int, now time.Time) bool {
	e := m.deliveries[i]
	if !pending(e.State) || e.NextAttempt.After(now) || e.until.After(now) || m.channels[e.Channel].State == content.ChannelPaused {
		return false
	}
	for j, other := range m.deliveries {
		if other.Channel != e.Channel || i == j {
			continue
		}
		if other.State == content.Sending || other.until.After(now) || j < i && pending(other.State) {
			return false
		}
	}
	return true
}

func pending(s content.DeliveryState) bool {
	return s == content.Queued || s == content.Waiting || s == content.UnknownFate
}

// Due tells whether anything may be claimed or recovered.
func (m *Memory) Due(_ context.Context, now time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, e := range m.deliveries {
		if m.claimable(i, now) || e.State == content.Sending && !e.until.After(now) {
			return true, nil
		}
	}
	return false, nil
}

// Recover turns what was left while sending into unknown.
func (m *Memory) Recover(_ context.Context, owner string, now time.Time, reason content.Reason) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, e := range m.deliveries {
		if e.State == content.Sending && (!e.until.After(now) || owner != "" && e.owner == owner) {
			n++
			e.State, e.Reason, e.Doubt, e.Duplicate, e.Looks, e.NextAttempt = content.UnknownFate, reason, now, false, 0, now
			e.owner, e.until = "", time.Time{}
			e.Attempts[len(e.Attempts)-1].Outcome = content.OutcomeUnsure
		}
	}
	return n, nil
}

// Claim takes due deliveries, at most one of each channel.
func (m *Memory) Claim(_ context.Context, owner string, now, until time.Time, limit int) ([]content.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var claimed []content.Delivery
	for i, e := range m.deliveries {
		if len(claimed) == limit || !m.claimable(i, now) {
			continue
		}
		if e.State != content.UnknownFate {
			e.State = content.Sending
		}
		if e.First.IsZero() {
			e.First = now
		}
		e.Attempt++
		e.owner, e.until = owner, until
		e.Attempts = append(e.Attempts, content.Attempt{Number: e.Attempt, At: now, Outcome: content.OutcomeStarted})
		claimed = append(claimed, e.Delivery)
	}
	return claimed, nil
}

// Settle writes how an attempt ended, by the same fences as the real outbox.
func (m *Memory) Settle(_ context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(d.ID)
	current := (e.State == content.Sending || e.State == content.UnknownFate) && e.Attempt == a.Number
	receipt := d.State == content.Sent && e.State != content.Sent && e.State != content.CancelledPost
	if !current && !receipt {
		return false, nil
	}
	attempts := e.Attempts
	attempts[a.Number-1].Outcome, attempts[a.Number-1].Detail = a.Outcome, a.Detail
	d.Attempts, d.Attempt = attempts, e.Attempt
	e.Delivery, e.owner, e.until = d, "", time.Time{}
	if pauseChannel {
		c := m.channels[d.Channel]
		c.State, c.Reason = content.ChannelPaused, d.Reason
		m.channels[d.Channel] = c
	}
	m.Settled <- d.ID
	return true, nil
}

// Receipted tells whether a remote post is another delivery's.
func (m *Memory) Receipted(_ context.Context, channel, remoteID, delivery string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.deliveries, func(e *entry) bool {
		return e.Channel == channel && e.RemoteID == remoteID && e.ID != delivery
	}), nil
}

// Open is the vault of tests: nothing is encrypted.
type Open struct{}

// Seal answers the secret itself.
func (Open) Seal(secret []byte, _ string) (string, error) { return string(secret), nil }

// Open answers the secret itself.
func (Open) Open(sealed, _ string) ([]byte, error) { return []byte(sealed), nil }
