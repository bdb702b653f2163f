package storetest_test

import (
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/storetest"
)

// dots takes every dot for the end of a sentence.
func dots(text, _ string) (ends []int) {
	for i := range len(text) {
		if text[i] == '.' {
			ends = append(ends, i+1)
		}
	}
	return ends
}

func TestProposalsFitAtOnceAndAreCutBetweenSentencesOnly(t *testing.T) {
	s := storetest.NewSite(t, storetest.SQLite(t))
	s.Changes.SentenceEnds = dots
	channel := s.Channel(t, "test")
	gone := s.Channel(t, "gone")
	if _, err := s.Channels().Disconnect(t.Context(), s.Admin, gone.ID); err != nil {
		t.Fatal(err)
	}
	c := s.Change(t, "a", s.Write(t, s.Entry(t, "a").ID, "en", "a"))
	const room = 100 - len("\n\nhttps://example.org/en/changes/a") // of the network of the tests
	first := strings.Repeat("x", 30) + "."
	for summary, want := range map[string]struct {
		text string
		code content.Code
	}{
		"":                                    {"", content.CodeProposalNoSummary},
		"Short. And shorter.":                 {"Short. And shorter.", ""},
		"Short. And no dot":                   {"Short. And no dot", ""},
		first + " " + first + " " + first:     {first + " " + first, content.CodeProposalPart},
		strings.Repeat("x", room):             {strings.Repeat("x", room), ""},
		strings.Repeat("x", room+1):           {"", content.CodeProposalNoFit},
		strings.Repeat("x", room) + ". More.": {"", content.CodeProposalNoFit},
	} {
		if _, err := s.Changes.Update(t.Context(), s.Author, c.ID, content.ChangeInput{Summary: content.Text{"en": summary}}); err != nil {
			t.Fatal(err)
		}
		all, err := s.Changes.Propose(t.Context(), s.Author, c.ID)
		if err != nil || len(all) != 2 || all[0].Announcement.Channel != channel.ID {
			t.Fatalf("%d proposals, %v", len(all), err)
		}
		german, english := all[0], all[1]
		if german.Reason.Code != content.CodeProposalNoSummary {
			t.Errorf("German without a summary: %+v", german)
		}
		if english.Announcement.Text != want.text || english.Reason.Code != want.code || english.Composed.Over() > 0 {
			t.Errorf("%q: %+v, want %q and %q", summary, english, want.text, want.code)
		}
	}
	if _, err := s.Changes.Propose(t.Context(), content.Actor{}, c.ID); content.KindOf(err) != content.Unknown {
		t.Errorf("a stranger: %v", err)
	}
}
