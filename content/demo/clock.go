package demo

import "time"

// clock is the demo's own time. It goes on by a little with every look, as it does for
// people, so that nothing happens twice at one moment.
type clock struct{ at time.Time }

const glance = 23 * time.Second

func (c *clock) now() time.Time {
	c.at = c.at.Add(glance)
	return c.at
}

// set moves the clock to an hour of a day.
func (c *clock) set(day time.Time, hour int) {
	c.at = time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location())
}

// day is so many days after the day of the demo, before it where days is negative.
func (f *filler) day(days int) time.Time {
	return f.today.Time(f.zone).AddDate(0, 0, days)
}
