package publishers

import (
	"errors"
	"time"

	"klartext/content"
)

// settlement is how one attempt ended and what the delivery shall be then.
type settlement struct {
	delivery     content.Delivery
	attempt      content.Attempt
	pauseChannel bool
}

// job is one claimed delivery with all that deciding about it needs.
type job struct {
	delivery content.Delivery
	rules    Rules
	kind     content.AttemptKind
}

// amends tells whether the post is out and to be changed or taken down.
func (j job) amends() bool { return j.kind == content.AttemptEdit || j.kind == content.AttemptWithdraw }

func (j job) looks() bool { return j.kind == content.AttemptLook }

// settlement begins with what is known before the answer.
func (j job) settlement(now time.Time) settlement {
	d := j.delivery
	s := settlement{delivery: d, attempt: content.Attempt{Number: d.Attempt, Kind: j.kind, At: d.Claimed, Ended: now, Hash: d.Hash()}}
	s.delivery.NextAttempt = now
	return s
}

// after is pure: what follows from the answer to an attempt at this time.
func (c *Config) after(j job, result got, err error, now time.Time) settlement {
	s := j.settlement(now)
	switch {
	case j.amends():
		c.amended(&s, j, result, err, now)
	case err == nil && len(result.found) > 0 && result.found[0].ID != "":
		c.sent(&s, j, result.found, now)
	case err == nil && j.looks():
		c.notFound(&s, j, now)
	case err == nil:
		c.doubt(&s, j, &FateError{Fate: Unsure, Reason: content.Reason{Code: content.CodePostNoID}}, now)
	default:
		c.failed(&s, j, FateOf(err), now)
	}
	return s
}

func (c *Config) sent(s *settlement, j job, found []Receipt, now time.Time) {
	step, outcome := content.StepSent, content.OutcomeSent
	reason := found[0].Warning
	if j.looks() {
		step, outcome = content.StepFound, content.OutcomeFound
		if len(found) > 1 {
			reason = content.Reason{Code: content.CodePostFoundTwice, Args: content.Args{"Count": len(found), "URL": found[1].URL}}
		}
		for _, r := range found {
			s.attempt.Found = append(s.attempt.Found, content.PostSeen{ID: r.ID, URL: r.URL})
		}
	}
	s.move(step, outcome, reason)
	d := &s.delivery
	d.RemoteID, d.RemoteURL, d.Sent = found[0].ID, found[0].URL, now
	d.Health = content.Health{Next: now.Add(c.scaled(c.ReadSoon))}
}

// move takes the step; a step that does not fit is a mistake in this package, and then a person decides.
func (s *settlement) move(step content.DeliveryStep, outcome content.Outcome, reason content.Reason) {
	next, err := s.delivery.State.Next(step)
	if err != nil {
		next, reason = content.NeedsDecision, content.Reason{Code: content.CodePostInternal}
	}
	s.delivery.State, s.attempt.Outcome, s.attempt.Detail, s.delivery.Reason = next, outcome, reason, reason
}

// refuse ends a delivery that surely is not out. Where an earlier attempt left a
// doubt, the refusal of a later one says nothing about it, and a person decides.
func (s *settlement) refuse(outcome content.Outcome, reason content.Reason) {
	if s.delivery.Doubt.IsZero() {
		s.move(content.StepRefuse, outcome, reason)
		return
	}
	s.move(content.StepAsk, outcome, content.Reason{
		Code: content.CodePostNotFound, Args: content.Args{"Looks": s.delivery.Looks}, Detail: reason.Detail,
	})
	s.attempt.Detail = reason
}

// tooLate is pure: whether this delivery must not be sent any more without a
// person's word, because it is old, or because an earlier attempt may be out and
// the network's memory of its key has run out since.
func (c *Config) tooLate(j job, now time.Time) (settlement, bool) {
	s := j.settlement(now)
	d := &s.delivery
	switch age := now.Sub(d.Ordered); {
	case j.kind != content.AttemptSend:
		return s, false
	case !d.Doubt.IsZero() && !c.keyHolds(j, now):
		s.move(content.StepAsk, content.OutcomeHeld, content.Reason{Code: content.CodePostNotFound, Args: content.Args{"Looks": d.Looks}})
	case age > c.MaxAge:
		s.move(content.StepAsk, content.OutcomeHeld, content.Reason{Code: content.CodePostOverdue, Args: content.Args{"Hours": int(age / time.Hour)}})
	default:
		return s, false
	}
	return s, true
}

// keyHolds tells whether a call that begins now ends while the network still knows the key of the first attempt.
func (c *Config) keyHolds(j job, now time.Time) bool {
	return j.delivery.First.Add(j.rules.SameKey).After(now.Add(c.Call))
}

func (c *Config) failed(s *settlement, j job, fate *FateError, now time.Time) {
	if j.looks() {
		c.lookFailed(s, fate, now)
		return
	}
	switch fate.Fate {
	case Later:
		c.later(s, fate, now)
	case Never:
		s.refuse(content.OutcomeNever, fate.Reason)
	case Paused:
		s.move(content.StepHold, content.OutcomePaused, fate.Reason)
		s.pauseChannel = true
	case Unsure:
		c.doubt(s, j, fate, now)
	default:
		c.doubt(s, j, FateOf(errors.New("no fate")), now)
	}
}

