package publishertest

import (
	"testing"

	"klartext/content"
	"klartext/publishers"
)

// runEdits: an edit keeps what it does not change, is believed only when it can be read back, and does no harm twice.
func runEdits(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newCalls(t, start)
	if _, ok := probe.driver.(publishers.Editor); !ok {
		return
	}
	moods := refusing()
	delete(moods, "422") // the answer of some to an edit that changes nothing
	moods["drop"] = publishers.Later
	for _, name := range unanswered() {
		moods[name] = publishers.Later
	}
	for name, want := range moods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEdit(t, start)
			e.next(Edit, name)
			_, err := e.edit()
			e.expect(Edit, name, err, want)
			e.stands(e.before)
			if _, err = e.edit(); err != nil {
				t.Errorf("the edit after it: %v", err)
			}
			e.stands(e.post)
		})
	}
	for _, name := range append(answerless(), "well") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEdit(t, start)
			if name != "well" {
				e.next(Edit, name)
			}
			for range 2 { // the second one changes nothing
				if receipt, err := e.edit(); err != nil || receipt.ID != e.id || receipt.Warning.Code != "" {
					t.Fatalf("edit: %+v, %v", receipt, err)
				}
				e.stands(e.post)
			}
		})
	}
	t.Run("gone", func(t *testing.T) {
		t.Parallel()
		e := newEdit(t, start)
		e.subject.Fake.Lose(e.id)
		_, err := e.edit()
		if fate := e.expect(Edit, "gone", err, publishers.Never); fate.Reason.Code != content.CodePostGone {
			t.Errorf("the reason is %s", fate.Reason.Code)
		}
		e.copies(0)
	})
}

// edit is a post that is out, and what shall become of it.
type edit struct {
	*calls
	id           string
	before, post publishers.Post
}

func newEdit(t *testing.T, start func(*testing.T, *Clock) Subject) *edit {
	t.Helper()
	e := &edit{calls: newCalls(t, start)}
	e.before = e.calls.post("Wir löschen nach 12 Monaten.")
	e.before.ContentWarning = "Datenschutz"
	if e.account.Images > 0 {
		e.before.Media = []publishers.Media{picture("Eine Kurve, die fällt")}
	}
	e.id = e.out(e.before).ID
	e.post = e.calls.post("Wir löschen nach 6 Monaten.")
	e.post.ContentWarning, e.post.Media = "Datenschutz, berichtigt", e.before.Media
	return e
}

func (e *edit) edit() (publishers.Receipt, error) {
	e.t.Helper()
	editor, ok := e.driver.(publishers.Editor)
	if !ok {
		e.t.Fatal("this driver edits nothing")
	}
	return editor.Edit(e.t.Context(), e.post, e.id)
}

// stands checks every field of the post.
func (e *edit) stands(want publishers.Post) {
	e.t.Helper()
	held := e.held(e.id)
	if held.Text != want.Text || held.Warning != want.ContentWarning || held.Lang != string(want.Lang) || held.Visibility != "public" || len(held.Pictures) != len(want.Media) {
		e.t.Errorf("the post is %+v, want %q %q with %d pictures", held, want.Text, want.ContentWarning, len(want.Media))
	}
	e.copies(1)
}
