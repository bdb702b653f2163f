package publishers

import (
	"time"

	"klartext/content"
)

// amended is what follows from trying to correct a post in place or to take it
// down. Both do no harm twice, so whatever is not sure is done again.
func (c *Config) amended(s *settlement, j job, result got, err error, now time.Time) {
	switch {
	case err != nil:
		c.amendFailed(s, FateOf(err), now)
	case j.kind == content.AttemptWithdraw:
		s.move(content.StepWithdrawn, content.OutcomeDone, content.Reason{})
		s.delivery.Health = content.Health{}
	case result.seen.Gone:
		s.keep(content.OutcomeNever, content.Reason{Code: content.CodePostGone})
		s.delivery.Health = content.Health{Reason: s.delivery.Reason, Checked: now}
	case !result.seen.Intact:
		c.amendFailed(s, &FateError{Fate: Unsure, Reason: content.Reason{Code: content.CodePostUnverified}}, now)
	default:
		c.corrected(s, result, now)
	}
}

func (c *Config) corrected(s *settlement, result got, now time.Time) {
	words := *s.delivery.Wanted
	words.At = now
	s.move(content.StepCorrected, content.OutcomeDone, result.seen.Receipt.Warning)
	d := &s.delivery
	d.Corrected, d.Wanted, d.Tries = &words, nil, 0
	d.Health = content.Health{Reason: result.seen.Receipt.Warning, Checked: now, Next: c.nextRead(*d, now)}
}

func (c *Config) amendFailed(s *settlement, fate *FateError, now time.Time) {
	d := &s.delivery
	switch {
	case fate.Fate == Never && fate.Reason.Code == content.CodePostGone:
		s.keep(content.OutcomeNever, fate.Reason)
		d.Health = content.Health{Reason: fate.Reason, Checked: now}
	case fate.Fate == Never:
		s.keep(content.OutcomeNever, content.Reason{Code: refusedCode(d.State), Args: fate.Reason.Args, Detail: fate.Reason.Detail})
	case fate.Fate == Paused:
		s.stay(content.OutcomePaused, fate.Reason)
		s.pauseChannel = true
	default:
		if fate.At.IsZero() {
			d.Tries++
		}
		if d.Tries >= c.MaxTries {
			s.keep(content.OutcomeLater, content.Reason{Code: content.CodeAmendGaveUp, Args: content.Args{"Tries": d.Tries}, Detail: fate.Reason.Detail})
			return
		}
		s.stay(content.OutcomeLater, ofAmendment(fate.Reason))
		d.NextAttempt = c.nextTry(d.Tries, fate.At, now)
	}
}

// ofAmendment says of a post that is out what the reason says of one that is to be sent.
func ofAmendment(reason content.Reason) content.Reason {
	switch reason.Code { //nolint:exhaustive // the others are true of both
	case content.CodePostNoAnswer, content.CodePostNoID, content.CodePostServerError, content.CodePostInternal, content.CodePostUnreachable,
		content.CodePostBusy, content.CodePostMediaWait:
		return content.Reason{Code: content.CodeAmendLater, Detail: reason.Detail}
	}
	return reason
}

func refusedCode(state content.DeliveryState) content.Code {
	if state == content.Withdrawing {
		return content.CodeWithdrawRefused
	}
	return content.CodeCorrectRefused
}

// keep leaves the post as it is and says why.
func (s *settlement) keep(outcome content.Outcome, reason content.Reason) {
	s.delivery.Keep(reason)
	s.attempt.Outcome, s.attempt.Detail = outcome, reason
}

// stay keeps the order; it is tried again.
func (s *settlement) stay(outcome content.Outcome, reason content.Reason) {
	s.delivery.Reason, s.attempt.Outcome, s.attempt.Detail = reason, outcome, reason
}
