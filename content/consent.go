package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"
)

// ConsentLife is how long the owner of an account may take to answer.
const ConsentLife = 10 * time.Minute

// ConsentPlace is the place of a pending consent for the Vault.
func ConsentPlace(stateHash string) string { return "consents|" + stateHash + "|sealed" }

// PendingConsent is a question to the owner of an account as it is stored. Of
// its state only the SHA-256 is kept, and all else is encrypted.
type PendingConsent struct {
	StateHash string
	User      string // who asked, and who alone may finish
	Sealed    string
	Created   time.Time
	Expires   time.Time
}

// ConsentStore keeps pending consents.
type ConsentStore interface {
	// AddConsent also forgets those that nobody answered in time.
	AddConsent(ctx context.Context, pending PendingConsent, audit Audit) error
	// TakeConsent removes the pending consent of this user and answers it, once; NotFound with CodeConsentUnknown.
	TakeConsent(ctx context.Context, stateHash, user string) (PendingConsent, error)
}

// Consents is the service that connects accounts by their owner's consent at the network (OAuth).
type Consents struct {
	Store    ConsentStore
	Channels *Channels
	// Redirect is the site's own address to which networks send the browser back.
	Redirect string
}

// ConsentInput is what an admin types before the owner is asked.
type ConsentInput struct {
	Network   string
	Name      string
	Languages []Lang
	Settings  json.RawMessage // an object of strings, by the names of Consenter.ConsentFields
	// Channel is the connected channel that gets new credentials; then the others may be empty.
	Channel string
	// Redirect is where a program wants the browser sent; "" for the site's own address.
	Redirect string
}

// ConsentPage is where the owner of the account is asked.
type ConsentPage struct {
	URL     string
	State   string // comes back with the answer
	Expires time.Time
}

// ConsentAnswer is what the network sent the browser back with.
type ConsentAnswer struct {
	State  string
	Code   string
	Issuer string
	Error  string // of the network, "access_denied" where the owner said no
}

// asked is what a pending consent holds, encrypted.
type asked struct {
	Network   string          `json:"network"`
	Channel   string          `json:"channel,omitempty"`
	Name      string          `json:"name"`
	Languages []Lang          `json:"languages"`
	Typed     json.RawMessage `json:"typed"`
	Redirect  string          `json:"redirect"`
	Verifier  string          `json:"verifier"`
	Kept      json.RawMessage `json:"kept,omitempty"`
}

// Begin prepares the question to the owner and answers the page of the network where it is asked.
func (s *Consents) Begin(ctx context.Context, actor Actor, in ConsentInput) (ConsentPage, error) {
	if err := s.may(actor); err != nil {
		return ConsentPage{}, err
	}
	a, consenter, err := s.ask(ctx, in) // Kept holds the settings of a connected channel
	if err != nil {
		return ConsentPage{}, err
	}
	state, hash := NewSecret("")
	a.Verifier, _ = NewSecret("")
	page, kept, err := consenter.BeginConsent(ctx, Consent{
		Typed: a.Typed, Redirect: a.Redirect, State: state, Verifier: a.Verifier, Kept: a.Kept,
	})
	if err != nil {
		return ConsentPage{}, withoutSecrets(err, consenter.ConsentFields(), a.Typed)
	}
	if !isWeb(page) {
		return ConsentPage{}, Fail(Invalid, CodeConsentFailed, Args{"Said": ""})
	}
	a.Kept = kept
	now := s.Channels.Now()
	pending := PendingConsent{StateHash: hash, User: actor.UserID, Created: now, Expires: now.Add(ConsentLife)}
	if pending.Sealed, err = s.seal(a, hash); err != nil {
		return ConsentPage{}, err
	}
	audit := NewAudit(actor, now, "channel.ask", a.Channel, map[string]string{"network": a.Network, "name": a.Name})
	if err := s.Store.AddConsent(ctx, pending, audit); err != nil {
		return ConsentPage{}, err
	}
	return ConsentPage{URL: page, State: state, Expires: pending.Expires}, nil
}

