package publishers

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
)

// deliver makes one attempt at a claimed delivery: sends it, or looks for it.
// A call that was cut off by Stop is left as it is written down: a later start looks.
func (w *Worker) deliver(ctx context.Context, d content.Delivery) error {
	j := job{delivery: d, look: d.State == content.UnknownFate}
	channel, err := w.Outbox.Channel(ctx, d.Channel)
	if err != nil {
		return fmt.Errorf("read channel %s: %w", d.Channel, err)
	}
	if channel.State == content.ChannelDisconnected {
		return w.settle(ctx, disconnected(j, channel.Channel, w.Now()))
	}
	publisher, post, err := w.prepare(d, channel)
	if err != nil {
		return w.settle(ctx, w.after(j, nil, err, w.Now()))
	}
	j.rules = publisher.Rules(channel.Account)
	if s, late := w.tooLate(j, w.Now()); late {
		return w.settle(ctx, s)
	}
	found, err := w.call(ctx, publisher, post, j)
	if ctx.Err() != nil && err != nil {
		return fmt.Errorf("attempt %d was cut off: %w", d.Attempt, err)
	}
	if err != nil {
		w.Log.WarnContext(ctx, "network", "delivery", d.ID, "network", channel.Network, "error", err)
	}
	return w.settle(ctx, w.after(j, found, err, w.Now()))
}

// disconnected ends what nobody can send or look for any more.
func disconnected(j job, channel content.Channel, now time.Time) settlement {
	s := settlement{delivery: j.delivery, attempt: content.Attempt{Number: j.delivery.Attempt}}
	s.delivery.NextAttempt = now
	s.move(content.StepAsk, content.OutcomeHeld, content.Reason{Code: content.CodePostChannelGone, Args: content.Args{"Channel": channel.Name}})
	return s
}

// prepare opens the settings. Where that fails nothing was sent, and a person must see to the channel.
func (w *Worker) prepare(d content.Delivery, channel content.StoredChannel) (Publisher, Post, error) {
	publisher, ok := w.Publishers[channel.Network]
	if !ok {
		return nil, Post{}, &FateError{Fate: Paused, Reason: content.Reason{
			Code: content.CodeChannelGoneAway, Args: content.Args{"Network": channel.Network},
		}}
	}
	settings, err := w.Vault.Open(channel.Sealed, content.SettingsPlace(channel.ID))
	if err != nil {
		return nil, Post{}, &FateError{Fate: Paused, Reason: content.Reason{Code: content.CodeChannelKey}, Err: err}
	}
	return publisher, Post{
		Settings: settings, Account: channel.Account, Delivery: d.ID, Change: d.Change, Text: d.Text, ContentWarning: d.ContentWarning,
		Lang: d.Lang, Permalink: d.Permalink, Key: d.Key, First: d.First, Now: w.Now(),
	}, nil
}

// call asks the network, within a time. A driver that panics may have sent.
func (w *Worker) call(ctx context.Context, publisher Publisher, post Post, j job) (found []Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, w.Call)
	defer cancel()
	err = guard(func() error {
		if j.look {
			found, err = publisher.Look(ctx, post)
			return err
		}
		receipt, err := publisher.Publish(ctx, post)
		found = []Receipt{receipt}
		return err
	})
	if err != nil {
		return nil, withoutSecrets(err, post.Settings)
	}
	if found = believed(found); !j.look {
		return found, nil
	}
	return w.unclaimed(ctx, j.delivery, found)
}

// unclaimed leaves out what is another delivery's receipt already: the same
// words on the same channel are not yet the same post.
func (w *Worker) unclaimed(ctx context.Context, d content.Delivery, found []Receipt) ([]Receipt, error) {
	var free []Receipt
	for _, r := range found {
		taken, err := w.Outbox.Receipted(ctx, d.Channel, r.ID, d.ID)
		if err != nil {
			return nil, fmt.Errorf("ask whose receipt %s is: %w", r.ID, err)
		}
		if !taken {
			free = append(free, r)
		}
	}
	return free, nil
}
