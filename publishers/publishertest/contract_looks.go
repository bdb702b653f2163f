package publishertest

import (
	"context"
	"net/http"
	"testing"
	"time"

	"klartext/content"
)

func (s Subject) blind() Mood {
	return Mood{Name: "blind", Act: Answer, Status: http.StatusOK, Header: map[string]string{"Content-Type": jsonType}, Body: s.BlindLook}
}

func named(t *testing.T, name string) Mood {
	t.Helper()
	mood, ok := Named(name)
	if !ok {
		t.Fatalf("there is no mood %q", name)
	}
	return mood
}

func runLooks(t *testing.T, start func(*testing.T, *Clock) Subject) {
	t.Run("interrupted", func(t *testing.T) { t.Parallel(); runInterrupted(t, start) })
	probe := newPlay(t, start, nil)
	if probe.subject.BlindLook == "" {
		return
	}
	t.Run("index lags", func(t *testing.T) { t.Parallel(); runBlind(t, start, 1) })
	t.Run("index never shows it", func(t *testing.T) { t.Parallel(); runBlind(t, start, 1000) })
	t.Run("look fails", func(t *testing.T) {
		t.Parallel()
		p := newPlay(t, start, nil)
		p.subject.Fake.Next(Publish, named(t, "503 after storing"))
		p.subject.Fake.Next(Look, named(t, "500"), named(t, "silence"), named(t, "200 html"), named(t, "429"), named(t, "reset before"))
		p.expect(p.run(p.publish("Wir löschen früher.")), out())
	})
	t.Run("key ignored", func(t *testing.T) { t.Parallel(); runForgetful(t, start) })
	if !probe.subject.Renews {
		t.Run("look loses its rights", func(t *testing.T) { t.Parallel(); runLookPaused(t, start) })
	}
	t.Run("somebody else's words", func(t *testing.T) { t.Parallel(); runStranger(t, start) })
}

// runBlind: what a look does not show is not sent again unless the key protects it.
func runBlind(t *testing.T, start func(*testing.T, *Clock) Subject, looks int) {
	p := newPlay(t, start, nil)
	p.subject.Fake.Next(Publish, named(t, "503 after storing"))
	if looks >= 1000 {
		p.subject.Fake.Always(Look, p.subject.blind())
	} else {
		p.subject.Fake.Next(Look, p.subject.blind())
	}
	want := out()
	if looks >= 1000 && p.rules.SameKey == 0 {
		want = Want{1, content.NeedsDecision, content.CodePostNotFound}
	}
	p.expect(p.run(p.publish("Wir löschen früher.")), want)
}

// runForgetful: where a network can be searched, its memory of keys is not what keeps a post from going out twice.
func runForgetful(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	p.subject.Fake.Always(Publish, named(t, "key ignored"))
	p.subject.Fake.Next(Publish, named(t, "503 after storing"))
	p.expect(p.run(p.publish("Wir löschen früher.")), out())
	if n := len(p.published()); n != 1 {
		t.Errorf("%d requests to publish, want one and a look", n)
	}
}

// runLookPaused: a token that is taken away between post and look pauses the channel, and the look goes on afterwards.
func runLookPaused(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	p.subject.Fake.Next(Publish, named(t, "503 after storing"))
	p.subject.Fake.Next(Look, named(t, "401"))
	id := p.publish("Wir löschen früher.")
	for range 2 { // the post, the look
		p.clock.Reach(p.outbox.Delivery(id).NextAttempt)
		p.worker.Wake()
		<-p.outbox.Settled
	}
	c, err := p.outbox.Channel(t.Context(), channelID)
	if err != nil || c.State != content.ChannelPaused || p.outbox.Delivery(id).State != content.UnknownFate {
		t.Fatalf("channel %s, delivery %s, %v; want paused and unknown", c.State, p.outbox.Delivery(id).State, err)
	}
	c.State = content.ChannelActive
	p.outbox.PutChannel(c)
	p.expect(p.run(id), out())
}

// runStranger: an older post with other words is not ours, and one that is another delivery's receipt is not ours either.
func runStranger(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	first := p.run(p.publishAs("Wir löschen früher.", 0))
	p.expect(first, out())
	p.subject.Fake.Next(Publish, named(t, "503 before"))
	second := p.run(p.publishAs("Etwas anderes.", 1))
	if second.RemoteID != "" && second.RemoteID == first.RemoteID {
		t.Errorf("two deliveries have the same receipt %s", first.RemoteID)
	}
	if want := lost(p.rules).State; second.State != want {
		t.Errorf("%s %s, want %s", second.State, second.Reason.Code, want)
	}
}

// runInterrupted: the process ends while the network is silent. The next start
// looks before it does anything else.
func runInterrupted(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	silence := named(t, "silence after storing")
	silence.Long = true
	p.subject.Fake.Next(Publish, silence)
	id := p.publish("Wir löschen früher.")
	p.worker.Wake()
	for len(p.published()) == 0 || p.subject.Fake.Copies(permalink) == 0 {
		select {
		case <-p.outbox.Settled:
			t.Fatal("settled before it was cut off")
		case <-time.After(time.Millisecond):
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.worker.Stop(gone); err == nil {
		t.Error("Stop did not say that a call was cut off")
	}
	if d := p.outbox.Delivery(id); d.State != content.Sending {
		t.Fatalf("after the stop: %s", d.State)
	}
	p.worker = p.newWorker()
	if d := p.outbox.Delivery(id); d.State == content.Sending {
		t.Fatal("the start left its own old delivery in flight")
	}
	p.expect(p.run(id), out())
}

// RunReplay plays servers that answer a repeated key with 500 although the post
// exists, and show it late: the delivery still ends as sent, once. Only for
// networks that honour keys.
func RunReplay(t *testing.T, start func(*testing.T, *Clock) Subject) {
	t.Helper()
	p := newPlay(t, start, nil)
	for range p.rules.Looks {
		p.subject.Fake.Next(Look, p.subject.blind())
	}
	p.subject.Fake.Next(Publish, named(t, "503 after storing"), named(t, "500 on replay"))
	p.expect(p.run(p.publish("Wir löschen früher.")), out())
	if n := len(p.published()); n != 2 {
		t.Errorf("%d requests to publish, want the first and one replay", n)
	}
}
