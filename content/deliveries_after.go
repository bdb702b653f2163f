package content

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Abilities are what a network can do with a post that is out.
type Abilities struct {
	Edit     bool // change it in place
	Withdraw bool // take it down
	Read     bool // be asked about it
	Answer   bool // show another post as an answer to it
}

// Look orders one more look at the network for a post whose fate a person would have to decide.
func (s *Deliveries) Look(ctx context.Context, actor Actor, id string) (Delivery, error) {
	now := s.Now()
	d, err := s.decide(ctx, actor, id, "delivery.look", nil, func(d *Delivery, channel Channel) error {
		next, err := d.State.Next(StepLook)
		if err != nil {
			return err
		}
		if channel.State == ChannelDisconnected {
			return Fail(Conflict, CodeChannelDisconnected, Args{"Channel": channel.Name})
		}
		d.lookAgain(next, now)
		return nil
	})
	s.wake(err)
	return d, err
}

// lookAgain begins to look for the post anew. A post that was never tried may
// have been sent by a copy of this installation, so the look goes back to when it was ordered.
func (d *Delivery) lookAgain(state DeliveryState, now time.Time) {
	if d.First.IsZero() || d.Ordered.Before(d.First) {
		d.First = d.Ordered
	}
	if d.Doubt.IsZero() {
		d.Doubt = now
	}
	d.State, d.Looks, d.Tries, d.NextAttempt = state, 0, 0, now
	d.Reason = Reason{Code: CodePostLookAgain}
}

// Correction is other words for a post that is out.
type Correction struct {
	How            string // "edit" changes the post, "post" sends one that answers it
	Text           string // without the permalink
	ContentWarning string
	Link           bool
	// Confirmed says that a post with the same words, dropped in doubt before, may be out, and that this one is wanted all the same.
	Confirmed bool
}

// Ways to correct a post.
const (
	CorrectByEdit = "edit"
	CorrectByPost = "post"
)

// Correct orders other words for a post that is out: in place, where the network
// can do that, or by a post that answers it.
func (s *Deliveries) Correct(ctx context.Context, actor Actor, id string, c Correction) (Delivery, error) {
	if err := actor.May(DecideDelivery); err != nil {
		return Delivery{}, err
	}
	now := s.Now()
	d, err := s.Store.UpdateDelivery(ctx, id, func(d *Delivery, channel Channel) ([]Delivery, error) {
		next, err := d.State.Next(StepCorrect)
		if err != nil {
			return nil, err
		}
		composed, err := s.composeCorrection(d, channel, c)
		if err != nil {
			return nil, err
		}
		d.State, d.Reason, d.NextAttempt, d.Tries = next, waitsFor(channel), now, 0
		words := Wording{Text: composed.Text, ContentWarning: strings.TrimSpace(c.ContentWarning)}
		if c.How == CorrectByEdit {
			d.Wanted = &words
			return nil, nil
		}
		post := d.answer(words, channel, now)
		post.Confirmed = c.Confirmed
		return []Delivery{post}, nil
	}, NewAudit(actor, now, "delivery.correct", id, map[string]string{"how": c.How}))
	s.wake(err)
	return d, err
}

// waitsFor is why an order does not begin at once; empty where it does.
func waitsFor(channel Channel) Reason {
	if channel.State == ChannelPaused {
		return channel.Reason
	}
	return Reason{}
}

// answer is a new delivery that corrects this one.
func (d *Delivery) answer(words Wording, channel Channel, now time.Time) Delivery {
	a := Delivery{
		ID: NewID(now), Change: d.Change, Channel: d.Channel, Lang: d.Lang, Part: d.Part, Kind: KindCorrection, Follows: d.ID, State: Queued,
		Text: words.Text, ContentWarning: words.ContentWarning, Permalink: d.Permalink, Created: now, Ordered: now, NextAttempt: now,
	}
	if channel.State == ChannelPaused {
		a.State, a.Reason = Paused, channel.Reason
	}
	return a
}

// composeCorrection checks the words as those of an announcement are checked.
func (s *Deliveries) composeCorrection(d *Delivery, channel Channel, c Correction) (Composed, error) {
	network, ok := s.Networks[channel.Network]
	var p problems
	switch {
	case c.How != CorrectByEdit && c.How != CorrectByPost:
		p.add("how", CodeCorrectHow, Args{"Value": c.How})
	case channel.State == ChannelDisconnected || !ok:
		return Composed{}, Fail(Conflict, CodeChannelDisconnected, Args{"Channel": channel.Name})
	case c.How == CorrectByEdit && !s.Can[channel.Network].Edit:
		p.add("how", CodeCannotEdit, Args{"Network": channel.Network})
	}
	if strings.TrimSpace(c.Text) == "" {
		p.add("text", CodeRequired, nil)
	}
	if err := p.err(); err != nil {
		return Composed{}, err
	}
	composed := network.Compose(channel.Account, Post{
		Text: c.Text, ContentWarning: c.ContentWarning, Lang: d.Lang, Permalink: d.Permalink, Link: c.Link, Media: d.Media,
	})
	if over := composed.Over(); over > 0 {
		p.add("text", CodeAnnouncementLong, Args{"Channel": channel.Name, "Length": composed.Length, "Limit": composed.Limit, "Over": over})
	}
	if now := d.Words(); c.How == CorrectByEdit && composed.Text == now.Text && strings.TrimSpace(c.ContentWarning) == now.ContentWarning {
		p.add("text", CodeCorrectSame, nil)
	}
	return composed, p.err()
}