// later waits as long as the network says, or longer each time. A network that
// names times is not counted against the post; its age is the bound then.
func (c *Config) later(s *settlement, fate *FateError, now time.Time) {
	d := &s.delivery
	if fate.At.IsZero() {
		d.Tries++
	}
	if d.Tries >= c.MaxTries {
		s.refuse(content.OutcomeLater, content.Reason{
			Code: content.CodePostGaveUp, Args: content.Args{"Tries": d.Tries}, Detail: fate.Reason.Detail,
		})
		return
	}
	s.move(content.StepLater, content.OutcomeLater, fate.Reason)
	d.NextAttempt = c.nextTry(d.Tries, fate.At, now)
	if fate.Reason.Code == content.CodePostRate {
		d.NextAttempt = latest(d.NextAttempt, now.Add(c.scaled(rateWait)))
	}
}

// rateWait is the least wait after "too many posts", also where the network named a sooner time.
const rateWait = time.Minute

// nextTry bounds what the network says, because its clock may be wrong, and adds
// jitter, because everybody else was told the same time.
func (c *Config) nextTry(tries int, at, now time.Time) time.Time {
	backoff := c.scaled(c.Backoff)
	pause := backoff << min(max(tries-1, 0), 20)
	if !at.IsZero() {
		pause = max(at.Sub(now), backoff)
	}
	pause = min(pause, c.MaxPause)
	return now.Add(pause + time.Duration(c.Jitter()*float64(pause)/10))
}

// doubt begins to look, or where the network cannot be searched, ends at once.
func (c *Config) doubt(s *settlement, j job, fate *FateError, now time.Time) {
	d := &s.delivery
	d.Duplicate = fate.Duplicate && d.Doubt.IsZero()
	d.Doubt, d.Looks = now, 0
	s.move(content.StepDoubt, content.OutcomeUnsure, fate.Reason)
	if len(j.rules.Looks) == 0 {
		c.unfound(s, j, now)
		s.attempt.Outcome, s.attempt.Detail = content.OutcomeUnsure, fate.Reason
		return
	}
	d.Tries = 0
	d.NextAttempt = now.Add(c.scaled(j.rules.Looks[0]))
}

func (c *Config) scaled(d time.Duration) time.Duration { return time.Duration(float64(d) * c.Speed) }

// notFound waits for the next look, or ends after the last one.
func (c *Config) notFound(s *settlement, j job, now time.Time) {
	d := &s.delivery
	reason := d.Reason
	d.Looks++
	d.Tries = 0
	if d.Looks >= len(j.rules.Looks) {
		c.unfound(s, j, now)
	} else {
		s.move(content.StepDoubt, content.OutcomeNotFound, reason)
		d.NextAttempt = latest(now, d.Doubt.Add(c.scaled(j.rules.Looks[d.Looks])))
	}
	s.attempt.Outcome, s.attempt.Detail = content.OutcomeNotFound, content.Reason{}
}

// unfound decides about a post that was looked for in vain: send it again only
// where the network is known to take the same key as the same post.
func (c *Config) unfound(s *settlement, j job, now time.Time) {
	d := &s.delivery
	said := d.Reason
	switch {
	case d.Duplicate:
		s.move(content.StepRefuse, content.OutcomeNotFound, said)
	case c.keyHolds(j, now) && d.Tries < c.MaxTries:
		d.Tries++
		s.move(content.StepLater, content.OutcomeNotFound, content.Reason{Code: content.CodePostResend, Detail: said.Detail})
		if len(j.rules.Looks) == 0 {
			d.NextAttempt = c.nextTry(d.Tries, time.Time{}, now)
		}
	default:
		s.move(content.StepAsk, content.OutcomeNotFound, content.Reason{
			Code: content.CodePostNotFound, Args: content.Args{"Looks": d.Looks, "Why": string(said.Code)}, Detail: said.Detail,
		})
	}
}

// lookFailed keeps the doubt. A channel that lost its rights is paused and the look goes on when it works again.
func (c *Config) lookFailed(s *settlement, fate *FateError, now time.Time) {
	d := &s.delivery
	said := d.Reason
	d.Tries++
	if fate.Fate == Paused {
		s.move(content.StepDoubt, content.OutcomePaused, fate.Reason)
		s.pauseChannel = true
		return
	}
	if d.Tries >= c.MaxTries || fate.Fate == Never {
		s.move(content.StepAsk, content.OutcomeLater, content.Reason{Code: content.CodePostLookFailed, Args: content.Args{"Tries": d.Tries}, Detail: fate.Reason.Detail})
		return
	}
	s.move(content.StepDoubt, content.OutcomeLater, said)
	s.attempt.Detail = fate.Reason
	d.NextAttempt = c.nextTry(d.Tries, fate.At, now)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
