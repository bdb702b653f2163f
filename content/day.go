package content

import "time"

// DaysUntil counts the days from d to a later date; 0 where it is not later, or one of the two is no date.
func (d Date) DaysUntil(later Date) int {
	from, to := d.Time(time.UTC), later.Time(time.UTC)
	if from.IsZero() || to.IsZero() || !to.After(from) {
		return 0
	}
	return int(to.Sub(from).Hours() / 24)
}
