package admin

import (
	"slices"
	"time"

	"klartext/content"
)

// Codes of what only a form can get wrong: clocks that jump.
const (
	codeTimeForm  content.Code = "time_form"
	codeTimeGap   content.Code = "time_gap"
	codeTimeTwice content.Code = "time_twice"
)

// clockForm is what a browser's field for a day and a time sends.
const clockForm = "2006-01-02T15:04"

// localTime reads a wall-clock time in zone. Where the clock jumps forward over
// it there is no such time; where the clock goes back it comes twice, and offset
// ("+02:00") must say which one is meant. The error names the field publish_at.
func localTime(value, offset string, zone *time.Location) (time.Time, error) {
	wall, err := time.Parse(clockForm, value)
	if err != nil {
		return time.Time{}, timeError(codeTimeForm, content.Args{"Value": value})
	}
	candidates := instants(wall, zone)
	switch len(candidates) {
	case 0:
		return time.Time{}, timeError(codeTimeGap, content.Args{"Value": wall.Format("15:04"), "Zone": zone.String()})
	case 1:
		return candidates[0], nil
	}
	for _, t := range candidates {
		if t.Format("-07:00") == offset {
			return t, nil
		}
	}
	return time.Time{}, timeError(codeTimeTwice, content.Args{"Value": wall.Format("15:04"), "Zone": zone.String()})
}

// instants lists the moments at which clocks in zone show the wall time,
// earliest first: none, one or two.
func instants(wall time.Time, zone *time.Location) []time.Time {
	var out []time.Time
	for _, around := range []time.Duration{-36 * time.Hour, 36 * time.Hour} {
		_, offset := wall.Add(around).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if t.Format(clockForm) == wall.Format(clockForm) && !slices.ContainsFunc(out, t.Equal) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

func timeError(code content.Code, args content.Args) error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
		{Field: "publish_at", Code: code, Args: args},
	}}
}
