package publishertest

import (
	"maps"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// lost is what must come of a post that did not arrive although nobody can know:
// sent again where that is proven safe, else a person's to decide.
func lost(rules publishers.Rules) Want {
	if rules.SameKey > 0 {
		return out()
	}
	return Want{0, content.NeedsDecision, content.CodePostNotFound}
}

// wants is what follows from each mood of one call to publish, after which the network is well.
func wants(rules publishers.Rules) map[string]Want {
	table := map[string]Want{
		"400": refused(), "404": refused(), "404 html": refused(), "409": refused(), "413": refused(), "422": refused(),
		"401": paused(), "403": paused(), "301": paused(),
		"429": out(), "429 soon": out(), "429 no reset": out(), "429 reset past": out(), "429 reset far": out(),
	}
	for _, name := range []string{
		"500", "502", "503 before", "504", "200 empty", "200 html", "200 no id", "201 no id", "206", "reset before", "silence",
	} {
		table[name] = lost(rules)
	}
	for _, name := range []string{
		"500 after storing", "502 after storing", "503 after storing", "200 empty after storing", "200 html after storing",
		"200 no id after storing", "206 after storing", "cut", "reset after", "silence after storing", "drip", "huge",
	} {
		table[name] = out()
	}
	return table
}

func runMoods(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newPlay(t, start, nil)
	table := wants(probe.rules)
	maps.Copy(table, probe.subject.Moods)
	if probe.subject.Renews {
		table["401"] = out()
	}
	for name, want := range probe.subject.Differs {
		if table[name] = want; want == (Want{}) {
			delete(table, name)
		}
	}
	t.Run("well", func(t *testing.T) {
		t.Parallel()
		p := newPlay(t, start, nil)
		p.expect(p.run(p.publish("Wir löschen früher.")), out())
	})
	for name, want := range table {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mood, ok := Named(name)
			if !ok {
				t.Fatalf("there is no mood %q", name)
			}
			p := newPlay(t, start, nil)
			p.subject.Fake.Next(Publish, mood)
			began := p.clock.Now()
			d := p.run(p.publish("Wir löschen früher."))
			p.expect(d, want)
			if waited := p.clock.Now().Sub(began); waited > 24*time.Hour {
				t.Errorf("it took %s", waited)
			}
			if arrived := len(p.published()); want.State != content.Sent && arrived != 1 {
				t.Errorf("%d requests to publish, want one", arrived)
			}
			p.checkAttempts(d)
		})
	}
	t.Run("order after 429", func(t *testing.T) {
		t.Parallel()
		runOrder(t, start)
	})
}

func (p *play) published() (list []Request) {
	for _, r := range p.subject.Fake.Requests() {
		if r.Route == Publish {
			list = append(list, r)
		}
	}
	return list
}

// checkAttempts: each attempt is written down and none is left open.
func (p *play) checkAttempts(d content.Delivery) {
	p.t.Helper()
	if len(d.Attempts) == 0 || len(d.Attempts) != d.Attempt {
		p.t.Errorf("%d attempts are written down, %d were made", len(d.Attempts), d.Attempt)
	}
	for _, a := range d.Attempts {
		if a.Outcome == content.OutcomeStarted {
			p.t.Errorf("attempt %d is left open", a.Number)
		}
	}
}

// runOrder: what comes first goes first, although it has to wait.
func runOrder(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	mood, _ := Named("429")
	p.subject.Fake.Next(Publish, mood)
	words := []string{"Erstens.", "Zweitens.", "Drittens."}
	ids := make([]string, len(words))
	for i, w := range words {
		ids[i] = p.publishAs(w, i)
	}
	for _, id := range ids {
		if d := p.run(id); d.State != content.Sent {
			t.Fatalf("%s %s", d.State, d.Reason.Code)
		}
	}
	posts := p.subject.Fake.Posts()
	if len(posts) != len(words) {
		t.Fatalf("the network holds %d posts", len(posts))
	}
	for i, post := range posts {
		if len(post.Text) < len(words[i]) || post.Text[:len(words[i])] != words[i] {
			t.Errorf("post %d is %q, want %q", i, post.Text, words[i])
		}
	}
}

// publishAs queues one of several deliveries, each for a change of its own.
func (p *play) publishAs(words string, n int) string {
	id := p.publish(words)
	p.outbox.mu.Lock()
	defer p.outbox.mu.Unlock()
	e := p.outbox.find(id)
	e.Change += string(rune('a' + n))
	e.Key = content.DeliveryKey(e.Delivery)
	return id
}
