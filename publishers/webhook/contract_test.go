package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
	"klartext/publishers/publishertest"
	"klartext/publishers/webhook"
)

func subject(t *testing.T, clock *publishertest.Clock) publishertest.Subject {
	fake := publishertest.NewWebhook("")
	fake.Now = clock.Now
	fake.Start(t)
	client := fake.Client(outbound.New(outbound.Options{AllowPrivate: true}))
	sent := publishertest.Want{Copies: 1, State: content.Sent}
	left := publishertest.Want{}
	return publishertest.Subject{
		Fake: fake.Fake, Secrets: []string{fake.Secret(), strings.TrimPrefix(fake.Secret(), "whsec_")},
		At: func(url string) (publishers.Driver, json.RawMessage) {
			return webhook.New(client, true), json.RawMessage(`{"url":"` + url + `/hook","secret":"` + fake.Secret() + `"}`)
		},
		Differs: map[string]publishertest.Want{
			"409": sent, // busy with the same message: it is sent again under its id
			// A receiver says all with its status, and any success means that it has the message.
			"200 empty": left, "200 html": left, "200 no id": left, "201 no id": left, "206": left,
		},
		Moods: map[string]publishertest.Want{
			"402":       {State: content.Paused},
			"410 empty": {State: content.Paused, Reason: content.CodeChannelAddress},
		},
	}
}

func TestContract(t *testing.T) { publishertest.Run(t, subject) }

func TestBodyIsTheSameForEveryAttempt(t *testing.T) {
	clock := publishertest.NewClock(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	fake := publishertest.NewWebhook("")
	fake.Now = clock.Now
	fake.Start(t)
	driver := webhook.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
	post := publishers.Post{
		Settings: json.RawMessage(`{"url":"` + fake.URL + `/hook","secret":"` + fake.Secret() + `"}`), Change: "c1", Lang: "de", Text: "Neu",
		ContentWarning: "Achtung", Permalink: "https://example.com/de/changes/a", Key: "k1", First: clock.Now(), Now: clock.Now(),
	}
	first, err := driver.Publish(t.Context(), post)
	if err != nil {
		t.Fatal(err)
	}
	clock.Reach(clock.Now().Add(time.Hour))
	post.Now = clock.Now()
	second, err := driver.Publish(t.Context(), post)
	if err != nil || second.ID != first.ID || first.ID == "" {
		t.Errorf("ids %q and %q, %v", first.ID, second.ID, err)
	}
	requests := fake.Requests()
	if len(requests) != 2 || requests[0].Body != requests[1].Body || requests[0].Key != requests[1].Key {
		t.Errorf("requests differ: %+v", requests)
	}
	if posts := fake.Posts(); len(posts) != 1 || posts[0].Arrivals != 2 || posts[0].Link != post.Permalink || posts[0].Warning != "Achtung" {
		t.Errorf("posts: %+v", posts)
	}
}
