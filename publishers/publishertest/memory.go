package publishertest

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"klartext/content"
	"klartext/publishers"
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
	// Read gets the id of each delivery that was read back.
	Read chan string

	mu         sync.Mutex
	channels   map[string]content.StoredChannel
	deliveries []*entry // in the order of their channels' queues
}

type entry struct {
	content.Delivery
	owner string
	until time.Time
	paced time.Time
}

// NewMemory makes an empty outbox.
func NewMemory() *Memory {
	return &Memory{Settled: make(chan string, 10_000), Read: make(chan string, 10_000), channels: map[string]content.StoredChannel{}}
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
		d.AddRunning()
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

func pending(s content.DeliveryState) bool {
	return s == content.Queued || s == content.Waiting || s == content.UnknownFate || s == content.Sending
}

// Heads lists what each channel would do next.
func (m *Memory) Heads(context.Context) ([]content.QueueHead, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var heads []content.QueueHead
	queued := map[string]bool{}
	for _, e := range m.deliveries {
		channel := m.channels[e.Channel]
		first := pending(e.State) && !queued[e.Channel] && m.follows(e)
		queued[e.Channel] = queued[e.Channel] || first
		amends := e.State == content.Withdrawing || e.State == content.Correcting && e.Wanted != nil
		if channel.State != content.ChannelPaused && (first || amends) {
			heads = append(heads, content.QueueHead{Delivery: e.Delivery, Channel: channel.Channel, Busy: m.busy(e.Channel), Paced: m.paced(e.Channel)})
		}
	}
	return heads, nil
}

func (m *Memory) follows(e *entry) bool {
	if e.Follows == "" || e.State == content.UnknownFate || e.State == content.Sending {
		return true
	}
	before := m.find(e.Follows)
	return before.State == content.Sent || before.State == content.Correcting || before.State == content.Corrected
}

func (m *Memory) busy(channel string) (until time.Time) {
	for _, e := range m.deliveries {
		if e.Channel == channel && e.until.After(until) {
			until = e.until
		}
	}
	return until
}

func (m *Memory) paced(channel string) (at time.Time) {
	for _, e := range m.deliveries {
		if e.Channel == channel && e.paced.After(at) {
			at = e.paced
		}
	}
	return at
}

// Recover ends what was cut off: what was being sent becomes unknown.
func (m *Memory) Recover(_ context.Context, owner string, now time.Time, reason content.Reason) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, e := range m.deliveries {
		if e.until.IsZero() || e.until.After(now) && (owner == "" || e.owner != owner) {
			continue
		}
		cut := e.Running()
		cut.Outcome, cut.Detail, cut.Ended = content.OutcomeLater, reason, now
		if e.State == content.Sending {
			n++
			cut.Outcome = content.OutcomeUnsure
			e.State, e.Reason, e.Doubt, e.Duplicate, e.Looks, e.NextAttempt = content.UnknownFate, reason, now, false, 0, now
		}
		e.note(cut)
		e.owner, e.until, e.Claimed = "", time.Time{}, time.Time{}
	}
	return n, nil
}

// Claim takes what is still as it was picked.
func (m *Memory) Claim(_ context.Context, owner string, now, until time.Time, picks []content.Pick) ([]content.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var claimed []content.Delivery
	for _, pick := range picks {
		e := m.find(pick.ID)
		if e.Attempt != pick.Attempt || !e.until.IsZero() {
			continue
		}
		if e.State == content.Queued || e.State == content.Waiting {
			e.State = content.Sending
		}
		if e.First.IsZero() {
			e.First = now
		}
		if !pick.Paced.IsZero() {
			e.paced = pick.Paced
		}
		e.Attempt++
		e.owner, e.until, e.Claimed = owner, until, now
		claimed = append(claimed, e.Delivery)
	}
	return claimed, nil
}

// note writes an attempt down; one that is there already is written again.
func (e *entry) note(a content.Attempt) {
	for i := range e.Attempts {
		if e.Attempts[i].Number == a.Number {
			e.Attempts[i] = a
			return
		}
	}
	e.Attempts = append(e.Attempts, a)
}

