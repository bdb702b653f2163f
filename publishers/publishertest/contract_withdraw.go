package publishertest

import (
	"testing"

	"klartext/content"
	"klartext/publishers"
)

// runWithdraws: a post is gone or the driver says why not, and what is gone already is no error.
func runWithdraws(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newCalls(t, start)
	if _, ok := probe.driver.(publishers.Withdrawer); !ok || probe.wordsOnly() {
		return
	}
	moods := refusing()
	moods["404 html"] = publishers.Never
	left := map[string]int{}
	for name := range moods {
		left[name] = 1
	}
	for _, name := range append(unanswered(), answerless()...) {
		moods[name] = publishers.Later
	}
	for _, name := range unanswered() {
		left[name] = 1
	}
	for name, want := range moods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCalls(t, start)
			post := c.post("Bald wieder weg.")
			receipt := c.out(post)
			c.next(Withdraw, name)
			err := c.withdraw(post, receipt.ID)
			if err != nil || !accepted(name) { // some networks say all with their status
				c.expect(Withdraw, name, err, want)
				c.copies(left[name])
			}
			for range 2 {
				if err := c.withdraw(post, receipt.ID); err != nil {
					t.Errorf("after it: %v", err)
				}
				c.copies(0)
			}
		})
	}
	t.Run("other posts stay", func(t *testing.T) {
		t.Parallel()
		c := newCalls(t, start)
		first, second := c.out(c.post("Eins.")), c.post("Zwei.")
		c.out(second)
		if err := c.withdraw(second, first.ID); err != nil {
			t.Error(err)
		}
		c.copies(1)
	})
}

// accepted are answers of status 200 with an odd body after the post was deleted.
func accepted(mood string) bool {
	switch mood {
	case "200 empty", "200 html", "200 no id", "200 empty after storing", "200 html after storing", "200 no id after storing", "cut", "drip", "huge":
		return true
	}
	return false
}

func (c *calls) withdraw(post publishers.Post, id string) error {
	c.t.Helper()
	w, ok := c.driver.(publishers.Withdrawer)
	if !ok {
		c.t.Fatal("this driver withdraws nothing")
	}
	return w.Withdraw(c.t.Context(), post, id)
}

// runReplies: parts of threads and linked corrections answer the post before them and are never taken for it.
func runReplies(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newCalls(t, start)
	first := c.out(c.post("Wir löschen nach 12 Monaten."))
	reply := c.post("Berichtigung: nach 6 Monaten.")
	reply.ReplyTo = first.ID
	c.next(Publish, "503 after storing")
	_, err := c.driver.Publish(t.Context(), reply)
	if err != nil && publishers.FateOf(err).Reason.Code == content.CodePostWordsOnly {
		return
	}
	c.expect(Publish, "503 after storing", err, publishers.Unsure)
	if len(c.driver.Rules(c.account).Looks) == 0 {
		return
	}
	found, err := c.driver.Look(t.Context(), reply)
	if err != nil || len(found) != 1 || found[0].ID == first.ID {
		t.Fatalf("a look for the reply finds %v, %v; the first post is %s", found, err, first.ID)
	}
	if held := c.held(found[0].ID); held.ReplyTo != first.ID {
		t.Errorf("it answers %q, want %q", held.ReplyTo, first.ID)
	}
	if found, err = c.driver.Look(t.Context(), c.post("Wir löschen nach 12 Monaten.")); err != nil || len(found) != 1 || found[0].ID != first.ID {
		t.Errorf("a look for the first post finds %v, %v", found, err)
	}
	c.subject.Fake.Lose(first.ID)
	late := c.post("Noch eine Berichtigung.")
	late.ReplyTo = first.ID
	_, err = c.driver.Publish(t.Context(), late)
	if fate := c.expect(Publish, "reply to what is gone", err, publishers.Never); fate.Reason.Code != content.CodePostReply {
		t.Errorf("the reason is %s", fate.Reason.Code)
	}
	c.copies(1)
}
