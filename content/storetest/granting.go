package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"sync"
	"time"

	"klartext/content"
)

// Granting is a network with one account, whose owner connects it by consent.
// Its access tokens last an hour; each refresh token works once, and an old one
// is as good as none.
type Granting struct {
	Network
	Clock   content.Clock
	Account content.Account

	mu      sync.Mutex
	count   int
	codes   map[string]content.Consent // what each code was given for
	current string                     // the only refresh token that works
	revoked []string
	checks  int
	// Before runs at the beginning of each renewal, of a check and a revocation; its error is their answer.
	Before func(what string) error
}

// Grant is the settings of a channel that Granting connects.
type Grant struct {
	Server  string    `json:"server"`
	Access  string    `json:"access_token"`
	Refresh string    `json:"refresh_token"`
	Ends    time.Time `json:"expires_at"`
}

// Fields are those of a token that was typed or granted.
func (n *Granting) Fields() []content.SettingField {
	return []content.SettingField{
		{Name: "server"}, {Name: "access_token", Secret: true}, {Name: "refresh_token", Secret: true, Granted: true}, {Name: "expires_at", Granted: true},
	}
}

// ConsentFields asks for the server.
func (n *Granting) ConsentFields() []content.SettingField {
	return []content.SettingField{{Name: "server"}}
}

// BeginConsent answers a page on the server that was typed.
func (n *Granting) BeginConsent(_ context.Context, c content.Consent) (string, json.RawMessage, error) {
	if err := n.before("ask"); err != nil {
		return "", nil, err
	}
	var typed Grant
	if err := json.Unmarshal(c.Typed, &typed); err != nil {
		return "", nil, fmt.Errorf("decode: %w", err)
	}
	page := url.URL{Scheme: "https", Host: typed.Server, Path: "/ask", RawQuery: url.Values{"state": {c.State}, "redirect_uri": {c.Redirect}}.Encode()}
	return page.String(), json.RawMessage(`{"client_secret":"kept-canary"}`), nil
}

// Consent is what the owner does on the network's page: it answers the code for a state.
func (n *Granting) Consent(page string) (state, code string) {
	u, err := url.Parse(page)
	if err != nil {
		return "", ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.count++
	code = fmt.Sprintf("code-%d", n.count)
	if n.codes == nil {
		n.codes = map[string]content.Consent{}
	}
	n.codes[code] = content.Consent{State: u.Query().Get("state"), Redirect: u.Query().Get("redirect_uri")}
	return u.Query().Get("state"), code
}

// FinishConsent takes each code once, from whoever asked for it.
func (n *Granting) FinishConsent(_ context.Context, c content.Consent, code string) (json.RawMessage, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	given, ok := n.codes[code]
	delete(n.codes, code)
	if !ok || given.State != c.State || given.Redirect != c.Redirect || len(c.Verifier) < 43 || string(c.Kept) != `{"client_secret":"kept-canary"}` {
		return nil, content.Fail(content.Invalid, content.CodeConsentCode, content.Args{"Network": "Test"})
	}
	var typed Grant
	if err := json.Unmarshal(c.Typed, &typed); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return n.grant(typed.Server), nil
}

// grant makes a new pair, which is the only one that works.
func (n *Granting) grant(server string) json.RawMessage {
	n.count++
	n.current = fmt.Sprintf("refresh-canary-%d", n.count)
	raw, _ := json.Marshal(Grant{
		Server: server, Access: fmt.Sprintf("access-canary-%d", n.count), Refresh: n.current, Ends: n.Clock().Add(time.Hour),
	})
	return raw
}

// Check knows the account of every token but "refused".
func (n *Granting) Check(_ context.Context, raw json.RawMessage) (content.Account, error) {
	if err := n.before("check"); err != nil {
		return content.Account{}, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.checks++
	var g Grant
	if err := json.Unmarshal(raw, &g); err != nil {
		return content.Account{}, fmt.Errorf("decode: %w", err)
	}
	if g.Access == "refused" {
		return content.Account{}, Refused()
	}
	return n.Account, nil
}

// Refused is a driver's word that it does not take the token.
func Refused() error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
		{Field: "settings.access_token", Code: content.CodeTokenRefused},
	}}
}

// Expires is when the access token ends.
func (n *Granting) Expires(raw json.RawMessage) time.Time {
	var g Grant
	if json.Unmarshal(raw, &g) != nil {
		return time.Time{}
	}
	return g.Ends
}

// Renew takes the newest refresh token, once.
func (n *Granting) Renew(_ context.Context, raw json.RawMessage, _ time.Time) (json.RawMessage, error) {
	if err := n.before("renew"); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var g Grant
	if err := json.Unmarshal(raw, &g); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if g.Refresh != n.current {
		return nil, content.Fail(content.Invalid, content.CodeTokenRefused, nil)
	}
	return n.grant(g.Server), nil
}

// Spend uses the refresh token up, as a renewal does whose answer is lost.
func (n *Granting) Spend() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.current = ""
}

// Revoke notes the token.
func (n *Granting) Revoke(_ context.Context, raw json.RawMessage) error {
	if err := n.before("revoke"); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var g Grant
	if err := json.Unmarshal(raw, &g); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	n.revoked = append(n.revoked, g.Access)
	return nil
}

// Revoked lists the access tokens that were ended.
func (n *Granting) Revoked() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.revoked...)
}

// Checks is how often the account was asked for.
func (n *Granting) Checks() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.checks
}

// Pace wants two posts at once, then one each minute.
func (n *Granting) Pace(content.Account) content.Pace {
	return content.Pace{Burst: 2, Every: time.Minute}
}

func (n *Granting) before(what string) error {
	if n.Before == nil {
		return nil
	}
	return n.Before(what)
}
