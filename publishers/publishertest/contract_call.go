package publishertest

import (
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// calls plays single calls of a driver, without a worker.
type calls struct {
	t        *testing.T
	subject  Subject
	clock    *Clock
	driver   publishers.Driver
	settings json.RawMessage
	account  content.Account
}

func newCalls(t *testing.T, start func(*testing.T, *Clock) Subject) *calls {
	t.Helper()
	clock := NewClock(time.Now().Truncate(time.Millisecond))
	c := &calls{t: t, subject: start(t, clock), clock: clock}
	c.driver, c.settings = c.subject.At(c.subject.Fake.URL)
	account, err := c.driver.Check(t.Context(), c.settings)
	if err != nil {
		t.Fatalf("check the account: %v", err)
	}
	c.account = account
	return c
}

// post is a post with its permalink and a content warning where the network has one.
func (c *calls) post(words string) publishers.Post {
	composed := c.driver.Compose(c.account, content.Post{Text: words, Lang: "de", Permalink: permalink, Link: true, Reference: "3f9a1c2e"})
	now := c.clock.Now()
	return publishers.Post{
		Settings: c.settings, Account: c.account, Change: "change-1", Text: composed.Text, Lang: "de", Permalink: permalink,
		Key: content.DeliveryKey(content.Delivery{Change: words}), First: now, Now: now,
	}
}

// out publishes and expects that to work.
func (c *calls) out(post publishers.Post) publishers.Receipt {
	c.t.Helper()
	receipt, err := c.driver.Publish(c.t.Context(), post)
	if err != nil || receipt.ID == "" || receipt.Warning.Code != "" {
		c.t.Fatalf("publish: %+v, %v", receipt, err)
	}
	return receipt
}

// next sets the mood of the next call of a route.
func (c *calls) next(route Route, mood string) { c.subject.Fake.Next(route, named(c.t, mood)) }

// held is the post with this id as the network holds it.
func (c *calls) held(id string) Held {
	c.t.Helper()
	for _, h := range c.subject.Fake.Posts() {
		if h.ID == id {
			return h
		}
	}
	c.t.Fatalf("the network does not hold %s", id)
	return Held{}
}

func (c *calls) copies(want int) {
	c.t.Helper()
	if n := c.subject.Fake.Copies(permalink); n != want {
		c.t.Errorf("the network holds %d copies, want %d", n, want)
	}
}

// expect checks what an error means, and that it has a reason for people and no secret.
func (c *calls) expect(route Route, mood string, err error, want publishers.Fate) publishers.FateError {
	c.t.Helper()
	if differs, ok := c.subject.Calls[string(route)+" "+mood]; ok {
		want = differs
	}
	if err == nil {
		c.t.Fatalf("%s %s: no error, want %s", route, mood, want)
	}
	fate := publishers.FateOf(err)
	if fate.Fate != want || fate.Reason.Code == "" || fate.Reason.Code == content.CodePostInternal {
		c.t.Errorf("%s %s: %v, want %s", route, mood, err, want)
	}
	c.quiet(err)
	return *fate
}

func (c *calls) quiet(err error) {
	c.t.Helper()
	for _, secret := range c.subject.Secrets {
		if err != nil && strings.Contains(err.Error(), secret) {
			c.t.Errorf("the error shows a secret")
		}
	}
}

// refusing are the moods in which a network refuses any call, with what that means.
func refusing() map[string]publishers.Fate {
	return map[string]publishers.Fate{
		"400": publishers.Never, "401": publishers.Paused, "403": publishers.Paused, "409": publishers.Never, "422": publishers.Never,
		"301": publishers.Paused, "429": publishers.Later, "429 soon": publishers.Later, "429 no reset": publishers.Later, "429 reset past": publishers.Later,
	}
}

// unanswered are the moods in which nothing was done and nobody can know; answerless those in which it was.
func unanswered() []string {
	return []string{"500", "502", "503 before", "504", "200 empty", "200 html", "200 no id", "206", "reset before", "silence"}
}

func answerless() []string {
	return []string{
		"500 after storing", "502 after storing", "503 after storing", "200 empty after storing", "200 html after storing", "200 no id after storing",
		"206 after storing", "cut", "reset after", "silence after storing", "drip", "huge",
	}
}

// picture is a small one.
func picture(alt string) publishers.Media {
	var b strings.Builder
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))) // a builder never fails
	return publishers.Media{ID: "m-" + alt, Type: "image/png", Alt: alt, Bytes: []byte(b.String())}
}
