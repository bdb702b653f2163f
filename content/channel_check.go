package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"time"
)

// CheckStore remembers when each channel is to be checked.
type CheckStore interface {
	// ChecksDue lists some active channels whose time has come.
	ChecksDue(ctx context.Context, now time.Time) ([]CheckDue, error)
	// ClaimCheck sets the next time, and answers false where somebody else did since.
	ClaimCheck(ctx context.Context, due CheckDue, next time.Time) (bool, error)
	// SetAccount notes what the network said, where nothing else about the channel changes.
	SetAccount(ctx context.Context, id string, account Account) error
}

// CheckDue is a channel that is to be checked.
type CheckDue struct {
	Channel string
	At      time.Time
}

const (
	checkEvery  = 24 * time.Hour
	checkSpread = 2 * time.Hour // so that channels connected together are not all asked at once
	checkAgain  = time.Hour     // after a check that got no answer
	checkWithin = 45 * time.Second
)

// NextCheck is when a channel that was checked now is checked again.
func NextCheck(channel string, now time.Time) time.Time {
	h := fnv.New32a()
	_, _ = h.Write([]byte(channel)) // a hash takes everything
	return now.Add(checkEvery - time.Duration(h.Sum32())%checkSpread)
}

// CheckDue asks the networks of the channels whose time has come for limits and
// software, once over all processes. A refusal of the credentials pauses the
// channel; a network that does not answer is asked again later and pauses nothing.
func (s *Channels) CheckDue(ctx context.Context) error {
	due, err := s.Store.ChecksDue(ctx, s.Now())
	if err != nil {
		return err
	}
	var problems []error
	for _, d := range due {
		if ctx.Err() != nil {
			break
		}
		if err := s.checkOne(ctx, d); err != nil {
			problems = append(problems, fmt.Errorf("check channel %s: %w", d.Channel, err))
		}
	}
	return errors.Join(problems...)
}

func (s *Channels) checkOne(ctx context.Context, due CheckDue) error {
	next := CheckDue{Channel: due.Channel, At: NextCheck(due.Channel, s.Now())}
	if mine, err := s.Store.ClaimCheck(ctx, due, next.At); err != nil || !mine {
		return err
	}
	stored, network, err := s.connected(ctx, System(), due.Channel)
	if err != nil {
		return err
	}
	call, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	account, used, err := s.ask(call, network, stored)
	if err == nil {
		return s.noted(ctx, stored, account)
	}
	reason, refused := PauseReason(err)
	if !refused {
		_, claimErr := s.Store.ClaimCheck(ctx, next, s.Now().Add(checkAgain))
		return errors.Join(err, claimErr)
	}
	_, err = s.change(ctx, System(), due.Channel, "channel.refused", func(c *StoredChannel) error {
		if c.State == ChannelActive && c.Sealed == used {
			c.State, c.Reason = ChannelPaused, reason
		}
		return nil
	})
	return err
}

// noted keeps what the network said. Only news are worth a line in the audit.
func (s *Channels) noted(ctx context.Context, before StoredChannel, account Account) error {
	was := before.Account
	was.Checked = account.Checked
	if was == account {
		return s.Store.SetAccount(ctx, before.ID, account)
	}
	_, err := s.change(ctx, System(), before.ID, "channel.refresh", func(c *StoredChannel) error {
		c.Account = account
		return nil
	})
	return err
}

// ask asks the network who the account is, with credentials that are renewed
// where that is needed. used are the sealed settings that were tried last.
func (s *Channels) ask(ctx context.Context, network Network, stored StoredChannel) (account Account, used string, err error) {
	renewals := &Renewals{Store: s.Store, Vault: s.Vault, Networks: s.Networks, Now: s.Now}
	for _, force := range []bool{false, true} {
		var settings json.RawMessage
		if settings, err = renewals.Fresh(ctx, stored, force); err != nil {
			return Account{}, stored.Sealed, err
		}
		if account, err = s.check(ctx, network, settings); err == nil {
			break
		}
		if reason, refused := PauseReason(err); !refused || reason.Code != CodeChannelToken || !renewable(network, settings) {
			break
		}
	}
	now, readErr := s.Store.Channel(ctx, stored.ID)
	return account, now.Sealed, errors.Join(err, readErr)
}

// renewable is whether new credentials can be got for old ones.
func renewable(network Network, settings json.RawMessage) bool {
	renewer, ok := network.(Renewer)
	return ok && !renewer.Expires(settings).IsZero()
}

// PauseReason is why a channel must be paused after this error; false where the
// error says nothing about its credentials.
func PauseReason(err error) (Reason, bool) {
	if e, ok := errors.AsType[*CredentialError](err); ok { // first, because it may wrap the others
		return e.Reason, true
	}
	var judged interface{ PauseReason() (Reason, bool) } // a driver's own error
	if errors.As(err, &judged) {
		return judged.PauseReason()
	}
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != Invalid {
		return Reason{}, false
	}
	codes := []Code{e.Code}
	for _, f := range e.Fields {
		codes = append(codes, f.Code)
	}
	for _, code := range codes {
		if pause, ok := pauseCodes[code]; ok {
			return Reason{Code: pause}, true
		}
	}
	return Reason{}, false
}

// pauseCodes say which refusals of a check pause a channel, and as what.
var pauseCodes = map[Code]Code{
	CodeTokenRefused: CodeChannelToken,
	CodeKeysRefused:  CodeChannelToken,
	CodeTokenScope:   CodeChannelRights,
	CodeChannelNoV1:  CodeChannelNoV1,
}

// Test asks the network who the account is, stores the answer, and ends a pause where it works again. It posts nothing.
func (s *Channels) Test(ctx context.Context, actor Actor, id string) (Channel, error) {
	stored, network, err := s.connected(ctx, actor, id)
	if err != nil {
		return Channel{}, err
	}
	account, used, err := s.ask(ctx, network, stored)
	if e, ok := errors.AsType[*CredentialError](err); ok {
		return Channel{}, &Error{Kind: Conflict, Code: e.Reason.Code, Args: e.Reason.Args, Err: err}
	}
	if err != nil {
		return Channel{}, err
	}
	return s.change(ctx, actor, id, "channel.test", func(c *StoredChannel) error {
		c.Account = account
		if c.Sealed == used && c.Reason.Code != CodeChannelPausedByHand {
			c.State, c.Reason = ChannelActive, Reason{}
		}
		return nil
	})
}
