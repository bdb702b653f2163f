package server_test

import (
	"slices"
	"strings"
	"testing"
)

// What the page about the site says is kept of questions and votes is what the tables have. Whoever adds a column
// here must say so there: messages about.question_kept and about.vote_kept.
func TestTablesHoldWhatThePageSays(t *testing.T) {
	w := newWorld(t)
	columns, err := w.Store.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{
		"questions": {"about", "answer_entry", "answer_lang", "answer_version", "asked_on", "decided_on", "id", "lang", "receipt_hash", "state", "text", "word"},
		"votes":     {"cast_on", "clear", "entry_id", "id", "lang", "sentence", "version"},
	}
	for table, want := range told {
		var got []string
		for _, column := range columns {
			if name, ours := strings.CutPrefix(column, table+"."); ours {
				got = append(got, name)
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s has %v, the page speaks of %v", table, got, want)
		}
	}
}
