package publishertest

import (
	"context"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// runPictures: pictures go before the post, with their descriptions, and whatever becomes of them, nothing is out.
func runPictures(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newCalls(t, start)
	if probe.account.Images == 0 {
		if warnings := probe.driver.Compose(probe.account, content.Post{Text: "x", Media: []string{"1"}}).Warnings; len(warnings) != 1 || warnings[0].Code != content.CodeWarnMedia {
			t.Errorf("a network without pictures must say so: %v", warnings)
		}
		return
	}
	moods := refusing()
	moods["404"], moods["404 html"], moods["413"], moods["picture broken"] = publishers.Never, publishers.Never, publishers.Never, publishers.Never
	for _, name := range append(unanswered(), answerless()...) {
		moods[name] = publishers.Later
	}
	for name, want := range moods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCalls(t, start)
			post := c.post("Mit Bild.")
			post.Media = []publishers.Media{picture("Eine Kurve, die fällt"), picture("Ein Schloss")}
			c.next(Upload, name)
			_, err := c.driver.Publish(t.Context(), post)
			fate := c.expect(Upload, name, err, want)
			if fate.Fate == publishers.Never && fate.Reason.Code != content.CodePostMedia {
				t.Errorf("the reason is %s", fate.Reason.Code)
			}
			c.copies(0)
			c.illustrated(post)
		})
	}
	for _, name := range []string{"picture slow", "picture never ready"} {
		t.Run(name, func(t *testing.T) { t.Parallel(); runSlowPicture(t, start, name) })
	}
}

// illustrated publishes a post with its pictures and expects each with its description, in order.
func (c *calls) illustrated(post publishers.Post) {
	c.t.Helper()
	held := c.held(c.out(post).ID)
	c.copies(1)
	if len(held.Pictures) != len(post.Media) {
		c.t.Fatalf("%d pictures, want %d", len(held.Pictures), len(post.Media))
	}
	for i, m := range post.Media {
		if held.Pictures[i].Alt != m.Alt || held.Pictures[i].Bytes != len(m.Bytes) || held.Pictures[i].Type != m.Type {
			c.t.Errorf("picture %d is %+v, want %q", i, held.Pictures[i], m.Alt)
		}
	}
	found, err := c.driver.Look(c.t.Context(), post)
	if err != nil || len(found) != 1 {
		c.t.Errorf("a look finds %v, %v", found, err)
	}
	post.Permalink = "" // its words alone must do: networks add a link for the pictures
	if found, err = c.driver.Look(c.t.Context(), post); err != nil || len(found) != 1 {
		c.t.Errorf("a look for its words finds %v, %v", found, err)
	}
}

// runSlowPicture: a network that works on a picture is waited for, as long as the call may last.
func runSlowPicture(t *testing.T, start func(*testing.T, *Clock) Subject, name string) {
	c := newCalls(t, start)
	post := c.post("Mit Bild.")
	post.Media = []publishers.Media{picture("Eine Kurve, die fällt")}
	c.next(Upload, name)
	if name == "picture slow" {
		c.illustrated(post)
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), callTimeout+time.Second) // a second to wait, the rest for the post
	defer cancel()
	_, err := c.driver.Publish(ctx, post)
	c.expect(Upload, name, err, publishers.Later)
	if ctx.Err() != nil {
		t.Error("no time is left for the post")
	}
	c.copies(0)
}
