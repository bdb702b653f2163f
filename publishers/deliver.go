package publishers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klartext/content"
)

// deliver makes one attempt at a claimed delivery: sends it, looks for it,
// corrects it or takes it down. A call that was cut off by Stop is left as it is
// written down: a later start sees to it.
func (w *Worker) deliver(ctx context.Context, d content.Delivery) error {
	j := job{delivery: d, kind: content.AttemptFor(d.State)}
	channel, err := w.Records.Channel(ctx, d.Channel)
	if err != nil {
		return fmt.Errorf("read channel %s: %w", d.Channel, err)
	}
	if channel.State == content.ChannelDisconnected {
		return w.settle(ctx, disconnected(j, channel.Channel, w.Now()))
	}
	publisher, post, err := w.prepare(ctx, d, channel)
	if ctx.Err() != nil && err != nil {
		return fmt.Errorf("attempt %d was cut off: %w", d.Attempt, err)
	}
	if err != nil {
		return w.settle(ctx, w.unprepared(j, err, w.Now()))
	}
	j.rules = publisher.Rules(channel.Account)
	if s, late := w.tooLate(j, w.Now()); late {
		return w.settle(ctx, s)
	}
	got, answer, err := w.callFresh(ctx, publisher, post, j, channel)
	if ctx.Err() != nil && err != nil {
		return fmt.Errorf("attempt %d was cut off: %w", d.Attempt, err)
	}
	if err != nil {
		w.Log.WarnContext(ctx, "network", "delivery", d.ID, "network", channel.Network, "error", err)
	}
	s := w.after(j, got, err, w.Now())
	s.attempt.Answer = answer
	return w.settle(ctx, s)
}

// disconnected ends what nobody can do any more.
func disconnected(j job, channel content.Channel, now time.Time) settlement {
	s := j.settlement(now)
	reason := content.Reason{Code: content.CodePostChannelGone, Args: content.Args{"Channel": channel.Name}}
	if j.amends() {
		s.keep(content.OutcomeHeld, reason)
		return s
	}
	s.move(content.StepAsk, content.OutcomeHeld, reason)
	return s
}

// prepare gathers what a call needs. Where that fails nothing was sent.
func (w *Worker) prepare(ctx context.Context, d content.Delivery, channel content.StoredChannel) (Publisher, Post, error) {
	publisher, ok := w.Publishers[channel.Network]
	if !ok {
		return nil, Post{}, &FateError{Fate: Paused, Reason: content.Reason{
			Code: content.CodeChannelGoneAway, Args: content.Args{"Network": channel.Network},
		}}
	}
	settings, err := w.Credentials.Fresh(ctx, channel, false)
	if err != nil {
		return nil, Post{}, credentialsFate(err)
	}
	post := Post{
		Settings: settings, Account: channel.Account, Delivery: d.ID, Change: d.Change, Lang: d.Lang, Permalink: d.Permalink, Key: d.Key,
		First: d.First, Now: w.Now(),
	}
	words := d.Words()
	if d.State == content.Correcting && d.Wanted != nil {
		words = *d.Wanted
	}
	post.Text, post.ContentWarning = words.Text, words.ContentWarning
	if post.ReplyTo, err = w.answered(ctx, d); err != nil {
		return nil, Post{}, err
	}
	if w.Media != nil && len(d.Media) > 0 {
		if post.Media, err = w.Media(ctx, d); err != nil {
			return nil, Post{}, mediaFate(err)
		}
	}
	return publisher, post, nil
}

// answered is the remote id of the post that this one answers.
func (w *Worker) answered(ctx context.Context, d content.Delivery) (string, error) {
	if d.Follows == "" {
		return "", nil
	}
	before, err := w.Records.Delivery(ctx, d.Follows)
	if err != nil {
		return "", &FateError{Fate: Later, Reason: content.Reason{Code: content.CodePostInternal}, Err: err}
	}
	return before.RemoteID, nil
}

// credentialsFate: credentials that a person must see to pause the channel; all else is tried again.
func credentialsFate(err error) error {
	if c, ok := errors.AsType[*content.CredentialError](err); ok {
		return &FateError{Fate: Paused, Reason: c.Reason, Err: err}
	}
	return &FateError{Fate: Later, Reason: content.Reason{Code: content.CodePostUnreachable, Detail: cut(rootOf(err))}, Err: err}
}

// mediaFate: a picture that is not there will not come back; a database that is busy will.
func mediaFate(err error) error {
	fate := Later
	if content.KindOf(err) == content.NotFound {
		fate = Never
	}
	return &FateError{Fate: fate, Reason: content.Reason{Code: content.CodePostMediaGone}, Err: err}
}

