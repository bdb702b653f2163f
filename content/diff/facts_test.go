package diff

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLists(t *testing.T) {
	got := Lists("recipients", []string{"Post", "Bank", "Bank", "Pay"}, []string{"Bank", "Post", "Example Pay (US)"})
	want := FieldChange{
		Name: "recipients", Added: []string{"Example Pay (US)"}, Removed: []string{"Bank", "Pay"}, Kept: []string{"Bank", "Post"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestListsAddUp(t *testing.T) {
	lists := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c"}))
	rapid.Check(t, func(t *rapid.T) {
		before, after := lists.Draw(t, "before"), lists.Draw(t, "after")
		c := Lists("data", before, after)
		if len(c.Kept)+len(c.Added) != len(after) || len(c.Kept)+len(c.Removed) != len(before) {
			t.Fatalf("%v to %v: %+v", before, after, c)
		}
		for _, added := range c.Added {
			for _, removed := range c.Removed {
				if added == removed {
					t.Fatalf("%q is added and removed: %+v", added, c)
				}
			}
		}
	})
}

func TestDurations(t *testing.T) {
	for _, tt := range []struct {
		before, after string
		order         int
		ok            bool
	}{
		{"P12M", "P6M", -1, true},
		{"P3Y", "P10Y", 1, true},
		{"P1Y", "P12M", 0, true},
		{"P2W", "P14D", 0, true},
		{"P90D", "P30D", -1, true},
		{"PT36H", "P1D", -1, true},
		{"P1M", "P27D", -1, true},
		{"P1M", "P32D", 1, true},
		{"P1M", "P30D", 0, false},
		{"P6M", "P180D", -1, true},
		{"P1Y", "P365D", 0, false},
		{"P1Y", "P367D", 1, true},
		{"P1Y", "P1Y1D", 1, true},
		{"P1M", "P2M", 1, true},
		{"P1Y2M", "P1Y1M", -1, true},
		{"P1Y", "P1Y1M2D", 1, true},
		{"P1M30D", "P2M", 0, false},
		{"P", "P1D", 0, false},
		{"P1DT", "P1D", 0, false},
		{"", "P1D", 0, false},
		{"3 years", "P1D", 0, false},
		{"P0D", "PT0S", 0, true},
	} {
		if order, ok := Durations(tt.before, tt.after); order != tt.order || ok != tt.ok {
			t.Errorf("Durations(%q, %q) = %d, %t, want %d, %t", tt.before, tt.after, order, ok, tt.order, tt.ok)
		}
		if order, ok := Durations(tt.after, tt.before); order != -tt.order || ok != tt.ok {
			t.Errorf("Durations(%q, %q) = %d, %t, want %d, %t", tt.after, tt.before, order, ok, -tt.order, tt.ok)
		}
	}
}
