package content

import "time"

// QueueHead is what a channel would do next, with all that deciding about it needs.
type QueueHead struct {
	Delivery Delivery
	Channel  Channel
	// Busy is until when a call of this channel is under a lease; in the past: of a worker that is gone. Zero for none.
	Busy time.Time
	// Paced is when the channel's pace is used up; zero where it never sent.
	Paced time.Time
}

// Pick is a delivery that a worker wants to take as it saw it.
type Pick struct {
	ID      string
	Attempt int       // the number of the last attempt that it saw
	Paced   time.Time // when the channel's pace is used up after it; zero where nothing is posted
}

// Slot is pure: when a channel with this pace may send, where its pace is used up
// at paced, and until when it is used up after that. It is the generic cell rate
// algorithm (ITU-T I.371): Burst posts may go at once, the others one each Every.
func (p Pace) Slot(paced, now time.Time) (from, after time.Time) {
	if p.Every <= 0 {
		return now, time.Time{}
	}
	burst := time.Duration(max(p.Burst, 1))
	if most := now.Add(burst * p.Every); paced.After(most) {
		paced = most // more was never used up: a clock was ahead, or the pace was slower
	}
	from = paced.Add(-(burst - 1) * p.Every)
	if from.Before(now) {
		from = now
	}
	if paced.Before(from) {
		paced = from
	}
	return from, paced.Add(p.Every)
}
