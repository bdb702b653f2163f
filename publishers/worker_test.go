package publishers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/publishertest"
)

// network is a publisher that tests steer.
type network struct {
	publish func(ctx context.Context, post publishers.Post) (publishers.Receipt, error)
}

func (n network) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	return n.publish(ctx, post)
}

func (network) Look(context.Context, publishers.Post) ([]publishers.Receipt, error) { return nil, nil }

func (network) Rules(content.Account) publishers.Rules {
	return publishers.Rules{Looks: []time.Duration{time.Second}}
}

// Pace is none: tests that are not about pace do not wait.
func (network) Pace(content.Account) content.Pace { return content.Pace{} }

type bench struct {
	*publishers.Worker
	outbox *publishertest.Memory
	clock  *publishertest.Clock
	log    *syncBuffer
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func newBench(t testing.TB, change func(*publishers.Config), publish func(context.Context, publishers.Post) (publishers.Receipt, error)) *bench {
	t.Helper()
	b := &bench{outbox: publishertest.NewMemory(), clock: publishertest.NewClock(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)), log: &syncBuffer{}}
	config := publishers.Config{
		Outbox: b.outbox, Records: b.outbox.Records(), Publishers: map[string]publishers.Publisher{"test": network{publish}},
		Credentials: publishertest.Open{}, Owner: "node",
		Now: b.clock.Now, Poll: time.Hour, Log: slog.New(slog.NewTextHandler(b.log, nil)),
	}
	if change != nil {
		change(&config)
	}
	b.Worker = publishers.New(config)
	return b
}

func (b *bench) start(t testing.TB) {
	t.Helper()
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_ = b.Stop(ctx)
	})
}

func (b *bench) queue(channel string, n int) []string {
	b.outbox.PutChannel(content.StoredChannel{Channel: content.Channel{ID: channel, Network: "test", State: content.ChannelActive}})
	ids := make([]string, n)
	for i := range ids {
		now := b.clock.Now()
		ids[i] = fmt.Sprintf("%s/%04d", channel, i)
		b.outbox.Put(content.Delivery{ID: ids[i], Channel: channel, State: content.Queued, Created: now, Ordered: now, NextAttempt: now, Text: ids[i]})
	}
	return ids
}

// settled waits for n deliveries to be settled.
func (b *bench) settled(t testing.TB, n int) []string {
	t.Helper()
	var ids []string
	for range n {
		select {
		case id := <-b.outbox.Settled:
			ids = append(ids, id)
		case <-time.After(20 * time.Second):
			t.Fatalf("%d of %d settled\n%s", len(ids), n, b.log)
		}
	}
	return ids
}

func accept(_ context.Context, post publishers.Post) (publishers.Receipt, error) {
	return publishers.Receipt{ID: "r-" + post.Delivery}, nil
}

// Within a channel one at a time and in order, over channels no more at once than allowed.
func TestOrderAndBounds(t *testing.T) {
	var mu sync.Mutex
	flying, most, busy := 0, 0, map[string]bool{}
	gate := make(chan struct{})
	var once sync.Once
	b := newBench(t, func(c *publishers.Config) { c.Parallel = 4 }, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
		channel, _, _ := strings.Cut(post.Delivery, "/")
		mu.Lock()
		if busy[channel] {
			t.Errorf("two posts at once on %s", channel)
		}
		busy[channel] = true
		flying++
		if most = max(most, flying); most == 4 {
			once.Do(func() { close(gate) })
		}
		mu.Unlock()
		select {
		case <-gate: // the first ones wait for each other
		case <-ctx.Done():
		}
		mu.Lock()
		busy[channel] = false
		flying--
		mu.Unlock()
		return accept(ctx, post)
	})
	const channels, each = 6, 20
	for i := range channels {
		b.queue(fmt.Sprintf("channel%d", i), each)
	}
	b.start(t)
	byChannel := map[string][]string{}
	for _, id := range b.settled(t, channels*each) {
		channel, _, _ := strings.Cut(id, "/")
		byChannel[channel] = append(byChannel[channel], id)
	}
	for channel, ids := range byChannel {
		if !slices.IsSorted(ids) || len(ids) != each {
			t.Errorf("%s: %v", channel, ids)
		}
	}
	if most != 4 {
		t.Errorf("%d calls at once, allowed are 4", most)
	}
}

func TestWakeIsQuick(t *testing.T) {
	b := newBench(t, nil, accept)
	b.start(t)
	for i := range 20 {
		b.queue(fmt.Sprintf("channel%d", i), 1)
		began := time.Now()
		b.Wake()
		b.settled(t, 1)
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("it took %s from Wake to the receipt", took)
		}
	}
}

