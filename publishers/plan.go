package publishers

import (
	"time"

	"klartext/content"
)

// plan is what a worker does now and when it should think again.
type plan struct {
	picks   []content.Pick
	pages   []content.QueueHead // to be sent as soon as the page that they link to is known to be there
	recover bool                // a worker that is gone left something behind
	next    time.Time           // the next time that anything can be done; zero for no known time
}

// plan is pure: what of all heads may be done now, one call a channel at a time
// and in order, as fast as the channel's pace allows. there tells whether a page
// is known to be there.
func (c *Config) plan(heads []content.QueueHead, now time.Time, free int, there func(content.Delivery) bool) plan {
	var p plan
	used := map[string]bool{}
	for _, h := range heads {
		switch {
		case !h.Busy.IsZero() && h.Busy.After(now):
			p.soonest(h.Busy)
		case !h.Busy.IsZero():
			p.recover = true
		case !used[h.Channel.ID]:
			used[h.Channel.ID] = c.consider(&p, h, now, free, there)
		}
	}
	return p
}

// consider picks the head if its time has come; it answers whether the channel is taken.
func (c *Config) consider(p *plan, h content.QueueHead, now time.Time, free int, there func(content.Delivery) bool) bool {
	pick := content.Pick{ID: h.Delivery.ID, Attempt: h.Delivery.Attempt}
	from := h.Delivery.NextAttempt
	if content.AttemptFor(h.Delivery.State) == content.AttemptSend {
		var slot time.Time
		slot, pick.Paced = c.pace(h.Channel).Slot(h.Paced, now)
		from = latest(from, slot)
	}
	switch {
	case from.After(now):
		p.soonest(from)
		return false
	case content.AttemptFor(h.Delivery.State) == content.AttemptSend && !there(h.Delivery):
		p.pages = append(p.pages, h)
		return true
	case len(p.picks) < free:
		p.picks = append(p.picks, pick)
		return true
	}
	return false
}

func (p *plan) soonest(at time.Time) {
	if p.next.IsZero() || at.Before(p.next) {
		p.next = at
	}
}

// defaultPace is for networks that name none.
const (
	defaultBurst = 5
	defaultEvery = 10 * time.Second
)

func (c *Config) pace(channel content.Channel) content.Pace {
	return PaceOf(c.Publishers, channel, c.Speed)
}

// PaceOf is how fast a channel sends: by its own setting, else by its network's, whose waiting speed scales.
func PaceOf(senders map[string]Publisher, channel content.Channel, speed float64) content.Pace {
	if channel.Pace.Every > 0 {
		return channel.Pace
	}
	pace := DefaultPace(senders[channel.Network], channel.Account)
	pace.Every = time.Duration(float64(pace.Every) * speed)
	return pace
}

// DefaultPace is how fast a channel sends where nothing else is set.
func DefaultPace(p Publisher, account content.Account) content.Pace {
	if paced, ok := p.(Paced); ok {
		return paced.Pace(account)
	}
	return content.Pace{Burst: defaultBurst, Every: defaultEvery}
}
