package publishers_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"klartext/content"
	"klartext/publishers"
)

// Anybody can run a server. What it says of a post must fit into every database
// and behind a link on a public page.
func TestForeignReceipts(t *testing.T) {
	for name, c := range map[string]struct {
		receipt publishers.Receipt
		id, url string
	}{
		"plain":             {publishers.Receipt{ID: "1", URL: "https://social.example/@shop/1"}, "1", "https://social.example/@shop/1"},
		"ulid":              {publishers.Receipt{ID: "01HZ3M6Q2Z", URL: "http://127.0.0.1:18081/@a/1"}, "01HZ3M6Q2Z", "http://127.0.0.1:18081/@a/1"},
		"no page":           {publishers.Receipt{ID: "1"}, "1", ""},
		"script":            {publishers.Receipt{ID: "1", URL: "javascript:alert(1)"}, "1", ""},
		"data":              {publishers.Receipt{ID: "1", URL: "data:text/html,x"}, "1", ""},
		"no scheme":         {publishers.Receipt{ID: "1", URL: "//evil.example"}, "1", ""},
		"markup":            {publishers.Receipt{ID: "1", URL: `https://evil.example/"><script>`}, "1", ""},
		"a name before it":  {publishers.Receipt{ID: "1", URL: "https://social.example@evil.example/"}, "1", ""},
		"a line break":      {publishers.Receipt{ID: "1", URL: "https://social.example/\r\nX: y"}, "1", ""},
		"endless":           {publishers.Receipt{ID: "1", URL: "https://social.example/" + strings.Repeat("x", 5000)}, "1", ""},
		"NUL in the id":     {publishers.Receipt{ID: "1\x00"}, "", ""},
		"an id that is one": {publishers.Receipt{ID: "<script>"}, "", ""},
		"an endless id":     {publishers.Receipt{ID: strings.Repeat("7", 3000)}, "", ""},
		"an id in no UTF-8": {publishers.Receipt{ID: "\xff"}, "", ""},
	} {
		b := newBench(t, nil, func(context.Context, publishers.Post) (publishers.Receipt, error) { return c.receipt, nil })
		id := b.queue("channel", 1)[0]
		b.start(t)
		b.settled(t, 1)
		d := b.outbox.Delivery(id)
		if d.RemoteID != c.id || d.RemoteURL != c.url || (d.State == content.Sent) != (c.id != "") {
			t.Errorf("%s: %s, id %.40q, address %.40q", name, d.State, d.RemoteID, d.RemoteURL)
		}
	}
}

// A server that sends back what it got must not make us show or log the channel's secrets.
func TestForeignWordsHoldNoSecret(t *testing.T) {
	const token, server = "a-token-of-the-shop", "social.example"
	b := newBench(t, nil, func(context.Context, publishers.Post) (publishers.Receipt, error) {
		return publishers.Receipt{}, &publishers.FateError{
			Fate: publishers.Never, Err: errors.New("403 for Bearer " + token),
			Reason: content.Reason{Code: content.CodePostRefused, Detail: server + " does not like Bearer " + token},
		}
	})
	id := b.queue("channel", 1)[0]
	b.outbox.PutChannel(content.StoredChannel{
		Channel: content.Channel{ID: "channel", Network: "test", State: content.ChannelActive},
		Sealed:  `{"server":"` + server + `","access_token":"` + token + `"}`,
	})
	b.start(t)
	b.settled(t, 1)
	if d := b.outbox.Delivery(id); d.State != content.Failed || d.Reason.Detail != server+" does not like Bearer …" {
		t.Errorf("%s, %q", d.State, d.Reason.Detail)
	}
	if strings.Contains(b.log.String(), token) {
		t.Errorf("the log has the secret:\n%s", b.log)
	}
}
