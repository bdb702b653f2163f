package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Channels lists the channels, oldest first, without their settings.
func (s *Store) Channels(ctx context.Context) ([]content.Channel, error) {
	return channels(ctx, s.reader())
}

func channels(ctx context.Context, q *db.Queries) ([]content.Channel, error) {
	rows, err := q.Channels(ctx)
	if err != nil {
		return nil, fmt.Errorf("read channels: %w", classify(err))
	}
	list := make([]content.Channel, 0, len(rows))
	for _, row := range rows {
		c, err := channelOf(row)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// publicAccounts lists the accounts that readers can follow.
func publicAccounts(ctx context.Context, q *db.Queries) ([]content.PublicAccount, error) {
	list, err := channels(ctx, q)
	if err != nil {
		return nil, err
	}
	var accounts []content.PublicAccount
	for _, c := range list {
		if account, public := c.PublicAccount(); public {
			accounts = append(accounts, account)
		}
	}
	return accounts, nil
}

func channelOf(row db.Channel) (content.Channel, error) {
	c := content.Channel{
		ID: row.ID, Network: row.Network, Name: row.Name, State: content.ChannelState(row.State), Created: at(row.CreatedAt),
		Pace: content.Pace{Burst: int(row.PaceBurst), Every: time.Duration(row.PaceEvery) * time.Millisecond},
	}
	if err := decode(row.Languages, &c.Languages, "languages", row.ID); err != nil {
		return c, err
	}
	if err := decode(row.Account, &c.Account, "account", row.ID); err != nil {
		return c, err
	}
	return c, decode(row.Reason, &c.Reason, "reason", row.ID)
}

func storedChannelOf(row db.Channel) (content.StoredChannel, error) {
	c, err := channelOf(row)
	return content.StoredChannel{Channel: c, Sealed: row.Settings}, err
}

// Channel is one channel with its encrypted settings.
func (s *Store) Channel(ctx context.Context, id string) (content.StoredChannel, error) {
	row, err := s.reader().Channel(ctx, id)
	if err != nil {
		return content.StoredChannel{}, missing(err, content.CodeChannelUnknown, "channel", id)
	}
	return storedChannelOf(row)
}

// CreateChannel writes a new channel.
func (s *Store) CreateChannel(ctx context.Context, c content.StoredChannel, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.touch(ctx, touched{"settings", ""}); err != nil { // readers may follow it
			return err
		}
		err := tx.AddChannel(ctx, db.AddChannelParams{
			ID: c.ID, Network: c.Network, Name: c.Name, Languages: encode(c.Languages), Settings: c.Sealed,
			Account: encode(c.Account), State: string(c.State), Reason: encode(c.Reason), CreatedAt: ms(c.Created),
			PaceBurst: int64(c.Pace.Burst), PaceEvery: c.Pace.Every.Milliseconds(), CheckAt: ms(content.NextCheck(c.ID, c.Created)),
		})
		if err != nil {
			return fmt.Errorf("add channel %s: %w", c.ID, err)
		}
		return tx.audit(ctx, audit)
	})
}

// UpdateChannel changes a channel, and with its state its queue, in one transaction.
func (s *Store) UpdateChannel(
	ctx context.Context, id string, change func(*content.StoredChannel) error, audit content.Audit,
) (content.Channel, error) {
	var c content.StoredChannel
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.touch(ctx, touched{"settings", ""}); err != nil { // first, for its lock
			return err
		}
		row, err := tx.LockChannel(ctx, id)
		if err != nil {
			return missing(err, content.CodeChannelUnknown, "channel", id)
		}
		if c, err = storedChannelOf(row); err != nil {
			return err
		}
		before := c.State
		if err := change(&c); err != nil {
			return err
		}
		if err := tx.setChannel(ctx, c); err != nil {
			return err
		}
		if err := tx.moveQueue(ctx, content.QueueStep(before, c.State), c.Channel, ms(audit.At)); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return c.Channel, err
}

func (t *tx) setChannel(ctx context.Context, c content.StoredChannel) error {
	err := t.SetChannel(ctx, db.SetChannelParams{
		ID: c.ID, Name: c.Name, Languages: encode(c.Languages), Settings: c.Sealed,
		Account: encode(c.Account), State: string(c.State), Reason: encode(c.Reason),
		PaceBurst: int64(c.Pace.Burst), PaceEvery: c.Pace.Every.Milliseconds(),
	})
	if err != nil {
		return fmt.Errorf("write channel %s: %w", c.ID, err)
	}
	return nil
}

// moveQueue holds, frees or ends what waits on a channel. What may be out when
// a channel is disconnected can never be looked for, so a person is asked.
func (t *tx) moveQueue(ctx context.Context, step content.DeliveryStep, c content.Channel, now int64) error {
	var err error
	switch step { //nolint:exhaustive // QueueStep answers nothing else
	case content.StepHold:
		err = t.HoldQueue(ctx, db.HoldQueueParams{ChannelID: c.ID, Reason: encode(c.Reason)})
	case content.StepFree:
		err = t.FreeQueue(ctx, db.FreeQueueParams{ChannelID: c.ID, Now: now})
	case content.StepDrop:
		over := content.Reason{Code: content.CodeChannelDisconnected, Args: content.Args{"Channel": c.Name}}
		if err = t.DropQueue(ctx, db.DropQueueParams{ChannelID: c.ID, Reason: encode(over)}); err == nil {
			gone := content.Reason{Code: content.CodePostChannelGone, Args: content.Args{"Channel": c.Name}}
			err = t.AskQueue(ctx, db.AskQueueParams{ChannelID: c.ID, Reason: encode(gone)})
		}
		if err == nil {
			err = t.KeepQueue(ctx, db.KeepQueueParams{ChannelID: c.ID, Reason: encode(c.Reason)})
		}
	}
	if err != nil {
		return fmt.Errorf("move the queue of channel %s (%s): %w", c.ID, step, err)
	}
	return nil
}

// SealedSettings lists the encrypted settings of all connected channels, for the start to see that no key is missing.
func (s *Store) SealedSettings(ctx context.Context) ([]string, error) {
	rows, err := s.reader().Channels(ctx)
	if err != nil {
		return nil, fmt.Errorf("read channels: %w", classify(err))
	}
	var sealed []string
	for _, row := range rows {
		if row.Settings != "" {
			sealed = append(sealed, row.Settings)
		}
	}
	return sealed, nil
}