// Withdraw orders a post that is out to be taken down.
func (s *Deliveries) Withdraw(ctx context.Context, actor Actor, id string) (Delivery, error) {
	now := s.Now()
	d, err := s.decide(ctx, actor, id, "delivery.withdraw", nil, func(d *Delivery, channel Channel) error {
		next, err := d.State.Next(StepRetract)
		switch {
		case err != nil:
			return err
		case channel.State == ChannelDisconnected:
			return Fail(Conflict, CodeChannelDisconnected, Args{"Channel": channel.Name})
		case !s.Can[channel.Network].Withdraw:
			return Fail(Conflict, CodeCannotWithdraw, Args{"Network": channel.Network})
		}
		d.State, d.Reason, d.NextAttempt, d.Tries, d.Wanted = next, waitsFor(channel), now, 0, nil
		return nil
	})
	s.wake(err)
	return d, err
}

// CallOff ends a correction or withdrawal that the network has not taken yet.
func (s *Deliveries) CallOff(ctx context.Context, actor Actor, id string) (Delivery, error) {
	return s.decide(ctx, actor, id, "delivery.call_off", nil, func(d *Delivery, _ Channel) error {
		if !d.State.Allows(StepKeep) {
			return Fail(Conflict, CodeDeliveryState, Args{"State": string(d.State), "Step": string(StepKeep)})
		}
		if !d.Claimed.IsZero() {
			return Fail(Conflict, CodeAmendRunning, nil)
		}
		if d.State == Correcting && d.Wanted == nil {
			return Fail(Conflict, CodeDeliveryState, Args{"State": string(d.State), "Step": string(StepKeep)})
		}
		d.Keep(Reason{Code: CodeAmendCalledOff})
		return nil
	})
}

// Keep leaves a post as it is, because a correction or withdrawal came to nothing.
func (d *Delivery) Keep(reason Reason) {
	d.State, d.Reason, d.Wanted, d.Tries = Sent, reason, nil, 0
	if d.Corrected != nil {
		d.State = Corrected
	}
}

// Again orders the announcement to be posted once more, after it surely is not out any more. One that was dropped in
// doubt may be out: a person must have confirmed that followers may see it twice.
func (s *Deliveries) Again(ctx context.Context, actor Actor, id string, confirmed bool) (Delivery, error) {
	if err := actor.May(DecideDelivery); err != nil {
		return Delivery{}, err
	}
	now := s.Now()
	var made Delivery
	_, err := s.Store.UpdateDelivery(ctx, id, func(d *Delivery, channel Channel) ([]Delivery, error) {
		if !d.MayGoAgain() {
			return nil, Fail(Conflict, CodeAgainNot, nil)
		}
		if channel.State == ChannelDisconnected {
			return nil, Fail(Conflict, CodeChannelDisconnected, Args{"Channel": channel.Name})
		}
		made = d.again(channel, now)
		made.Confirmed = confirmed
		return []Delivery{made}, nil
	}, NewAudit(actor, now, "delivery.again", id, nil))
	if err != nil {
		return Delivery{}, err
	}
	s.wake(nil)
	return s.Store.Delivery(ctx, made.ID)
}

// MayGoAgain tells whether the announcement may be ordered once more: it surely is not out any more, or was dropped.
func (d *Delivery) MayGoAgain() bool {
	return d.State == Withdrawn || d.State == CancelledPost || (d.State == Sent || d.State == Corrected) && d.Health.Gone()
}

func (d *Delivery) again(channel Channel, now time.Time) Delivery {
	words := d.Words()
	a := d.answer(words, channel, now)
	a.Kind, a.Follows, a.Media = d.Kind, d.Follows, d.Media
	return a
}

// Held tells whether everything unsent waits for a person, because the database went back in time.
func (s *Deliveries) Held(ctx context.Context, actor Actor) (bool, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return false, err
	}
	return s.Store.Held(ctx)
}

// What a person decides about all posts that were held.
const (
	HeldLook = "look" // look for each on its network
	HeldSend = "send" // none of them is out: send them
	HeldDrop = "drop" // none of them shall go out
)

// ReleaseHeld ends the hold after a restore: by a person's word about all posts that were held.
func (s *Deliveries) ReleaseHeld(ctx context.Context, actor Actor, as string) (int, error) {
	if err := actor.May(DecideDelivery); err != nil {
		return 0, err
	}
	act, ok := map[string]func(context.Context, Actor, string) (Delivery, error){
		HeldLook: s.Look, HeldDrop: s.Cancel,
		HeldSend: func(ctx context.Context, actor Actor, id string) (Delivery, error) {
			return s.Resolve(ctx, actor, id, Resolution{As: "not_sent"})
		},
	}[as]
	if !ok {
		return 0, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "as", Code: CodeBulkAs, Args: Args{"Value": as}}}}
	}
	if err := s.Store.Release(ctx, NewAudit(actor, s.Now(), "delivery.release", "all", map[string]string{"as": as})); err != nil {
		return 0, err
	}
	waiting, err := s.undecided(ctx, CodePostRestored)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, d := range waiting {
		if _, err := act(ctx, actor, d.ID); err != nil && KindOf(err) != Conflict {
			return n, err
		}
		n++
	}
	return n, nil
}

// undecided lists what waits for a person for this reason, oldest first, so that
// what goes on goes on in its order.
func (s *Deliveries) undecided(ctx context.Context, reason Code) ([]Delivery, error) {
	waiting, err := s.Store.Deliveries(ctx, DeliveryFilter{State: NeedsDecision})
	if err != nil {
		return nil, err
	}
	waiting = slices.DeleteFunc(waiting, func(d Delivery) bool { return d.Reason.Code != reason })
	slices.SortStableFunc(waiting, func(a, b Delivery) int { return a.Created.Compare(b.Created) })
	return waiting, nil
}

func (s *Deliveries) wake(err error) {
	if err == nil && s.Wake != nil {
		s.Wake()
	}
}
