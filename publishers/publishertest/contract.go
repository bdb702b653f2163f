package publishertest

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// Subject is a driver with a fake network to play against.
type Subject struct {
	Fake *Fake
	// At makes the driver and its settings for the network at another address than the fake's own.
	At func(url string) (publishers.Driver, json.RawMessage)
	// Secrets must never be seen in a log or an error.
	Secrets []string
	// BlindLook is what the network answers to a look when its index lags behind. "" where there are no looks.
	BlindLook string
	// Differs overrides what follows from a mood, by its name, for this network; the zero Want leaves the mood out.
	Differs map[string]Want
	// Moods are those that only this network has, with what follows.
	Moods map[string]Want
	// Renews: the credentials end and can be renewed, so that a refused token costs nothing but a second try.
	Renews bool
	// Calls override the fate of a call other than a post, by its route and mood: "upload 403".
	Calls map[string]publishers.Fate
	// Typed is what is typed before the owner is asked for consent, for the network at an address; nil where there is no consent.
	Typed func(url string) json.RawMessage
}

// Want is what must come of a delivery: the copies that the network holds in the end, and the state shown.
type Want struct {
	Copies int
	State  content.DeliveryState
	Reason content.Code // "" for any
}

// Outcomes that return in the tables.
func out() Want     { return Want{1, content.Sent, ""} }
func refused() Want { return Want{0, content.Failed, ""} }
func paused() Want  { return Want{0, content.Paused, ""} }

// Run plays everything that a network can do against a driver. start makes a
// fresh subject whose fake runs on the clock where that is possible.
func Run(t *testing.T, start func(t *testing.T, clock *Clock) Subject) {
	t.Helper()
	for name, part := range map[string]func(*testing.T, func(*testing.T, *Clock) Subject){
		"moods": runMoods, "looks": runLooks, "connection": runConnection, "lengths": runLengths, "check": runCheck,
		"pictures": runPictures, "replies": runReplies, "read": runReads, "edit": runEdits, "withdraw": runWithdraws,
		"consent": runConsent, "renew": runRenew,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, start)
		})
	}
}

const permalink = "https://news.example.com/de/changes/less-data"

// play is one delivery on its way through a real worker.
type play struct {
	t       *testing.T
	subject Subject
	clock   *Clock
	outbox  *Memory
	worker  *publishers.Worker
	driver  publishers.Driver
	log     *lockedBuffer
	rules   publishers.Rules
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

// Write writes under the lock.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p) //nolint:wrapcheck // a buffer never fails
}

func (b *lockedBuffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.String()
}

const channelID = "channel-1"

// newPlay connects the subject at an address and starts a worker.
func newPlay(t *testing.T, start func(*testing.T, *Clock) Subject, address func(Subject) string) *play {
	t.Helper()
	clock := NewClock(time.Now().Truncate(time.Millisecond))
	p := &play{t: t, subject: start(t, clock), clock: clock, outbox: NewMemory(), log: &lockedBuffer{}}
	p.connect(p.subject.Fake.URL)
	if address != nil {
		account := p.account()
		p.connect(address(p.subject))
		p.put(account)
	} else {
		p.put(p.account())
	}
	p.worker = p.newWorker()
	t.Cleanup(func() {
		p.stop()
		p.checkSecrets()
	})
	return p
}

func (p *play) connect(url string) {
	driver, settings := p.subject.At(url)
	p.driver = driver
	p.outbox.PutChannel(content.StoredChannel{Channel: content.Channel{ID: channelID, Network: driver.Name(), State: content.ChannelActive}, Sealed: string(settings)})
}

func (p *play) account() content.Account {
	p.t.Helper()
	c, err := p.outbox.Channel(p.t.Context(), channelID)
	if err != nil {
		p.t.Fatal(err)
	}
	account, err := p.driver.Check(p.t.Context(), json.RawMessage(c.Sealed))
	if err != nil {
		p.t.Fatalf("check the account: %v", err)
	}
	return account
}

func (p *play) put(account content.Account) {
	p.t.Helper()
	c, err := p.outbox.Channel(p.t.Context(), channelID)
	if err != nil {
		p.t.Fatal(err)
	}
	c.Account = account
	p.outbox.PutChannel(c)
	p.rules = p.driver.Rules(account)
}

func (p *play) newWorker() *publishers.Worker {
	w := publishers.New(publishers.Config{
		Outbox: p.outbox, Records: p.outbox.Records(), ReadBacks: p.outbox, Credentials: Open{}, Owner: "node", Now: p.clock.Now,
		Publishers: map[string]publishers.Publisher{p.driver.Name(): p.driver},
		Log:        slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Poll: time.Minute, Call: 6 * callTimeout,
	})
	if err := w.Start(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	return w
}

func (p *play) stop() {
	if err := p.worker.Stop(p.t.Context()); err != nil && p.t.Context().Err() == nil {
		p.t.Errorf("stop: %v", err)
	}
}

// publish queues a post with the permalink and answers its id.
func (p *play) publish(words string) string {
	p.t.Helper()
	c, err := p.outbox.Channel(p.t.Context(), channelID)
	if err != nil {
		p.t.Fatal(err)
	}
	composed := p.driver.Compose(c.Account, content.Post{Text: words, Lang: "de", Permalink: permalink, Link: true})
	now := p.clock.Now()
	d := content.Delivery{
		ID: content.NewID(now), Change: "change-1", Channel: channelID, Lang: "de", Generation: 1, State: content.Queued,
		Text: composed.Text, Permalink: composed.Permalink, Created: now, Ordered: now, NextAttempt: now,
	}
	d.Key = content.DeliveryKey(d)
	p.outbox.Put(d)
	return d.ID
}

// run moves the clock from one attempt to the next until the delivery rests.
func (p *play) run(id string) content.Delivery {
	p.t.Helper()
	for range 100 {
		d := p.outbox.Delivery(id)
		switch d.State {
		case content.Queued, content.Waiting, content.UnknownFate:
			p.clock.Reach(d.NextAttempt)
		case content.Sending:
		default:
			return d
		}
		p.worker.Wake()
		select {
		case <-p.outbox.Settled:
		case <-time.After(30 * time.Second):
			p.t.Fatalf("the worker does nothing; delivery %+v\n%s", d, p.log.text())
		}
	}
	p.t.Fatalf("no end: %+v", p.outbox.Delivery(id))
	return content.Delivery{}
}

func (p *play) expect(d content.Delivery, want Want) {
	p.t.Helper()
	if copies := p.subject.Fake.Copies(permalink); copies != want.Copies || d.State != want.State || want.Reason != "" && d.Reason.Code != want.Reason {
		p.t.Errorf("the network holds %d copies, the delivery is %s (%s %q); want %d, %s %s\n%s",
			copies, d.State, d.Reason.Code, d.Reason.Detail, want.Copies, want.State, want.Reason, p.log.text())
	}
	if d.State == content.Sent && d.RemoteID == "" {
		p.t.Error("sent without an id")
	}
	if d.State != content.Sent && d.Reason.Code == "" {
		p.t.Errorf("%s without a reason", d.State)
	}
}

func (p *play) checkSecrets() {
	for _, secret := range p.subject.Secrets {
		if strings.Contains(p.log.text(), secret) {
			p.t.Errorf("the log shows a secret")
		}
	}
}
