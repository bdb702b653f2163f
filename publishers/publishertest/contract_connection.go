package publishertest

import (
	"encoding/json"
	"errors"
	"maps"
	"sort"
	"strings"
	"testing"

	"klartext/content"
)

// runConnection: where no connection comes about nothing can be out, and it is tried again.
func runConnection(t *testing.T, start func(*testing.T, *Clock) Subject) {
	for name, address := range map[string]func(Subject) string{
		"refused":     func(Subject) string { return closedPort() },
		"no such tls": func(s Subject) string { return s.Fake.Untrusted(t) },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, start, address)
			id := p.publish("Wir löschen früher.")
			p.worker.Wake()
			<-p.outbox.Settled
			p.expect(p.outbox.Delivery(id), Want{0, content.Waiting, content.CodePostUnreachable})
			d := p.run(id)
			p.expect(d, Want{0, content.Failed, content.CodePostGaveUp})
			if d.Attempt < 5 || d.Attempt > 20 {
				t.Errorf("gave up after %d attempts", d.Attempt)
			}
		})
	}
}

// closedPort is an address where nobody listens. A port that was free a moment ago may be another fake's by now.
func closedPort() string { return "http://127.0.0.1:1" }

// runLengths: what the composer counts as fitting the network takes, and what it
// counts as one too long the network refuses.
func runLengths(t *testing.T, start func(*testing.T, *Clock) Subject) {
	for name, piece := range map[string]string{
		"letters": "a", "umlauts": "ü", "decomposed": "u\u0308", "emoji": "👍🏽", "families": "👨‍👩‍👧", "han": "字", "flags": "🇩🇪",
		"words": "Wort ", "remote mention": "@shop@example.social ", "links": "https://example.com/a/b?c=d ",
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, start, nil)
			account := p.account()
			if account.Limit == 0 {
				t.Skip("this network has no limit")
			}
			fits, over := p.longest(account, piece)
			if d := p.run(p.publishAs(fits, 0)); d.State != content.Sent {
				t.Errorf("a text that fits is %s: %s %s", d.State, d.Reason.Code, d.Reason.Detail)
			}
			if d := p.run(p.publishAs(over, 1)); d.State != content.Failed {
				t.Errorf("a text that is too long is %s", d.State)
			}
		})
	}
}

// longest finds the longest text of equal pieces that fits, filled up with
// letters, and one that is one letter longer.
func (p *play) longest(account content.Account, piece string) (fits, over string) {
	p.t.Helper()
	excess := func(words string) int {
		c := p.driver.Compose(account, content.Post{Text: words, Lang: "de", Permalink: permalink, Link: true})
		return c.Length - c.Limit
	}
	n := sort.Search(account.Limit, func(n int) bool { return excess(strings.Repeat(piece, n+1)+"x") > 0 })
	fits = strings.Repeat(piece, n) + "x"
	for excess(fits+"x") <= 0 {
		fits += "x"
	}
	if excess(fits) > 0 {
		p.t.Fatalf("no text of %q fits", piece)
	}
	over = fits + "x"
	for excess(over) <= 0 {
		over += "x"
	}
	return fits, over
}

// runCheck: a check knows the account, names the wrong field, and posts nothing.
func runCheck(t *testing.T, start func(*testing.T, *Clock) Subject) {
	p := newPlay(t, start, nil)
	if account := p.account(); account.ID == "" || account.Handle == "" {
		t.Errorf("the account is %+v", account)
	}
	_, settings := p.subject.At(p.subject.Fake.URL)
	var values map[string]string
	if err := json.Unmarshal(settings, &values); err != nil {
		t.Fatal(err)
	}
	for _, field := range p.driver.Fields() {
		if !field.Secret || field.Granted || values[field.Name] == "" {
			continue
		}
		wrong := maps.Clone(values)
		wrong[field.Name] = "nonsense"
		raw, err := json.Marshal(wrong)
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.driver.Check(t.Context(), raw)
		var e *content.Error
		if !errors.As(err, &e) || e.Kind != content.Invalid || !names(e, "settings."+field.Name) {
			t.Errorf("with a wrong %s: %v; want an invalid field", field.Name, err)
		}
		for _, secret := range p.subject.Secrets {
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the error shows a secret")
			}
		}
	}
	if posts := p.subject.Fake.Posts(); len(posts) != 0 {
		t.Errorf("the check posted %v", posts)
	}
}

func names(e *content.Error, field string) bool {
	for _, f := range e.Fields {
		if f.Field == field {
			return true
		}
	}
	return false
}