func TestPanicOfADriverIsADoubtAndOthersGoOn(t *testing.T) {
	b := newBench(t, nil, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
		if strings.HasPrefix(post.Delivery, "bad") {
			panic("broken driver")
		}
		return accept(ctx, post)
	})
	bad, good := b.queue("bad", 1), b.queue("good", 3)
	b.start(t)
	b.settled(t, 4)
	if d := b.outbox.Delivery(bad[0]); d.State != content.UnknownFate {
		t.Errorf("after the panic: %s", d.State)
	}
	for _, id := range good {
		if d := b.outbox.Delivery(id); d.State != content.Sent {
			t.Errorf("%s is %s", id, d.State)
		}
	}
	if !strings.Contains(b.log.String(), "broken driver") {
		t.Error("the log does not say what happened")
	}
}

// brokenOutbox panics or fails once in each call.
type brokenOutbox struct {
	*publishertest.Memory
	mu     sync.Mutex
	broken map[string]int
}

func (o *brokenOutbox) fails(call string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken[call]++
	switch o.broken[call] {
	case 1:
		return errors.New("the disk is full")
	case 2:
		if call == "claim" {
			panic("broken row")
		}
	}
	return nil
}

func (o *brokenOutbox) Claim(ctx context.Context, owner string, now, until time.Time, picks []content.Pick) ([]content.Delivery, error) {
	if err := o.fails("claim"); err != nil {
		return nil, err
	}
	return o.Memory.Claim(ctx, owner, now, until, picks)
}

func (o *brokenOutbox) Settle(ctx context.Context, d content.Delivery, a content.Attempt, pause bool) (bool, error) {
	if err := o.fails("settle"); err != nil {
		return false, err
	}
	return o.Memory.Settle(ctx, d, a, pause)
}

func TestOutboxTroubleLosesNoReceipt(t *testing.T) {
	calls := 0
	b := newBench(t, nil, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
		calls++
		return accept(ctx, post)
	})
	config := b.Config
	config.Outbox = &brokenOutbox{Memory: b.outbox, broken: map[string]int{}}
	config.Poll = 5 * time.Millisecond
	b.Worker = publishers.New(config)
	id := b.queue("channel", 1)[0]
	b.start(t)
	b.settled(t, 1)
	if d := b.outbox.Delivery(id); d.State != content.Sent || calls != 1 {
		t.Errorf("%s after %d calls", d.State, calls)
	}
	for _, want := range []string{"the disk is full", "broken row"} {
		if !strings.Contains(b.log.String(), want) {
			t.Errorf("the log does not say %q", want)
		}
	}
}

func TestStopWaitsForCallsInFlight(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	b := newBench(t, nil, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
		once.Do(func() { close(entered) })
		<-release
		return accept(ctx, post)
	})
	ids := b.queue("channel", 2)
	b.start(t)
	<-entered
	stopped := make(chan error)
	go func() { stopped <- b.Stop(t.Context()) }()
	close(release)
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
	first, second := b.outbox.Delivery(ids[0]), b.outbox.Delivery(ids[1])
	if first.State != content.Sent || second.State != content.Sent && second.State != content.Queued {
		t.Errorf("after the stop: %s, %s; nothing may be cut off or begun", first.State, second.State)
	}
	b.queue("late", 1)
	b.Wake()
	if d := b.outbox.Delivery("late/0000"); d.State != content.Queued {
		t.Errorf("after the stop a delivery became %s", d.State)
	}
}

func TestWhatIsOldAsksFirst(t *testing.T) {
	b := newBench(t, nil, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
		t.Error("an old post was sent without asking")
		return accept(ctx, post)
	})
	id := b.queue("channel", 1)[0]
	b.clock.Reach(b.clock.Now().Add(25 * time.Hour))
	b.start(t)
	b.settled(t, 1)
	if d := b.outbox.Delivery(id); d.State != content.NeedsDecision || d.Reason.Code != content.CodePostOverdue {
		t.Errorf("%s %s", d.State, d.Reason.Code)
	}
}

func TestUnknownNetworkAndLockedSettingsPauseTheChannel(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*publishers.Config)
		want   content.Code
	}{
		"no driver": {func(c *publishers.Config) { c.Publishers = nil }, content.CodeChannelGoneAway},
		"no key":    {func(c *publishers.Config) { c.Credentials = locked{} }, content.CodeChannelKey},
	} {
		b := newBench(t, c.change, accept)
		id := b.queue("channel", 1)[0]
		b.start(t)
		b.settled(t, 1)
		channel, err := b.outbox.Channel(t.Context(), "channel")
		if d := b.outbox.Delivery(id); err != nil || d.State != content.Paused || d.Reason.Code != c.want || channel.State != content.ChannelPaused {
			t.Errorf("%s: delivery %s %s, channel %s, %v", name, d.State, d.Reason.Code, channel.State, err)
		}
	}
}

type locked struct{}

