package mastodon_test

import (
	"encoding/json"
	"strings"
	"testing"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/mastodon"
	"klartext/publishers/outbound"
	"klartext/publishers/publishertest"
)

func subject(kind publishertest.Kind) func(*testing.T, *publishertest.Clock) publishertest.Subject {
	return func(t *testing.T, clock *publishertest.Clock) publishertest.Subject {
		fake := publishertest.NewMastodon(publishertest.MastodonOptions{Kind: kind, Limit: 500, Now: clock.Now})
		fake.Start(t)
		client := fake.Client(outbound.New(outbound.Options{AllowPrivate: true}))
		return publishertest.Subject{
			Fake: fake.Fake, Secrets: []string{fake.Token()}, BlindLook: "[]",
			At: func(url string) (publishers.Driver, json.RawMessage) {
				return mastodon.New(client, true), json.RawMessage(`{"server":"` + url + `","access_token":"` + fake.Token() + `"}`)
			},
			Typed: func(url string) json.RawMessage { return json.RawMessage(`{"server":"` + url + `"}`) },
			Moods: map[string]publishertest.Want{
				"402":           {Copies: 0, State: content.Failed},
				"422 media":     {Copies: 1, State: content.Sent},
				"unlisted":      {Copies: 1, State: content.Sent, Reason: content.CodePostVisibility},
				"410 empty":     {Copies: 0, State: content.Failed},
				"500 on replay": {Copies: 1, State: content.Sent},
			},
		}
	}
}

func TestMastodonContract(t *testing.T) {
	publishertest.Run(t, subject(publishertest.MastodonKind))
}

func TestGoToSocialContract(t *testing.T) {
	publishertest.Run(t, subject(publishertest.GoToSocial))
}

// A replay answered with 500 although the post exists: the key alone would never end.
func TestReplayAnswered500IsFound(t *testing.T) {
	publishertest.RunReplay(t, subject(publishertest.MastodonKind))
}

func TestPostCarriesVisibilityLanguageAndKey(t *testing.T) {
	fake := publishertest.NewMastodon(publishertest.MastodonOptions{Kind: publishertest.GoToSocial})
	fake.Start(t)
	driver := mastodon.New(outbound.New(outbound.Options{AllowPrivate: true}), true)
	receipt, err := driver.Publish(t.Context(), publishers.Post{
		Settings: json.RawMessage(`{"server":"` + fake.URL + `","access_token":"` + fake.Token() + `"}`),
		Text:     "Hallo", ContentWarning: "Achtung", Lang: "de", Key: "the-key",
	})
	if err != nil || receipt.Warning.Code != "" || !strings.HasPrefix(receipt.URL, fake.URL) {
		t.Fatalf("%+v, %v", receipt, err)
	}
	posts := fake.Posts()
	if len(posts) != 1 || posts[0].Visibility != "public" || posts[0].Lang != "de" || posts[0].Warning != "Achtung" {
		t.Errorf("posts: %+v", posts)
	}
	if requests := fake.Requests(); len(requests) != 1 || requests[0].Key != "the-key" {
		t.Errorf("requests: %+v", requests)
	}
}