// unprepared settles a call that was not made.
func (w *Worker) unprepared(j job, err error, now time.Time) settlement {
	return w.after(j, got{}, err, now)
}

// got is what a call brought besides an error.
type got struct {
	found []Receipt // of a send one, of a look all that it found
	seen  Seen      // of an edit: the post as the network shows it after it
}

// callFresh makes the call, and once more where only the credentials had ended.
func (w *Worker) callFresh(ctx context.Context, p Publisher, post Post, j job, channel content.StoredChannel) (got, content.Answer, error) {
	result, answer, err := w.call(ctx, p, post, j)
	fate, ok := errors.AsType[*FateError](err)
	if ok && fate.Fate == Never && fate.Reason.Code == content.CodePostReply && j.delivery.Kind == content.KindCorrection {
		post.ReplyTo = "" // a network that takes no replies takes a post of its own, which links to the same page
		return w.call(ctx, p, post, j)
	}
	if !ok || !fate.Expired {
		return result, answer, err
	}
	settings, renewed := w.Credentials.Fresh(ctx, channel, true)
	if renewed != nil {
		return got{}, answer, credentialsFate(renewed)
	}
	post.Settings = settings
	return w.call(ctx, p, post, j)
}

// call asks the network, within a time. A driver that panics may have sent.
func (w *Worker) call(ctx context.Context, p Publisher, post Post, j job) (result got, answer content.Answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, w.Call)
	defer cancel()
	ctx, heard := w.listen(ctx)
	err = guard(func() error {
		var err error
		result, err = w.act(ctx, p, post, j)
		return err
	})
	if err != nil {
		return got{}, *heard, withoutSecrets(err, post.Settings)
	}
	result.found = believed(result.found)
	if j.kind == content.AttemptLook {
		result.found, err = w.unclaimed(ctx, j.delivery, result.found)
	}
	return result, *heard, err
}

func (w *Worker) listen(ctx context.Context) (context.Context, *content.Answer) {
	if w.Listen == nil {
		return ctx, &content.Answer{}
	}
	return w.Listen(ctx)
}

// act makes the one call that the attempt is for.
func (w *Worker) act(ctx context.Context, p Publisher, post Post, j job) (got, error) {
	switch j.kind {
	case content.AttemptLook:
		found, err := p.Look(ctx, post)
		return got{found: found}, err //nolint:wrapcheck // the driver's fate
	case content.AttemptEdit:
		return edit(ctx, p, post, j.delivery.RemoteID)
	case content.AttemptWithdraw:
		if withdrawer, ok := p.(Withdrawer); ok {
			return got{}, withdrawer.Withdraw(ctx, post, j.delivery.RemoteID) //nolint:wrapcheck // the driver's fate
		}
		return got{}, &FateError{Fate: Never, Reason: content.Reason{Code: content.CodeCannotWithdraw}}
	case content.AttemptSend, content.AttemptPage, content.AttemptRead:
	}
	receipt, err := p.Publish(ctx, post)
	return got{found: []Receipt{receipt}}, err //nolint:wrapcheck // the driver's fate
}

// edit changes the post and asks the network what it shows now, because an answer alone proves nothing.
func edit(ctx context.Context, p Publisher, post Post, id string) (got, error) {
	editor, ok := p.(Editor)
	if !ok {
		return got{}, &FateError{Fate: Never, Reason: content.Reason{Code: content.CodeCannotEdit}}
	}
	receipt, err := editor.Edit(ctx, post, id)
	if err != nil {
		return got{}, err //nolint:wrapcheck // the driver's fate
	}
	reader, ok := p.(Reader)
	if !ok {
		return got{found: []Receipt{receipt}, seen: Seen{Receipt: receipt, Intact: true}}, nil
	}
	seen, err := reader.Read(ctx, post, id)
	return got{found: []Receipt{receipt}, seen: seen}, err //nolint:wrapcheck // the driver's fate
}

// unclaimed leaves out what is another delivery's receipt already: the same
// words on the same channel are not yet the same post.
func (w *Worker) unclaimed(ctx context.Context, d content.Delivery, found []Receipt) ([]Receipt, error) {
	var free []Receipt
	for _, r := range found {
		taken, err := w.Records.Receipted(ctx, d.Channel, r.ID, d.ID)
		if err != nil {
			return nil, fmt.Errorf("ask whose receipt %s is: %w", r.ID, err)
		}
		if !taken {
			free = append(free, r)
		}
	}
	return free, nil
}