// Settle writes how an attempt ended, by the same fences as the real outbox.
func (m *Memory) Settle(_ context.Context, d content.Delivery, a content.Attempt, pauseChannel bool) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(d.ID)
	running := e.State == content.Sending || e.State == content.UnknownFate || e.State == content.Correcting || e.State == content.Withdrawing
	receipt := d.State == content.Sent && d.RemoteID != "" && e.State != content.CancelledPost && e.Sent.IsZero()
	if (!running || e.Attempt != a.Number) && !receipt {
		return false, nil
	}
	d.Attempts, d.Attempt, d.Claimed = e.Attempts, e.Attempt, time.Time{}
	e.Delivery, e.owner, e.until = d, "", time.Time{}
	e.note(a)
	if pauseChannel {
		c := m.channels[d.Channel]
		c.State, c.Reason = content.ChannelPaused, d.Reason
		m.channels[d.Channel] = c
	}
	if d.Kind == content.KindCorrection && d.State == content.Sent {
		m.find(d.Follows).State = content.Corrected
	}
	m.Settled <- d.ID
	return true, nil
}

// Postpone puts off what nobody has claimed.
func (m *Memory) Postpone(_ context.Context, d content.Delivery, a content.Attempt) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(d.ID)
	if e.Attempt != a.Number-1 || !e.until.IsZero() {
		return false, nil
	}
	e.State, e.Reason, e.NextAttempt, e.Attempt = d.State, d.Reason, d.NextAttempt, a.Number
	e.note(a)
	m.Settled <- d.ID
	return true, nil
}

// Change lets a test change a delivery as a person's order would.
func (m *Memory) Change(id string, change func(*content.Delivery)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(&m.find(id).Delivery)
}

// Receipted tells whether a remote post is another delivery's.
func (m *Memory) Receipted(_ context.Context, channel, remoteID, delivery string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.deliveries, func(e *entry) bool {
		return e.Channel == channel && e.RemoteID == remoteID && e.ID != delivery
	}), nil
}

// ClaimReads takes posts that are due to be read back.
func (m *Memory) ClaimReads(_ context.Context, now, until time.Time, limit int) ([]content.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []content.Delivery
	for _, e := range m.deliveries {
		out := e.State == content.Sent || e.State == content.Corrected
		if len(due) < limit && out && !e.Health.Next.IsZero() && !e.Health.Next.After(now) {
			e.Health.Next = until
			due = append(due, e.Delivery)
		}
	}
	return due, nil
}

// SettleRead writes what a reading found.
func (m *Memory) SettleRead(_ context.Context, d content.Delivery, seen time.Time, a *content.Attempt) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.find(d.ID)
	if !e.Health.Next.Equal(seen) || e.Attempt != d.Attempt {
		return nil
	}
	e.Health, e.RemoteURL = d.Health, d.RemoteURL
	if a != nil {
		e.Attempt++
		e.note(*a)
	}
	m.Read <- d.ID
	return nil
}

// Records is what a worker reads besides the queue.
func (m *Memory) Records() publishers.Records { return records{m} }

type records struct{ *Memory }

// Delivery reads one delivery.
func (r records) Delivery(_ context.Context, id string) (content.Delivery, error) {
	return r.Memory.Delivery(id), nil
}

// Settings are those of a new site.
func (r records) Settings(context.Context) (content.Settings, error) {
	return content.DefaultSettings(), nil
}

// Open is the vault of tests: nothing is encrypted.
type Open struct{}

// Seal answers the secret itself.
func (Open) Seal(secret []byte, _ string) (string, error) { return string(secret), nil }

// Open answers the secret itself.
func (Open) Open(sealed, _ string) ([]byte, error) { return []byte(sealed), nil }

// Fresh answers the stored settings.
func (Open) Fresh(_ context.Context, channel content.StoredChannel, _ bool) (json.RawMessage, error) {
	return json.RawMessage(channel.Sealed), nil
}
