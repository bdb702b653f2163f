package publishers

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klartext/content"
)

// world is a network that accepts or not, answers truthfully or gets the answer
// lost, and can be searched more or less well.
type world struct {
	rules   Rules
	honours bool // the same key is the same post, for an hour
	copies  int
	firstAt time.Time
}

func (w *world) send(t *rapid.T, now time.Time) (found []Receipt, err error) {
	switch rapid.SampledFrom([]string{"refuse", "later", "later at", "pause", "accept", "lose before", "lose after"}).Draw(t, "send") {
	case "refuse":
		return nil, &FateError{Fate: Never}
	case "later":
		return nil, &FateError{Fate: Later}
	case "later at":
		return nil, &FateError{Fate: Later, At: now.Add(time.Duration(rapid.Int64Range(-1e13, 1e16).Draw(t, "reset")))}
	case "pause":
		return nil, &FateError{Fate: Paused}
	case "lose before":
		return nil, errors.New("no answer")
	case "lose after":
		w.accept(now)
		return nil, errors.New("no answer")
	}
	w.accept(now)
	return []Receipt{{ID: "1"}}, nil
}

func (w *world) accept(now time.Time) {
	if w.copies > 0 && w.honours && now.Sub(w.firstAt) < time.Hour {
		return
	}
	if w.copies == 0 {
		w.firstAt = now
	}
	w.copies++
}

func (w *world) look(t *rapid.T) ([]Receipt, error) {
	switch rapid.SampledFrom([]string{"true", "blind", "fails", "later", "pause"}).Draw(t, "look") {
	case "blind":
		return nil, nil
	case "fails":
		return nil, &FateError{Fate: Unsure}
	case "later":
		return nil, &FateError{Fate: Later}
	case "pause":
		return nil, &FateError{Fate: Paused}
	}
	if w.copies > 0 {
		return []Receipt{{ID: "1"}}, nil
	}
	return nil, nil
}

// Whatever a network does, there is never a second copy, nothing is sent without
// an id, and what ends is either out once, surely not out, or a person's to decide.
func TestNeverTwiceNeverLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := Config{Jitter: func() float64 { return rapid.Float64Range(0, 0.999).Draw(t, "jitter") }}.WithDefaults()
		w := &world{honours: rapid.Bool().Draw(t, "honours")}
		if rapid.Bool().Draw(t, "can be searched") {
			w.rules.Looks = []time.Duration{15 * time.Second, time.Minute, 5 * time.Minute}
		}
		if w.honours {
			w.rules.SameKey = 55 * time.Minute
		}
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		d := content.Delivery{State: content.Queued, Ordered: now}
		for range 400 {
			if d.NextAttempt.After(now) {
				now = d.NextAttempt
			}
			d = step(t, &config, w, d, now)
			checkWorld(t, w, d, now)
			switch d.State { //nolint:exhaustive // the others go on
			case content.Sent, content.Failed, content.NeedsDecision:
				return
			case content.Paused:
				d.State = content.Queued // a person repaired the channel
			}
		}
		t.Fatalf("no end: %s after %d attempts", d.State, d.Attempt)
	})
}

// step claims as the outbox does and settles.
func step(t *rapid.T, config *Config, w *world, d content.Delivery, now time.Time) content.Delivery {
	d.Attempt++
	if d.First.IsZero() {
		d.First = now
	}
	j := job{rules: w.rules, look: d.State == content.UnknownFate}
	if !j.look {
		next, err := d.State.Next(content.StepSend)
		if err != nil {
			t.Fatalf("claimed in state %s", d.State)
		}
		d.State = next
	}
	j.delivery = d
	if s, late := config.tooLate(j, now); late {
		return s.delivery
	}
	var found []Receipt
	var err error
	if j.look {
		found, err = w.look(t)
	} else {
		found, err = w.send(t, now)
	}
	return config.after(j, found, err, now).delivery
}

func checkWorld(t *rapid.T, w *world, d content.Delivery, now time.Time) {
	switch {
	case w.copies > 1:
		t.Fatalf("%d copies, state %s", w.copies, d.State)
	case d.State == content.Sent && (d.RemoteID == "" || w.copies != 1):
		t.Fatalf("sent with id %q and %d copies", d.RemoteID, w.copies)
	case d.State == content.Failed && w.copies != 0:
		t.Fatalf("failed, but the network has it")
	case d.NextAttempt.Sub(now) > 7*time.Hour:
		t.Fatalf("waits %s", d.NextAttempt.Sub(now))
	case d.State == content.Waiting && !d.NextAttempt.After(now) && d.Doubt.IsZero():
		t.Fatalf("waits for nothing")
	}
}

func TestDuplicateRefusalFoundNowhereIsFailed(t *testing.T) {
	config := Config{}.WithDefaults()
	rules := Rules{Looks: []time.Duration{time.Second, time.Minute}}
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	refusal := &FateError{Fate: Unsure, Duplicate: true, Reason: content.Reason{Code: content.CodePostDuplicate}}
	for name, c := range map[string]struct {
		doubtBefore time.Time
		want        content.DeliveryState
	}{
		"the only doubt":      {time.Time{}, content.Failed},
		"after a lost answer": {now.Add(-time.Hour), content.NeedsDecision},
	} {
		d := content.Delivery{State: content.Sending, Progress: content.Progress{Attempt: 1, First: now, Doubt: c.doubtBefore}}
		d = config.after(job{delivery: d, rules: rules}, nil, refusal, now).delivery
		if d.State != content.UnknownFate || !d.NextAttempt.Equal(now.Add(time.Second)) {
			t.Errorf("%s: %s, looks at %s", name, d.State, d.NextAttempt)
		}
		for range rules.Looks {
			d = config.after(job{delivery: d, rules: rules, look: true}, nil, nil, d.NextAttempt).delivery
		}
		if d.State != c.want {
			t.Errorf("%s: %s, want %s", name, d.State, c.want)
		}
		if c.want == content.Failed && d.Reason.Code != content.CodePostDuplicate {
			t.Errorf("%s: reason %s does not say why", name, d.Reason.Code)
		}
	}
}

func TestFateOfUnjudgedErrorIsUnsure(t *testing.T) {
	if f := FateOf(errors.New("boom")); f.Fate != Unsure {
		t.Errorf("fate = %s", f.Fate)
	}
}

func TestDetailFitsOnALine(t *testing.T) {
	got := Detail("a\r\n\tb\x00c\x1b[31m" + string(make([]byte, 10)) + "\xff")
	if got != "a b c [31m \uFFFD" {
		t.Errorf("Detail = %q", got)
	}
	if n := len([]rune(Detail(string(make([]rune, 0)) + longWord))); n != maxDetail {
		t.Errorf("a long sentence has %d letters", n)
	}
}

const longWord = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" +
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" +
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
