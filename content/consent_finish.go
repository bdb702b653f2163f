package content

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Finish takes the network's answer: it makes a channel of the account, or gives
// a connected one its new credentials. Each question is answered once, by who asked it.
func (s *Consents) Finish(ctx context.Context, actor Actor, answer ConsentAnswer) (Channel, error) {
	if err := s.may(actor); err != nil {
		return Channel{}, err
	}
	a, err := s.take(ctx, actor, answer.State)
	if err != nil {
		return Channel{}, err
	}
	if err := answer.refusal(); err != nil {
		return Channel{}, err
	}
	consenter, err := s.consenter(a.Network)
	if err != nil {
		return Channel{}, err
	}
	// A code that is exchanged is spent, so this goes on although the browser may be gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	settings, err := consenter.FinishConsent(ctx, Consent{
		Typed: a.Typed, Redirect: a.Redirect, State: answer.State, Verifier: a.Verifier, Kept: a.Kept, Issuer: answer.Issuer,
	}, answer.Code)
	if err != nil {
		return Channel{}, withoutSecrets(err, consenter.ConsentFields(), a.Typed)
	}
	channel, err := s.connect(ctx, actor, a, settings)
	if err != nil {
		s.giveBack(ctx, a.Network, settings)
	}
	return channel, err
}

// finishWithin is how long a network may take to exchange a code and to say whose account it is.
const finishWithin = 45 * time.Second

// refusal is what an answer without a code means.
func (a ConsentAnswer) refusal() error {
	switch {
	case a.Error == "access_denied":
		return Fail(Conflict, CodeConsentDenied, nil)
	case a.Error != "":
		return Fail(Conflict, CodeConsentFailed, Args{"Said": oneLine(a.Error)})
	case a.Code == "":
		return Fail(Conflict, CodeConsentFailed, Args{"Said": ""})
	}
	return nil
}

// oneLine makes what somebody else said fit to be shown.
func oneLine(s string) string {
	line := strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if letters := []rune(line); len(letters) > 100 {
		return string(letters[:100]) + "…"
	}
	return line
}

// connect checks the account. Of a new channel nothing is asked twice: one whose
// network does not answer just now is kept, paused, because the code is spent.
func (s *Consents) connect(ctx context.Context, actor Actor, a asked, settings json.RawMessage) (Channel, error) {
	account, err := s.Channels.check(ctx, s.Channels.Networks[a.Network], settings)
	c := Channel{Network: a.Network, Name: a.Name, Languages: a.Languages, Account: account}
	switch {
	case a.Channel != "" && err == nil:
		return s.reconnect(ctx, actor, a.Channel, account, settings)
	case err == nil:
		return s.Channels.add(ctx, actor, c, settings)
	case a.Channel == "" && KindOf(err) == Unavailable:
		c.Reason = Reason{Code: CodeChannelUnchecked}
		return s.Channels.add(ctx, actor, c, settings)
	}
	return Channel{}, err
}

// reconnect gives a channel new credentials of the same account. A pause that somebody wants goes on.
func (s *Consents) reconnect(ctx context.Context, actor Actor, id string, account Account, settings json.RawMessage) (Channel, error) {
	sealed, err := s.Channels.Vault.Seal(settings, SettingsPlace(id))
	if err != nil {
		return Channel{}, fmt.Errorf("encrypt the settings of channel %s: %w", id, err)
	}
	return s.Channels.change(ctx, actor, id, "channel.reconnect", func(c *StoredChannel) error {
		if !c.Account.same(account) {
			return Fail(Conflict, CodeConsentOther, Args{"Channel": c.Name, "Known": c.Account.label(), "Given": account.label()})
		}
		c.Account, c.Sealed = account, sealed
		if c.Reason.Code != CodeChannelPausedByHand {
			c.State, c.Reason = ChannelActive, Reason{}
		}
		return nil
	})
}

// same is whether two answers are about one account. Ids are unique on their own server only. A channel that was never checked has none yet.
func (a Account) same(other Account) bool {
	if a.ID == "" {
		return true
	}
	mine, errMine := url.Parse(a.URL)
	theirs, errTheirs := url.Parse(other.URL)
	return a.ID == other.ID && errMine == nil && errTheirs == nil && strings.EqualFold(mine.Host, theirs.Host)
}

// label is the account for people.
func (a Account) label() string {
	if a.Handle != "" {
		return a.Handle
	}
	return a.ID
}

// giveBack ends credentials that nobody will use. Where that fails they end by themselves or in the account's own settings.
func (s *Consents) giveBack(ctx context.Context, network string, settings json.RawMessage) {
	if revoker, ok := s.Channels.Networks[network].(Revoker); ok {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), revokeWithin)
		defer cancel()
		_ = revoker.Revoke(call, settings)
	}
}