func (locked) Fresh(context.Context, content.StoredChannel, bool) (json.RawMessage, error) {
	return nil, &content.CredentialError{Reason: content.Reason{Code: content.CodeChannelKey}}
}

// 1,000 due deliveries over 10 channels, on a network that answers in 50 ms.
func BenchmarkDrain1000(b *testing.B) {
	for b.Loop() {
		bench := newBench(b, nil, func(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
			select {
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
			}
			return accept(ctx, post)
		})
		for i := range 10 {
			bench.queue(fmt.Sprintf("channel%d", i), 100)
		}
		bench.start(b)
		bench.settled(b, 1000)
	}
}

// A post does not go out before the page that it links to is there, and nothing is claimed meanwhile.
func TestAPostGoesOutWhenItsPageIsThere(t *testing.T) {
	var there, asked atomic.Int32
	b := newBench(t, func(c *publishers.Config) {
		c.Page = func(context.Context, string) error {
			asked.Add(1)
			if there.Load() == 0 {
				return errors.New("404 Not Found")
			}
			return nil
		}
	}, accept)
	id := b.queue("channel", 1)[0]
	b.outbox.Change(id, func(d *content.Delivery) { d.Permalink = "https://news.example/de/changes/a" })
	b.start(t)
	for range 3 {
		b.settled(t, 1)
		d := b.outbox.Delivery(id)
		if d.State != content.Waiting || d.Reason.Code != content.CodePostPage || !d.First.IsZero() || !d.Claimed.IsZero() {
			t.Fatalf("without its page: %s %s, first %s", d.State, d.Reason.Code, d.First)
		}
		b.clock.Reach(d.NextAttempt)
		b.Wake()
	}
	b.settled(t, 1)
	there.Store(1)
	b.clock.Reach(b.outbox.Delivery(id).NextAttempt)
	b.Wake()
	b.settled(t, 1)
	if d := b.outbox.Delivery(id); d.State != content.Sent {
		t.Errorf("with its page: %s %s", d.State, d.Reason.Code)
	}
	if n := asked.Load(); n != 5 {
		t.Errorf("the page was asked for %d times", n)
	}
}

// A page that stays out of reach asks a person, unless somebody said that the pages can be trusted.
func TestAPageThatStaysAwayAsks(t *testing.T) {
	for trust, want := range map[bool]content.DeliveryState{false: content.NeedsDecision, true: content.Sent} {
		b := newBench(t, func(c *publishers.Config) {
			c.Page = func(context.Context, string) error { return errors.New("no route to host") }
			if trust {
				c.Records = trusting{c.Records}
			}
		}, accept)
		id := b.queue("channel", 1)[0]
		b.outbox.Change(id, func(d *content.Delivery) { d.Permalink = "https://news.example/de/changes/a" })
		b.start(t)
		for range 40 {
			b.settled(t, 1)
			d := b.outbox.Delivery(id)
			if d.State != content.Waiting {
				break
			}
			b.clock.Reach(d.NextAttempt)
			b.Wake()
		}
		if d := b.outbox.Delivery(id); d.State != want || !trust && d.Reason.Code != content.CodePostPageAsk {
			t.Errorf("trusted %v: %s %s", trust, d.State, d.Reason.Code)
		}
	}
}

type trusting struct{ publishers.Records }

func (t trusting) Settings(context.Context) (content.Settings, error) {
	s := content.DefaultSettings()
	s.TrustPages = true
	return s, nil
}

// Fifty posts at once go out in their order and no faster than the channel's pace, by the clock of the worker.
func TestABurstGoesOutOverTime(t *testing.T) {
	b := newBench(t, nil, accept)
	ids := b.queue("channel", 50)
	pace := content.Pace{Burst: 4, Every: 30 * time.Second}
	b.outbox.PutChannel(content.StoredChannel{Channel: content.Channel{ID: "channel", Network: "test", State: content.ChannelActive, Pace: pace}})
	began := b.clock.Now()
	b.start(t)
	for i, id := range ids {
		if i >= pace.Burst { // the next slot
			b.clock.Reach(began.Add(time.Duration(i-pace.Burst+1) * pace.Every))
			b.Wake()
		}
		if got := b.settled(t, 1)[0]; got != id {
			t.Fatalf("post %d is %s, want %s", i, got, id)
		}
	}
	went := make([]time.Time, len(ids))
	for i, id := range ids {
		went[i] = b.outbox.Delivery(id).Attempts[0].At
	}
	for i := pace.Burst; i < len(went); i++ {
		if took := went[i].Sub(went[i-pace.Burst]); took < pace.Every {
			t.Fatalf("post %d went %s after post %d, allowed are %d each %s", i, took, i-pace.Burst, pace.Burst, pace.Every)
		}
	}
	if all := went[len(went)-1].Sub(went[0]); all < 46*pace.Every {
		t.Errorf("fifty posts took %s", all)
	}
}
