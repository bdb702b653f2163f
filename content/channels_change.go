package content

import (
	"context"
	"fmt"
)

// Update changes name, languages or settings. New settings are checked with the network before they replace the old
// ones, unless Unchecked; a secret left empty stays as it is.
func (s *Channels) Update(ctx context.Context, actor Actor, id string, in ChannelInput) (Channel, error) {
	stored, network, err := s.connected(ctx, actor, id)
	if err != nil {
		return Channel{}, err
	}
	probe := stored.Channel
	if err := probe.apply(in); err != nil {
		return Channel{}, err
	}
	if len(in.Settings) == 0 {
		return s.change(ctx, actor, id, "channel.update", func(c *StoredChannel) error { return c.apply(in) })
	}
	account, sealed, err := s.reseal(ctx, network, stored, in)
	if err != nil {
		return Channel{}, err
	}
	return s.change(ctx, actor, id, "channel.update", func(c *StoredChannel) error {
		if c.Sealed != stored.Sealed { // renewed or typed by somebody else: what was taken over from before may be worthless
			return Fail(Unavailable, CodeBusy, nil)
		}
		c.Account, c.Sealed = account, sealed
		if !in.Unchecked {
			c.State, c.Reason = ChannelActive, Reason{}
		}
		return c.apply(in)
	})
}

func (s *Channels) reseal(ctx context.Context, network Network, stored StoredChannel, in ChannelInput) (Account, string, error) {
	before, err := s.Vault.Open(stored.Sealed, SettingsPlace(stored.ID))
	if err != nil {
		return Account{}, "", fmt.Errorf("decrypt the settings of channel %s: %w", stored.ID, err)
	}
	settings, err := cleanSettings(network.Fields(), in.Settings, before)
	if err != nil {
		return Account{}, "", err
	}
	account := stored.Account
	if !in.Unchecked {
		if account, err = s.check(ctx, network, settings); err != nil {
			return Account{}, "", err
		}
	}
	sealed, err := s.Vault.Seal(settings, SettingsPlace(stored.ID))
	if err != nil {
		return Account{}, "", fmt.Errorf("encrypt the settings of channel %s: %w", stored.ID, err)
	}
	return account, sealed, nil
}

// Pause holds the channel's queue until somebody resumes it.
func (s *Channels) Pause(ctx context.Context, actor Actor, id string) (Channel, error) {
	if _, _, err := s.connected(ctx, actor, id); err != nil {
		return Channel{}, err
	}
	return s.change(ctx, actor, id, "channel.pause", func(c *StoredChannel) error {
		c.State, c.Reason = ChannelPaused, Reason{Code: CodeChannelPausedByHand}
		return nil
	})
}

// Resume lets the queue go on in its order, without asking the network first.
func (s *Channels) Resume(ctx context.Context, actor Actor, id string) (Channel, error) {
	if _, _, err := s.connected(ctx, actor, id); err != nil {
		return Channel{}, err
	}
	return s.change(ctx, actor, id, "channel.resume", func(c *StoredChannel) error {
		c.State, c.Reason = ChannelActive, Reason{}
		return nil
	})
}

// connected loads a channel that this actor may change and that still has credentials.
func (s *Channels) connected(ctx context.Context, actor Actor, id string) (StoredChannel, Network, error) {
	if err := actor.May(ManageChannels); err != nil {
		return StoredChannel{}, nil, err
	}
	c, err := s.Store.Channel(ctx, id)
	if err != nil {
		return StoredChannel{}, nil, err
	}
	if err := c.stillConnected(); err != nil {
		return StoredChannel{}, nil, err
	}
	network, ok := s.Networks[c.Network]
	if !ok {
		return StoredChannel{}, nil, Fail(Invalid, CodeNetworkUnknown, Args{"Network": c.Network, "Known": s.known()})
	}
	return c, network, nil
}

func (c *Channel) stillConnected() error {
	if c.State == ChannelDisconnected {
		return Fail(Conflict, CodeChannelDisconnected, Args{"Channel": c.Name})
	}
	return nil
}

// change writes; a channel that was disconnected in between stays so.
func (s *Channels) change(ctx context.Context, actor Actor, id, action string, change func(*StoredChannel) error) (Channel, error) {
	c, err := s.Store.UpdateChannel(ctx, id, func(c *StoredChannel) error {
		if err := c.stillConnected(); err != nil {
			return err
		}
		return change(c)
	}, NewAudit(actor, s.Now(), action, id, nil))
	if err == nil && c.State == ChannelActive && s.Wake != nil {
		s.Wake()
	}
	return c, err
}
