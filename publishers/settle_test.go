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
	j := job{rules: w.rules, kind: content.AttemptFor(d.State)}
	if !j.looks() {
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
	if j.looks() {
		found, err = w.look(t)
	} else {
		found, err = w.send(t, now)
	}
	return config.after(j, got{found: found}, err, now).delivery
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
		d = config.after(job{delivery: d, rules: rules, kind: content.AttemptSend}, got{}, refusal, now).delivery
		if d.State != content.UnknownFate || !d.NextAttempt.Equal(now.Add(time.Second)) {
			t.Errorf("%s: %s, looks at %s", name, d.State, d.NextAttempt)
		}
		for range rules.Looks {
			d = config.after(job{delivery: d, rules: rules, kind: content.AttemptLook}, got{}, nil, d.NextAttempt).delivery
		}
		if d.State != c.want {
			t.Errorf("%s: %s, want %s", name, d.State, c.want)
		}
		if c.want == content.Failed && d.Reason.Code != content.CodePostDuplicate {
			t.Errorf("%s: reason %s does not say why", name, d.Reason.Code)
		}
	}
}

// Whatever a network does to a correction or withdrawal: the post ends as it
// was or as ordered, by what the network shows, and nothing is ever posted anew.
func TestAmendmentsEndAsOrderedOrAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := Config{Jitter: func() float64 { return 0.5 }}.WithDefaults()
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		d := content.Delivery{State: content.Withdrawing, RemoteID: "1", RemoteURL: "https://a.example/1", Sent: now}
		if rapid.Bool().Draw(t, "correct") {
			d.State, d.Wanted = content.Correcting, &content.Wording{Text: "new"}
		}
		ordered, shown, gone := d.State, "old", false
		for range 100 {
			d.Attempt++
			var result got
			var err error
			switch rapid.SampledFrom([]string{"does", "does and loses", "loses", "never", "later", "pause", "pretends", "gone"}).Draw(t, "answer") {
			case "does":
				shown, gone = "new", ordered == content.Withdrawing
			case "does and loses":
				shown, gone, err = "new", ordered == content.Withdrawing, errors.New("no answer")
			case "loses":
				err = errors.New("no answer")
			case "never":
				err = &FateError{Fate: Never}
			case "later":
				err = &FateError{Fate: Later, At: now.Add(time.Hour)}
			case "pause":
				err = &FateError{Fate: Paused}
			case "pretends":
				if ordered == content.Withdrawing {
					err = errors.New("no answer")
				}
			case "gone":
				gone, err = true, &FateError{Fate: Never, Reason: content.Reason{Code: content.CodePostGone}}
				if ordered == content.Withdrawing {
					err = nil
				}
			}
			result.seen = Seen{Intact: shown == "new", Gone: gone, Receipt: Receipt{ID: "1"}}
			s := config.after(job{delivery: d, kind: content.AttemptFor(d.State)}, result, err, now)
			d = s.delivery
			switch d.State {
			case content.Corrected:
				if shown != "new" || d.Corrected == nil || d.Corrected.Text != "new" || d.Wanted != nil {
					t.Fatalf("corrected, but the network shows %q: %+v", shown, d)
				}
				return
			case content.Withdrawn:
				if !gone {
					t.Fatal("withdrawn, but the network shows it")
				}
				return
			case content.Sent:
				if d.Reason.Code == "" && err == nil {
					t.Fatal("given up without a word")
				}
				return
			case ordered:
				if s.attempt.Outcome == "" || d.RemoteID != "1" {
					t.Fatalf("%+v", s)
				}
				now = latest(now, d.NextAttempt)
			default:
				t.Fatalf("became %s", d.State)
			}
		}
		if d.Tries == 0 {
			return // a network that names times, or pauses, may go on
		}
		t.Fatalf("no end: %+v", d)
	})
}

// What is said of a post that may be out, or surely is not, is wrong of one that is.
func TestAnAmendmentInDoubtSpeaksOfItself(t *testing.T) {
	config := Config{}.WithDefaults()
	for _, code := range []content.Code{content.CodePostNoAnswer, content.CodePostServerError, content.CodePostUnreachable, content.CodePostBusy} {
		d := content.Delivery{State: content.Withdrawing, RemoteID: "1"}
		cause := &FateError{Fate: Later, Reason: content.Reason{Code: code, Detail: "no"}}
		s := config.after(job{delivery: d, kind: content.AttemptWithdraw}, got{}, cause, time.Unix(9, 0))
		if r := s.delivery.Reason; s.delivery.State != content.Withdrawing || r.Code != content.CodeAmendLater || r.Detail != "no" {
			t.Errorf("%s: %s, %+v", code, s.delivery.State, r)
		}
	}
}

