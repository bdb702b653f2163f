package api_test

import (
	"reflect"
	"testing"

	"klartext/content"
)

// What strangers are told of a published change is what insiders are told: its hash, what it published and what it took down.
func TestStrangersSeeTheSameChange(t *testing.T) {
	s, _ := past(t)
	for _, name := range []string{"english-gone", "rewritten", "location-explained"} {
		all := s.do("", 200, "GET", "/changes?limit=100", nil)
		id := ""
		for i := range all.count("items") {
			if at := "items." + string(rune('0'+i)) + "."; all.text(at+"slug") == name {
				id = all.text(at + "id")
			}
		}
		open, own := s.do("", 200, "GET", "/changes/"+id, nil), s.do(content.Admin, 200, "GET", "/changes/"+id, nil)
		for _, field := range []string{"hash", "withdraw"} {
			if got, want := open.at(field), own.at(field); !reflect.DeepEqual(got, want) {
				t.Errorf("%s of %s: strangers see %v, insiders %v", field, name, got, want)
			}
		}
		if got, want := open.count("revisions"), own.count("revisions"); got != want {
			t.Errorf("%s: strangers see %d revisions, insiders %d", name, got, want)
		}
	}
}
