package content

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// RenewalStore keeps credentials while they are renewed.
type RenewalStore interface {
	// Channel answers NotFound with CodeChannelUnknown.
	Channel(ctx context.Context, id string) (StoredChannel, error)
	// BeginRenewal notes on the channel who renews its credentials, unless somebody does whose time is not up.
	BeginRenewal(ctx context.Context, id, claim string, now, until time.Time) (Renewal, error)
	// EndRenewal stores what was renewed and answers true, or answers false where the credentials are others by now.
	EndRenewal(ctx context.Context, id, claim, sealed string) (bool, error)
	// DropRenewal ends a claim. Where the credentials may be spent all the same, the next one is told of it.
	DropRenewal(ctx context.Context, id, claim string, spent bool) error
}

// Renewal is the answer to who may renew.
type Renewal struct {
	Channel StoredChannel
	Mine    bool // false: somebody else is at it
	// CutOff is whether an earlier renewal ended without a word, so that what is stored may be spent.
	CutOff bool
}

// CredentialError says that a channel's credentials work no more until a person
// does something. Reason is why the channel is to be paused.
type CredentialError struct {
	Reason Reason
	Err    error
}

// Error is for logs.
func (e *CredentialError) Error() string {
	if e.Err == nil {
		return "credentials: " + string(e.Reason.Code)
	}
	return fmt.Sprintf("credentials: %s: %v", e.Reason.Code, e.Err)
}

// Unwrap gives the cause.
func (e *CredentialError) Unwrap() error { return e.Err }

// Renewals keeps credentials fresh, whoever asks: the worker, a check, a test. A
// refresh token works once, so over all processes one renews at a time, and what
// it got is stored before anybody uses it.
type Renewals struct {
	Store    RenewalStore
	Vault    Vault
	Networks map[string]Network
	Now      Clock
}

const (
	renewEarly  = 5 * time.Minute        // before the end, so that no call begins with credentials that end under way
	renewWithin = 30 * time.Second       // longest call to the network
	renewLease  = 2 * renewWithin        // longer than a call and the writing after it
	renewLook   = 150 * time.Millisecond // how often to look whether somebody else is done
	storeWithin = 20 * time.Second       // how long to try to write down what a renewal brought
)

// Fresh answers the channel's settings, decrypted, and renews them before where
// they have ended, are about to, or where force says that the network refused
// those in channel. It answers a *CredentialError where a person is needed. Every
// other error passes: the credentials are as they were, and nothing else was done.
func (r *Renewals) Fresh(ctx context.Context, channel StoredChannel, force bool) (json.RawMessage, error) {
	settings, err := r.open(channel)
	if err != nil {
		return nil, err
	}
	renewer, ok := r.Networks[channel.Network].(Renewer)
	if !ok {
		return settings, nil
	}
	ends := renewer.Expires(settings)
	if ends.IsZero() || !force && ends.After(r.Now().Add(renewEarly)) {
		return settings, nil
	}
	// Once begun it is finished, although the caller may be stopped: a pair that is got and not stored is lost.
	return r.renew(ctx, renewer, channel.ID, settings)
}

func (r *Renewals) open(channel StoredChannel) (json.RawMessage, error) {
	if err := channel.stillConnected(); err != nil {
		return nil, &CredentialError{Reason: Reason{Code: CodeChannelDisconnected, Args: Args{"Channel": channel.Name}}, Err: err}
	}
	settings, err := r.Vault.Open(channel.Sealed, SettingsPlace(channel.ID))
	if err != nil {
		return nil, &CredentialError{Reason: Reason{Code: CodeChannelKey}, Err: err}
	}
	return settings, nil
}

// renew gets the channel to itself, or waits for whoever has it.
func (r *Renewals) renew(ctx context.Context, renewer Renewer, id string, old json.RawMessage) (json.RawMessage, error) {
	for {
		now := r.Now()
		claim := NewID(now)
		found, err := r.Store.BeginRenewal(ctx, id, claim, now, now.Add(renewLease))
		if err != nil {
			return nil, fmt.Errorf("claim the renewal of channel %s: %w", id, err)
		}
		if found.Mine {
			return r.exchange(context.WithoutCancel(ctx), renewer, found, claim, old)
		}
		if err := pause(ctx, renewLook); err != nil {
			return nil, fmt.Errorf("wait for another renewal of channel %s: %w", id, err)
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// exchange renews under the claim, unless somebody did since the caller read the channel.
func (r *Renewals) exchange(ctx context.Context, renewer Renewer, found Renewal, claim string, old json.RawMessage) (json.RawMessage, error) {
	id := found.Channel.ID
	stored, err := r.open(found.Channel)
	if err != nil || !bytes.Equal(stored, old) {
		return stored, errors.Join(err, r.Store.DropRenewal(ctx, id, claim, found.CutOff && err != nil))
	}
	call, cancel := context.WithTimeout(ctx, renewWithin)
	defer cancel()
	fresh, err := renewer.Renew(call, stored, r.Now())
	if err != nil {
		return nil, r.notRenewed(ctx, found, claim, stored, err)
	}
	sealed, err := r.Vault.Seal(fresh, SettingsPlace(id))
	if err != nil {
		return nil, fmt.Errorf("encrypt the renewed settings of channel %s: %w", id, err)
	}
	return fresh, r.keep(ctx, id, claim, sealed)
}

// notRenewed tells a refusal, which is for good, from an answer that did not come, after which the token may be spent.
func (r *Renewals) notRenewed(ctx context.Context, found Renewal, claim string, settings json.RawMessage, cause error) error {
	reason, refused := PauseReason(cause)
	if !refused {
		refused = KindOf(cause) == Invalid
	}
	hide := secretsOf(r.Networks[found.Channel.Network].Fields(), settings)
	reason.Detail, cause = hide.Replace(reason.Detail), hideError(cause, hide)
	if err := r.Store.DropRenewal(ctx, found.Channel.ID, claim, !refused); err != nil {
		cause = errors.Join(cause, err)
	}
	if !refused {
		return fmt.Errorf("renew the credentials of channel %s: %w", found.Channel.ID, cause)
	}
	switch {
	case reason.Code != "" && reason.Code != CodeChannelToken: // says more than that they are refused
	case found.CutOff:
		reason.Code = CodeChannelRenewalLost
	default:
		reason.Code = CodeChannelRenewal
	}
	return &CredentialError{Reason: reason, Err: cause}
}

// keep writes the new credentials down. A database that is busy or full for a moment must not cost them.
func (r *Renewals) keep(ctx context.Context, id, claim, sealed string) error {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	for {
		kept, err := r.Store.EndRenewal(ctx, id, claim, sealed)
		switch {
		case err == nil && kept:
			return nil
		case err == nil: // a person put others in their place, which are to be used
			return Fail(Unavailable, CodeBusy, nil)
		}
		if pause(ctx, renewLook) != nil {
			return fmt.Errorf("store the renewed credentials of channel %s: %w", id, err)
		}
	}
}
