package content

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func allDeliverySteps() []DeliveryStep {
	return []DeliveryStep{
		StepSend, StepSent, StepLater, StepRefuse, StepDoubt, StepFound, StepAsk, StepHold, StepFree, StepRetry, StepIsSent, StepNotSent, StepDrop,
		StepLook, StepCorrect, StepRetract, StepCorrected, StepWithdrawn, StepKeep,
	}
}

// out tells whether readers see a post in this state as far as is known, ends whether a delivery can only be ordered anew.
func (s DeliveryState) out() bool {
	return s == Sent || s == Correcting || s == Corrected || s == Withdrawing
}
func (s DeliveryState) ends() bool { return s == Withdrawn || s == CancelledPost }

// However a delivery is pushed about: what is out is never sent again and only
// taken down by our own call, what ended stays so, what may be out is only sent
// again by a person's word or where a look has come between, and every state has a way on.
func TestDeliveryStepsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, doubt := Queued, false
		for range 60 {
			step := rapid.SampledFrom(allDeliverySteps()).Draw(t, "step")
			next, err := state.Next(step)
			if (err == nil) != state.Allows(step) {
				t.Fatalf("%s: Next and Allows disagree on %s", state, step)
			}
			if err != nil {
				if next != state || KindOf(err) != Conflict {
					t.Fatalf("%s: refused %s with %v and became %s", state, step, err, next)
				}
				continue
			}
			switch {
			case state.ends():
				t.Fatalf("%s did not stay, but became %s by %s", state, next, step)
			case state.out() && !next.out() && (state != Withdrawing || next != Withdrawn):
				t.Fatalf("%s is out and became %s by %s", state, next, step)
			}
			switch step { //nolint:exhaustive // the others change nothing about doubts
			case StepDoubt, StepLook:
				doubt = true
			case StepLater, StepNotSent, StepRetry, StepFound, StepIsSent:
				doubt = false // proven safe, or a person's word
			case StepSend:
				if doubt {
					t.Fatal("sent again in doubt")
				}
			}
			state = next
		}
	})
	for _, state := range DeliveryStates() {
		ways := 0
		for _, step := range allDeliverySteps() {
			if state.Allows(step) {
				ways++
			}
		}
		if state.ends() != (ways == 0) {
			t.Errorf("%s has %d ways on", state, ways)
		}
	}
	if len(DeliveryStates()) != len(deliverySteps) {
		t.Errorf("%d states are listed, %d have steps", len(DeliveryStates()), len(deliverySteps))
	}
}

// Burst posts go at once, the others one each Every, however long nothing was sent before.
func TestPaceSpreadsABurst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pace := Pace{Burst: rapid.IntRange(0, 8).Draw(t, "burst"), Every: time.Duration(rapid.IntRange(1, 600).Draw(t, "every")) * time.Second}
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		var paced time.Time
		var went []time.Time
		for range 40 {
			if rapid.IntRange(0, 9).Draw(t, "idle") == 0 {
				now = now.Add(time.Duration(rapid.IntRange(0, 7200).Draw(t, "for")) * time.Second)
			}
			from, after := pace.Slot(paced, now)
			now, paced = from, after
			went = append(went, from)
		}
		burst := max(pace.Burst, 1)
		for i := range went {
			if i+burst < len(went) && went[i+burst].Sub(went[i]) < pace.Every {
				t.Fatalf("%d posts within %s, allowed are %d each %s: %v", burst+1, went[i+burst].Sub(went[i]), burst, pace.Every, went)
			}
			if i+2*burst < len(went) && went[i+2*burst].Sub(went[i]) < time.Duration(burst)*pace.Every/2 {
				t.Fatalf("faster than the pace for long: %v", went)
			}
		}
		if burst > 1 && !went[1].Equal(went[0]) && went[1].Sub(went[0]) < 0 {
			t.Fatal("time went back")
		}
	})
	if from, after := (Pace{}).Slot(time.Time{}, time.Unix(9, 0)); !from.Equal(time.Unix(9, 0)) || !after.IsZero() {
		t.Errorf("no pace: %s, %s", from, after)
	}
}

