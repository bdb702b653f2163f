package content

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// revokeWithin is how long a network may take to end credentials, while somebody waits for the page.
const revokeWithin = 10 * time.Second

// Disconnect forgets the credentials, cancels what has not been sent, and ends
// the credentials at the network. Where the network does not do that, the
// disconnection stands all the same, and the channel's reason says what to do
// there. The channel itself stays, because posts already made belong to it.
func (s *Channels) Disconnect(ctx context.Context, actor Actor, id string) (Channel, error) {
	if err := actor.May(ManageChannels); err != nil {
		return Channel{}, err
	}
	var before StoredChannel
	c, err := s.change(ctx, actor, id, "channel.disconnect", func(c *StoredChannel) error {
		before = *c
		c.State, c.Reason, c.Sealed = ChannelDisconnected, Reason{Code: CodeChannelDisconnected, Args: Args{"Channel": c.Name}}, ""
		if _, ok := s.Networks[c.Network].(Revoker); ok { // until the network says otherwise, should this process die
			c.Reason = notRevoked(c.Channel, nil)
		}
		return nil
	})
	if err != nil {
		return Channel{}, err
	}
	revoker, ok := s.Networks[c.Network].(Revoker)
	if !ok {
		return c, nil
	}
	return s.tellRevoked(context.WithoutCancel(ctx), actor, c, s.revoke(ctx, revoker, before))
}

// revoke ends the credentials, whoever has stopped to wait for it.
func (s *Channels) revoke(ctx context.Context, revoker Revoker, before StoredChannel) error {
	settings, err := s.Vault.Open(before.Sealed, SettingsPlace(before.ID))
	if err != nil {
		return fmt.Errorf("decrypt the settings of channel %s: %w", before.ID, err)
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), revokeWithin)
	defer cancel()
	if err := revoker.Revoke(call, settings); err != nil {
		return withoutSecrets(err, s.Networks[before.Network].Fields(), settings)
	}
	return nil
}

// tellRevoked notes how it ended.
func (s *Channels) tellRevoked(ctx context.Context, actor Actor, c Channel, failure error) (Channel, error) {
	action, reason := "channel.revoke", Reason{Code: CodeChannelDisconnected, Args: Args{"Channel": c.Name}}
	if failure != nil {
		action, reason = "channel.not_revoked", notRevoked(c, failure)
	}
	return s.Store.UpdateChannel(ctx, c.ID, func(c *StoredChannel) error {
		c.Reason = reason
		return nil
	}, NewAudit(actor, s.Now(), action, c.ID, nil))
}

// notRevoked says what is left to be done at the network.
func notRevoked(c Channel, failure error) Reason {
	reason := Reason{Code: CodeChannelNotRevoked, Args: Args{"Channel": c.Name, "Account": c.Account.label()}}
	if e, ok := errors.AsType[*Error](failure); ok {
		if said, ok := e.Args["Said"].(string); ok {
			reason.Detail = oneLine(said)
		}
	}
	return reason
}
