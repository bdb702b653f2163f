package storetest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func TestReseal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		c := newConsenting(t, store)
		first, second := c.connect(), c.connect()
		gone := c.connect()
		if _, err := c.channels.Disconnect(t.Context(), c.Admin, gone.ID); err != nil {
			t.Fatal(err)
		}
		c.begin(c.Admin, "")
		before, err := store.Sealed(t.Context())
		if err != nil || len(before) != 3 {
			t.Fatalf("%d sealed texts, %v; want two channels and a consent", len(before), err)
		}
		var seen []string
		n, err := store.Reseal(t.Context(), func(sealed, place string) (string, error) {
			if before[place] != sealed {
				t.Errorf("%s came with another text", place)
			}
			seen = append(seen, place)
			switch {
			case strings.Contains(place, first.ID):
				return "", nil
			case strings.Contains(place, second.ID): // renewed by somebody else at this very moment
				_, err := store.BeginRenewal(t.Context(), second.ID, "claim", c.Now(), c.Now())
				kept, endErr := store.EndRenewal(t.Context(), second.ID, "claim", "renewed")
				if !kept {
					t.Error("not renewed")
				}
				return "stale", errors.Join(err, endErr)
			}
			return "again", nil
		})
		slices.Sort(seen)
		if err != nil || n != 1 || len(slices.Compact(seen)) != 3 {
			t.Errorf("%d written, %v; asked for %v", n, err, seen)
		}
		after, err := store.Sealed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for place, text := range after {
			want := "again"
			if strings.Contains(place, first.ID) {
				want = before[place]
			}
			if strings.Contains(place, second.ID) {
				want = "renewed"
			}
			if text != want {
				t.Errorf("%s: %.20s, want %.20s", place, text, want)
			}
		}
		full := errors.New("full")
		if _, err := store.Reseal(t.Context(), func(string, string) (string, error) { return "", full }); !errors.Is(err, full) {
			t.Errorf("the error is lost: %v", err)
		}
	})
}
