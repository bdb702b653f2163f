package publishertest

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// consent is a question to the owner of an account on its way.
type consent struct {
	*calls
	consenter content.Consenter
	ask       content.Consent
}

// newConsent answers nil where the network knows no consent.
func newConsent(t *testing.T, start func(*testing.T, *Clock) Subject) *consent {
	t.Helper()
	c := &consent{calls: newCalls(t, start)}
	consenter, ok := c.driver.(content.Consenter)
	if !ok || c.subject.Typed == nil {
		return nil
	}
	c.consenter = consenter
	c.ask = content.Consent{
		Typed: c.subject.Typed(c.subject.Fake.URL), Redirect: "https://klartext.example/admin/channels/consent", State: "state-of-the-question",
		Verifier: strings.Repeat("verifier-", 6),
	}
	return c
}

// visit begins and goes to the network's page as the owner's browser does. It answers what came back.
func (c *consent) visit() url.Values {
	c.t.Helper()
	page, kept, err := c.consenter.BeginConsent(c.t.Context(), c.ask)
	if err != nil {
		c.t.Fatalf("begin: %v", err)
	}
	c.ask.Kept = kept
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, page, http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		c.t.Fatalf("the page answers %s: %v", resp.Status, err)
	}
	if !strings.HasPrefix(back.String(), c.ask.Redirect) || back.Query().Get("state") != c.ask.State {
		c.t.Fatalf("the browser is sent to %s", back)
	}
	c.ask.Issuer = back.Query().Get("iss")
	return back.Query()
}

func (c *consent) finish(code string) (json.RawMessage, error) {
	return c.consenter.FinishConsent(c.t.Context(), c.ask, code)
}

// connect goes all the way.
func (c *consent) connect() json.RawMessage {
	c.t.Helper()
	settings, err := c.finish(c.visit().Get("code"))
	if err != nil {
		c.t.Fatalf("finish: %v", err)
	}
	c.settings = settings
	return settings
}

// refused expects a sentence for people.
func (c *consent) refused(what string, err error, codes ...content.Code) {
	c.t.Helper()
	var e *content.Error
	if !errors.As(err, &e) {
		c.t.Errorf("%s: %v, want an error for people", what, err)
		return
	}
	for _, code := range codes {
		if e.Code == code || len(e.Fields) > 0 && e.Fields[0].Code == code {
			return
		}
	}
	c.t.Errorf("%s: %v, want one of %v", what, err, codes)
}

func runConsent(t *testing.T, start func(*testing.T, *Clock) Subject) {
	if newConsent(t, start) == nil {
		return
	}
	t.Run("all the way", func(t *testing.T) { t.Parallel(); runWholeConsent(t, start) })
	t.Run("mixed up", func(t *testing.T) { t.Parallel(); runMixedConsent(t, start) })
	for _, name := range append(append(unanswered(), answerless()...), "401", "403", "404", "404 html", "422", "429", "301") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsent(t, start)
			code := c.visit().Get("code")
			c.next(SignIn, name)
			settings, err := c.finish(code)
			if settings != nil {
				t.Errorf("settings came of it")
			}
			c.refused(name, err, content.CodeServerUnreachable, content.CodeServerKind, content.CodeConsentCode, content.CodeClientRefused, content.CodeNetworkSaid)
			c.quiet(err)
			c.connect() // a new question goes through
		})
	}
}

func runWholeConsent(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newConsent(t, start)
	settings := c.connect()
	known := map[string]bool{}
	for _, field := range c.driver.Fields() {
		known[field.Name] = true
	}
	var values map[string]string
	if err := json.Unmarshal(settings, &values); err != nil {
		t.Fatalf("settings are an object of strings: %v", err)
	}
	for name := range values {
		if !known[name] {
			t.Errorf("the setting %q is not described", name)
		}
	}
	account, err := c.driver.Check(t.Context(), settings)
	if err != nil || account.ID != c.account.ID || account.Images != c.account.Images {
		t.Fatalf("check: %+v, %v; want %+v", account, err, c.account)
	}
	post := c.post("Mit Zustimmung.")
	if c.account.Images > 0 {
		post.Media = []publishers.Media{picture("Eine Kurve, die fällt")}
		c.illustrated(post)
	} else {
		c.out(post)
	}
	revoker, ok := c.driver.(content.Revoker)
	if !ok {
		return
	}
	for range 2 { // what is useless already is no error
		if err := revoker.Revoke(t.Context(), settings); err != nil {
			t.Errorf("revoke: %v", err)
		}
	}
	_, err = c.driver.Publish(t.Context(), c.post("Zu spät."))
	c.expect(Publish, "revoked", err, publishers.Paused)
}

