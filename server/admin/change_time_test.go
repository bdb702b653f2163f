package admin

import (
	"errors"
	"testing"
	"time"

	"klartext/content"
)

func TestLocalTime(t *testing.T) {
	berlin := mustZone(t, "Europe/Berlin")
	for _, test := range []struct {
		name, value, offset string
		zone                *time.Location
		want                string
		code                content.Code
	}{
		{"summer", "2026-07-01T09:00", "", berlin, "2026-07-01T07:00:00Z", ""},
		{"winter", "2026-12-01T09:00", "", berlin, "2026-12-01T08:00:00Z", ""},
		{"the hour that is skipped", "2026-03-29T02:30", "", berlin, "", codeTimeGap},
		{"the last minute before it", "2026-03-29T01:59", "", berlin, "2026-03-29T00:59:00Z", ""},
		{"the first minute after it", "2026-03-29T03:00", "", berlin, "2026-03-29T01:00:00Z", ""},
		{"the hour that comes twice", "2026-10-25T02:30", "", berlin, "", codeTimeTwice},
		{"its first time", "2026-10-25T02:30", "+02:00", berlin, "2026-10-25T00:30:00Z", ""},
		{"its second time", "2026-10-25T02:30", "+01:00", berlin, "2026-10-25T01:30:00Z", ""},
		{"an offset that it never has", "2026-10-25T02:30", "+05:00", berlin, "", codeTimeTwice},
		{"an offset is ignored where it is clear", "2026-07-01T09:00", "+09:00", berlin, "2026-07-01T07:00:00Z", ""},
		{"half an hour of shift", "2026-04-05T01:45", "+10:30", mustZone(t, "Australia/Lord_Howe"), "2026-04-04T15:15:00Z", ""},
		{"no time", "tomorrow", "", berlin, "", codeTimeForm},
		{"no such day", "2026-02-30T10:00", "", berlin, "", codeTimeForm},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := localTime(test.value, test.offset, test.zone)
			if test.code == "" {
				if err != nil || got.UTC().Format(time.RFC3339) != test.want {
					t.Fatalf("got %v, %v; want %s", got.UTC(), err, test.want)
				}
				return
			}
			e, ok := errors.AsType[*content.Error](err)
			if !ok || len(e.Fields) != 1 || e.Fields[0].Field != "publish_at" || e.Fields[0].Code != test.code {
				t.Fatalf("got %v, %v; want code %s on publish_at", got, err, test.code)
			}
		})
	}
}

// Every moment of two years, seen on the wall, must be found again.
func TestInstantsFindEveryMoment(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"} {
		zone := mustZone(t, name)
		for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2028; at = at.Add(43 * time.Minute) {
			wall, err := time.Parse(clockForm, at.In(zone).Format(clockForm))
			if err != nil {
				t.Fatal(err)
			}
			found := instants(wall, zone)
			ok := false
			for _, f := range found {
				ok = ok || f.Equal(at.Truncate(time.Minute))
			}
			if !ok || len(found) > 2 {
				t.Fatalf("%s: %v is not among %v", name, at, found)
			}
		}
	}
}

func mustZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