// A clock that was a year ahead for a moment must not stop a channel for a year.
func TestPaceForgetsATimeThatCannotBe(t *testing.T) {
	pace, now := Pace{Burst: 3, Every: time.Minute}, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if from, after := pace.Slot(now.AddDate(1, 0, 0), now); from.Sub(now) > time.Minute || after.Sub(now) > 4*time.Minute {
		t.Errorf("from %s until %s", from, after)
	}
}

func TestQueueStep(t *testing.T) {
	for _, c := range []struct {
		before, after ChannelState
		want          DeliveryStep
	}{
		{ChannelActive, ChannelActive, ""},
		{ChannelActive, ChannelPaused, StepHold},
		{ChannelPaused, ChannelActive, StepFree},
		{ChannelPaused, ChannelPaused, ""},
		{ChannelActive, ChannelDisconnected, StepDrop},
		{ChannelPaused, ChannelDisconnected, StepDrop},
	} {
		if got := QueueStep(c.before, c.after); got != c.want {
			t.Errorf("QueueStep(%s, %s) = %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

func TestDeliveryKeyIsTheSameForTheSameOrder(t *testing.T) {
	d := Delivery{Channel: "c", Change: "h", Lang: "de", Generation: 1, Created: time.Now(), Text: "a"}
	same := d
	same.ID, same.Text, same.Created = "other", "b", time.Time{}
	if DeliveryKey(d) != DeliveryKey(same) {
		t.Error("the key depends on more than channel, change, language, part and generation")
	}
	seen := map[string]bool{DeliveryKey(d): true}
	for _, change := range []func(*Delivery){
		func(d *Delivery) { d.Channel = "c2" }, func(d *Delivery) { d.Change = "h2" }, func(d *Delivery) { d.Lang = "en" },
		func(d *Delivery) { d.Part = 1 }, func(d *Delivery) { d.Generation = 2 },
	} {
		other := d
		change(&other)
		if key := DeliveryKey(other); seen[key] {
			t.Errorf("two orders have one key: %+v", other)
		} else {
			seen[key] = true
		}
	}
}

func TestIDOfPost(t *testing.T) {
	for link, want := range map[string]string{
		"https://example.social/@shop/115": "115", "https://x.com/shop/status/17?s=20": "17", "https://example.social/@shop/115/": "115",
	} {
		if id, err := idOfPost(link); err != nil || id != want {
			t.Errorf("idOfPost(%s) = %q, %v", link, id, err)
		}
	}
}

func TestRestartForgetsADoubtOnlyByAPersonsWord(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	doubtful := Progress{Attempt: 3, Tries: 4, Looks: 3, First: now.Add(-time.Hour), Doubt: now.Add(-time.Minute)}
	for state, keeps := range map[DeliveryState]bool{Waiting: true, NeedsDecision: false, Failed: false} {
		d := Delivery{State: state, Progress: doubtful, Key: "k", Reason: Reason{Code: CodePostRate}}
		d.restart(Queued, Channel{State: ChannelActive}, now)
		if d.Doubt.IsZero() == keeps {
			t.Errorf("%s: doubt %v, should be kept: %v", state, d.Doubt, keeps)
		}
		if d.State != Queued || d.Attempt != 3 || d.Tries != 0 || !d.First.Equal(doubtful.First) || d.Key != "k" || !d.Ordered.Equal(now) || d.Reason.Code != "" {
			t.Errorf("%s: %+v", state, d)
		}
	}
	d := Delivery{State: Failed}
	if d.restart(Queued, Channel{State: ChannelPaused, Reason: Reason{Code: CodeChannelToken}}, now); d.State != Paused || d.Reason.Code != CodeChannelToken {
		t.Errorf("on a paused channel: %s %s", d.State, d.Reason.Code)
	}
}

// What may be out must not go out again by one careless click, and the refusal must say what to do.
func TestRetryOfWhatMayBeOutAsksForADecision(t *testing.T) {
	for state, want := range map[DeliveryState]Code{
		UnknownFate: CodeDeliveryUnresolved, NeedsDecision: CodeDeliveryUnresolved, Sent: CodeDeliveryState, Sending: CodeDeliveryState,
	} {
		_, err := state.Next(StepRetry)
		if e, ok := errors.AsType[*Error](err); !ok || e.Code != want {
			t.Errorf("retry of %s: %v, want %s", state, err, want)
		}
	}
}
