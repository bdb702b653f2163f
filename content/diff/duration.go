package diff

import (
	"cmp"
	"regexp"
	"strconv"
)

var isoDuration = regexp.MustCompile(`^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$`)

const day = 24 * 60 * 60

// Durations compares two ISO 8601 durations ("P3Y", "P6M", "PT12H", whole numbers):
// -1 if after is shorter than before, 0 if they are the same, 1 if it is longer. Not
// ok means that one is no duration, or that the calendar decides: a month against 30 days.
func Durations(before, after string) (order int, ok bool) {
	a, okA := parseDuration(before)
	b, okB := parseDuration(after)
	switch {
	case !okA || !okB:
		return 0, false
	case a == b:
		return 0, true
	case a.months == b.months:
		return cmp.Compare(b.seconds, a.seconds), true
	case a.most() < b.least():
		return 1, true
	case b.most() < a.least():
		return -1, true
	case (b.months-a.months > 0) == (b.seconds-a.seconds >= 0) && b.seconds != a.seconds || b.seconds == a.seconds:
		return cmp.Compare(b.months, a.months), true
	}
	return 0, false
}

// duration keeps months apart from seconds: a month has no fixed length.
type duration struct{ months, seconds int64 }

func parseDuration(text string) (duration, bool) {
	m := isoDuration.FindStringSubmatch(text)
	if m == nil || text[len(text)-1] == 'P' || text[len(text)-1] == 'T' {
		return duration{}, false
	}
	var n [8]int64
	for i := 1; i < len(n); i++ {
		n[i], _ = strconv.ParseInt(m[i], 10, 64) // an empty part is zero, others are digits
	}
	return duration{
		months:  12*n[1] + n[2],
		seconds: (7*n[3]+n[4])*day + n[5]*3600 + n[6]*60 + n[7],
	}, true
}

// The days of one to eleven months in a row, at least and at most.
var (
	fewestDays = [12]int64{0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334}
	mostDays   = [12]int64{0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337}
)

func (d duration) least() int64 {
	years := d.months / 12
	leapDays := max(0, years/4-(years+99)/100)
	return (years*365+leapDays+fewestDays[d.months%12])*day + d.seconds
}

func (d duration) most() int64 {
	years := d.months / 12
	return (years*365+(years+3)/4+mostDays[d.months%12])*day + d.seconds
}
