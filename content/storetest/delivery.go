package storetest

import (
	"fmt"
	"testing"
	"time"

	"klartext/content"
)

// Channels is the channel service on the site's store.
func (s *Site) Channels() *content.Channels {
	return &content.Channels{Store: s.Store, Networks: map[string]content.Network{"test": Network{}}, Vault: plainVault{}, Now: s.Now}
}

// Deliveries is the delivery service on the site's store.
func (s *Site) Deliveries() *content.Deliveries {
	return &content.Deliveries{
		Store: s.Store, Networks: s.Changes.Networks, Can: map[string]content.Abilities{"test": {Edit: true, Withdraw: true, Read: true}},
		Pace: func(content.Channel) content.Pace { return content.Pace{Burst: 1, Every: time.Minute} }, Now: s.Now,
	}
}

// plainVault hides nothing but keeps the place, so that a mix-up of rows is seen.
type plainVault struct{}

// Seal writes the place before the secret.
func (plainVault) Seal(secret []byte, place string) (string, error) {
	return place + "=" + string(secret), nil
}

// Open refuses another place.
func (plainVault) Open(sealed, place string) ([]byte, error) {
	if len(sealed) <= len(place) || sealed[:len(place)+1] != place+"=" {
		return nil, fmt.Errorf("sealed for another place than %s", place)
	}
	return []byte(sealed[len(place)+1:]), nil
}

// Channel connects a channel for German and English.
func (s *Site) Channel(t testing.TB, name string) content.Channel {
	t.Helper()
	c, err := s.Channels().Connect(t.Context(), s.Admin, content.ChannelInput{
		Network: "test", Name: &name, Languages: []content.Lang{"de", "en"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Announce publishes a change that is announced in one language on each channel, and answers its deliveries by channel.
func (s *Site) Announce(t testing.TB, slug string, channels ...content.Channel) map[string]content.Delivery {
	t.Helper()
	e := s.Entry(t, slug)
	c := s.Change(t, slug, s.Write(t, e.ID, "en", slug))
	list := make([]content.Announcement, len(channels))
	for i, channel := range channels {
		list[i] = content.Announcement{Channel: channel.ID, Lang: "en", Text: "News: " + slug, Link: true}
	}
	if _, err := s.Changes.SetAnnouncements(t.Context(), s.Author, c.ID, list); err != nil {
		t.Fatal(err)
	}
	s.Publish(t, c.ID)
	deliveries, err := s.Store.Deliveries(t.Context(), content.DeliveryFilter{Change: c.ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(deliveries) != len(channels) {
		t.Fatalf("publishing made %d deliveries, want %d", len(deliveries), len(channels))
	}
	byChannel := map[string]content.Delivery{}
	for _, d := range deliveries {
		byChannel[d.Channel] = d
	}
	return byChannel
}