func TestReadingBack(t *testing.T) {
	config := Config{Jitter: func() float64 { return 0 }}.WithDefaults()
	sent := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	fresh := content.Delivery{State: content.Sent, RemoteID: "1", Sent: sent, Progress: content.Progress{Attempt: 4}}
	fewer := content.Reason{Code: content.CodePostVisibility}
	for name, c := range map[string]struct {
		before content.Health
		seen   Seen
		kept   bool
		code   content.Code
		next   time.Duration // from the reading
	}{
		"well, for the first time": {content.Health{}, Seen{Intact: true}, true, "", 24 * time.Hour},
		"still well":               {content.Health{Checked: sent}, Seen{Intact: true}, false, "", 24 * time.Hour},
		"removed":                  {content.Health{Checked: sent}, Seen{Gone: true}, true, content.CodePostGone, 0},
		"other words":              {content.Health{Checked: sent}, Seen{}, true, content.CodePostAltered, 24 * time.Hour},
		"fewer people": {
			content.Health{Checked: sent}, Seen{Intact: true, Receipt: Receipt{Warning: fewer}}, true, content.CodePostVisibility, 24 * time.Hour,
		},
		"well again": {content.Health{Checked: sent, Reason: fewer}, Seen{Intact: true}, true, "", 24 * time.Hour},
	} {
		d := fresh
		d.Health = c.before
		now := sent.Add(time.Hour)
		r := config.seen(d, c.seen, now)
		if (r.attempt != nil) != c.kept || r.delivery.Health.Reason.Code != c.code || !r.delivery.Health.Checked.Equal(now) {
			t.Errorf("%s: %+v, attempt %+v", name, r.delivery.Health, r.attempt)
		}
		if next := r.delivery.Health.Next; c.next == 0 != next.IsZero() || c.next != 0 && !next.Equal(now.Add(c.next)) {
			t.Errorf("%s: read again at %s", name, next)
		}
		if c.kept && r.attempt.Number != 5 {
			t.Errorf("%s: attempt %d", name, r.attempt.Number)
		}
	}
	if r := config.seen(fresh, Seen{Intact: true}, sent.Add(30*24*time.Hour)); !r.delivery.Health.Next.IsZero() {
		t.Errorf("an old post is read again at %s", r.delivery.Health.Next)
	}
	r := config.unread(fresh, &FateError{Fate: Later, At: sent.Add(3 * time.Hour)}, sent)
	if r.attempt != nil || !r.delivery.Health.Next.Equal(sent.Add(3*time.Hour)) || !r.delivery.Health.Checked.IsZero() {
		t.Errorf("a reading that failed: %+v", r.delivery.Health)
	}
	if r := config.unread(fresh, &FateError{Fate: Never}, sent); !r.delivery.Health.Next.IsZero() {
		t.Errorf("what cannot be read is read again at %s", r.delivery.Health.Next)
	}
}

func TestAPostWaitsForItsPage(t *testing.T) {
	config := Config{}.WithDefaults()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	d := content.Delivery{State: content.Queued, Ordered: now, Permalink: "https://news.example/de/changes/a"}
	for d.State != content.NeedsDecision {
		s := config.noPage(d, errors.New("404 Not Found"), now)
		d = s.delivery
		d.Attempt++
		if s.attempt.Number != d.Attempt || s.attempt.Kind != content.AttemptPage || d.Reason.Detail != "404 Not Found" {
			t.Fatalf("%+v", s)
		}
		if d.State == content.Waiting {
			if wait := d.NextAttempt.Sub(now); wait < 2*time.Second || wait > time.Minute {
				t.Fatalf("waits %s", wait)
			}
			now = d.NextAttempt
		}
	}
	if now.Sub(d.Ordered) < config.PageWait || d.Attempt > 20 || d.Reason.Code != content.CodePostPageAsk {
		t.Errorf("asked after %s and %d tries: %s", now.Sub(d.Ordered), d.Attempt, d.Reason.Code)
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