// runMixedConsent: codes are good once, for the one who asked, and only from the server that was asked.
func runMixedConsent(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newConsent(t, start)
	code := c.visit().Get("code")
	if _, err := c.finish(code); err != nil {
		t.Fatal(err)
	}
	_, err := c.finish(code)
	c.refused("a code used twice", err, content.CodeConsentCode)
	_, err = c.finish("never-given")
	c.refused("a code that was never given", err, content.CodeConsentCode)
	if c.visit().Get("iss") != "" {
		c.ask.Issuer = "https://elsewhere.example/"
		_, err = c.finish(c.visit2())
		c.refused("another server's answer", err, content.CodeConsentIssuer)
		c.ask.Issuer = ""
		_, err = c.finish(c.visit2())
		c.refused("an answer without the promised name", err, content.CodeConsentIssuer)
	}
	c.next(SignIn, "denied")
	if answer := c.deny(); answer.Get("error") == "" || answer.Get("code") != "" {
		t.Errorf("the owner said no, and the browser brought %v", answer)
	}
	revoker, ok := c.driver.(content.Revoker)
	if _, settings := c.subject.At(c.subject.Fake.URL); ok && revoker.Revoke(t.Context(), settings) == nil {
		t.Error("typed credentials cannot be revoked from here, and nobody is told")
	}
}

// visit2 is a visit that keeps the issuer as it is set.
func (c *consent) visit2() string {
	c.t.Helper()
	issuer := c.ask.Issuer
	code := c.visit().Get("code")
	c.ask.Issuer = issuer
	return code
}

// deny visits with moods for the page alone.
func (c *consent) deny() url.Values {
	c.t.Helper()
	c.subject.Fake.Calm()
	page, _, err := c.consenter.BeginConsent(c.t.Context(), c.ask)
	if err != nil {
		c.t.Fatal(err)
	}
	c.next(SignIn, "denied")
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, page, http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		c.t.Fatal(err)
	}
	return back.Query()
}

// runRenew: credentials that end are renewed, each pair once, and a pair that may be lost asks the owner.
func runRenew(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newConsent(t, start)
	if probe == nil {
		return
	}
	if _, ok := probe.driver.(content.Renewer); !ok {
		return
	}
	if _, typed := probe.subject.At(probe.subject.Fake.URL); !probe.renewer().Expires(typed).IsZero() {
		t.Error("typed keys do not end")
	}
	t.Run("once each", func(t *testing.T) { t.Parallel(); runRenewOnce(t, start) })
	moods := map[string]publishers.Fate{"400": publishers.Paused, "401": publishers.Paused, "403": publishers.Paused, "429": publishers.Later}
	for _, name := range append(unanswered(), answerless()...) {
		moods[name] = publishers.Later
	}
	for name, want := range moods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsent(t, start)
			settings := c.connect()
			c.next(SignIn, name)
			_, err := c.renewer().Renew(t.Context(), settings, c.clock.Now())
			c.expect(SignIn, name, err, want)
			next, err := c.renewer().Renew(t.Context(), settings, c.clock.Now())
			if slices.Contains(answerless(), name) { // the token is used up
				c.expect(SignIn, "again after "+name, err, publishers.Paused)
			} else if err != nil || len(next) == 0 {
				t.Errorf("again after %s: %v", name, err)
			}
		})
	}
}

func (c *consent) renewer() content.Renewer {
	c.t.Helper()
	r, ok := c.driver.(content.Renewer)
	if !ok {
		c.t.Fatal("this driver renews nothing")
	}
	return r
}

func runRenewOnce(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newConsent(t, start)
	first := c.connect()
	if ends := c.renewer().Expires(first); ends.Before(c.clock.Now()) || ends.After(c.clock.Now().Add(24*time.Hour)) {
		t.Errorf("the first pair ends at %s", ends)
	}
	c.next(Publish, "401")
	_, err := c.driver.Publish(t.Context(), c.post("Abgelaufen."))
	if fate := c.expect(Publish, "401", err, publishers.Paused); !fate.Expired {
		t.Error("a token that ended is not told from one that was taken away")
	}
	now := c.clock.Now().Add(time.Hour)
	second, err := c.renewer().Renew(t.Context(), first, now)
	if err != nil {
		t.Fatalf("renew: %v", err)
	}
	if ends := c.renewer().Expires(second); !ends.After(now) {
		t.Errorf("the second pair ends at %s", ends)
	}
	c.settings = second
	c.out(c.post("Erneuert."))
	_, err = c.renewer().Renew(t.Context(), first, now)
	c.expect(SignIn, "used twice", err, publishers.Paused)
	if _, err := c.renewer().Renew(t.Context(), second, now); err != nil {
		t.Errorf("renew again: %v", err)
	}
}