// may is for people and their tokens: an answer comes back to whoever asked.
func (s *Consents) may(actor Actor) error {
	if err := actor.May(ManageChannels); err != nil {
		return err
	}
	if actor.UserID == "" {
		return Fail(Unknown, CodeLoginNeeded, nil)
	}
	return nil
}

// ask checks what was typed.
func (s *Consents) ask(ctx context.Context, in ConsentInput) (asked, Consenter, error) {
	a := asked{Network: in.Network, Channel: in.Channel, Name: in.Name, Languages: in.Languages, Redirect: in.Redirect}
	var before json.RawMessage
	if in.Channel != "" {
		stored, err := s.again(ctx, in.Channel, &before)
		if err != nil {
			return a, nil, err
		}
		a.Network, a.Name, a.Languages = stored.Network, stored.Name, stored.Languages
	}
	consenter, err := s.consenter(a.Network)
	if err != nil {
		return a, nil, err
	}
	probe := Channel{}
	if err := probe.apply(ChannelInput{Name: &a.Name, Languages: a.Languages}); err != nil {
		return a, nil, err
	}
	a.Name = probe.Name
	if a.Redirect == "" {
		a.Redirect = s.Redirect
	}
	if !mayReturnTo(a.Redirect, s.Redirect) {
		return a, nil, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "redirect", Code: CodeRedirectForm}}}
	}
	a.Kept = before
	a.Typed, err = cleanSettings(consenter.ConsentFields(), in.Settings, before)
	return a, consenter, err
}

// again reads a connected channel and its settings, from which what is not typed is taken.
func (s *Consents) again(ctx context.Context, id string, settings *json.RawMessage) (StoredChannel, error) {
	stored, err := s.Channels.Store.Channel(ctx, id)
	if err != nil {
		return stored, err
	}
	if err := stored.stillConnected(); err != nil {
		return stored, err
	}
	// Settings whose key is lost cannot be read; then everything is typed anew.
	if raw, err := s.Channels.Vault.Open(stored.Sealed, SettingsPlace(id)); err == nil {
		*settings = raw
	}
	return stored, nil
}

func (s *Consents) consenter(name string) (Consenter, error) {
	network, known := s.Channels.Networks[name]
	if !known {
		return nil, unknownNetwork(name, s.Channels.known())
	}
	consenter, ok := network.(Consenter)
	if !ok {
		return nil, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "network", Code: CodeConsentNone}}}
	}
	return consenter, nil
}

// mayReturnTo is whether the browser may be sent to an address with the answer: our own, one by https, or one on the same machine.
func mayReturnTo(address, own string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || len(address) > maxSetting {
		return false
	}
	if address == own || u.Scheme == "https" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// isWeb is whether a network's answer is the address of a page.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

func (s *Consents) seal(a asked, hash string) (string, error) {
	raw, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("encode a pending consent: %w", err)
	}
	sealed, err := s.Channels.Vault.Seal(raw, ConsentPlace(hash))
	if err != nil {
		return "", fmt.Errorf("encrypt a pending consent: %w", err)
	}
	return sealed, nil
}

// take finds the question to an answer; each is answered once.
func (s *Consents) take(ctx context.Context, actor Actor, state string) (asked, error) {
	hash := HashSecret(state)
	pending, err := s.Store.TakeConsent(ctx, hash, actor.UserID)
	if KindOf(err) == NotFound {
		return asked{}, &Error{Kind: Conflict, Code: CodeConsentUnknown, Err: err}
	}
	if err != nil {
		return asked{}, err
	}
	if !s.Channels.Now().Before(pending.Expires) {
		return asked{}, Fail(Conflict, CodeConsentExpired, Args{"Minutes": int(ConsentLife / time.Minute)})
	}
	raw, err := s.Channels.Vault.Open(pending.Sealed, ConsentPlace(hash))
	if err != nil {
		return asked{}, fmt.Errorf("decrypt a pending consent: %w", err)
	}
	var a asked
	if err := json.Unmarshal(raw, &a); err != nil {
		return asked{}, errors.New("a pending consent cannot be read") // the cause could quote a secret
	}
	return a, nil
}
