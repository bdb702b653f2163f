package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// addOrdered queues what a person ordered because of a delivery: the next generation of the same place.
func (t *tx) addOrdered(ctx context.Context, because, d content.Delivery) error {
	if err := t.notTwice(ctx, because, d); err != nil {
		return err
	}
	follows, err := t.answered(ctx, d)
	if err != nil {
		return err
	}
	if !d.Confirmed {
		if doubt, err := droppedInDoubt(ctx, t.Queries, d); err != nil {
			return err
		} else if doubt {
			return content.Fail(content.Conflict, content.CodeAgainDoubt, nil)
		}
	}
	last, err := t.LastGeneration(ctx, db.LastGenerationParams{ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part)})
	if err != nil {
		return fmt.Errorf("count the posts of change %s on channel %s: %w", d.Change, d.Channel, err)
	}
	d.Follows, d.Generation = follows, int(last)+1
	d.Key = content.DeliveryKey(d)
	return t.addDelivery(ctx, d)
}

// notTwice refuses what was ordered already: two clicks, or two people, make one
// post. Only the youngest of a place is posted once more, and a post is corrected
// once with the same words.
func (t *tx) notTwice(ctx context.Context, because, d content.Delivery) error {
	newest, err := t.newestLike(ctx, d)
	if err != nil || len(newest) == 0 {
		return err
	}
	if d.Follows == because.ID {
		switch content.DeliveryState(newest[0].State) { //nolint:exhaustive // all others are out or may be
		case content.Failed, content.CancelledPost, content.Withdrawn:
			return nil
		}
		return &content.Error{
			Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{{Field: "text", Code: content.CodeCorrectSame}},
		}
	}
	if newest[0].ID != because.ID {
		return content.Fail(content.Conflict, content.CodeAgainDone, nil)
	}
	return nil
}

func (t *tx) newestLike(ctx context.Context, d content.Delivery) ([]db.NewestLikeRow, error) {
	newest, err := t.NewestLike(ctx, db.NewestLikeParams{
		ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part), Kind: string(d.Kind),
		Follows: d.Follows, Text: d.Text, ContentWarning: d.ContentWarning,
	})
	if err != nil {
		return nil, fmt.Errorf("read what was posted of change %s on channel %s: %w", d.Change, d.Channel, err)
	}
	return newest, nil
}

// answered is the delivery whose post an ordered one answers: of a part the
// youngest of the part before it. One that is not out and will not be leaves
// nothing to answer, and the order would wait for ever.
func (t *tx) answered(ctx context.Context, d content.Delivery) (string, error) {
	if d.Follows == "" {
		return "", nil
	}
	if d.Kind == content.KindAnnouncement {
		before := d
		before.Part--
		newest, err := t.newestLike(ctx, before)
		if err != nil {
			return "", err
		}
		if len(newest) > 0 {
			d.Follows = newest[0].ID
		}
	}
	row, err := t.Delivery(ctx, d.Follows)
	if err != nil {
		return "", missing(err, content.CodeDeliveryUnknown, "delivery", d.Follows)
	}
	switch content.DeliveryState(row.State) { //nolint:exhaustive // all others are out or may come to be
	case content.CancelledPost, content.Withdrawing, content.Withdrawn:
		return "", content.Fail(content.Conflict, content.CodeAgainAfter, nil)
	}
	return d.Follows, nil
}

// followDrop drops what would answer a post that is dropped or taken down: the rest of its thread, and its corrections.
func (t *tx) followDrop(ctx context.Context, d content.Delivery) error {
	reason := d.Reason
	switch d.State {
	case content.CancelledPost:
	case content.Withdrawing:
		reason = content.Reason{Code: content.CodePostBeforeGone}
	default:
		return nil
	}
	if err := t.CancelCorrections(ctx, db.CancelCorrectionsParams{Follows: d.ID, Reason: encode(reason)}); err != nil {
		return fmt.Errorf("drop corrections of delivery %s: %w", d.ID, err)
	}
	if d.Kind != content.KindAnnouncement {
		return nil
	}
	err := t.CancelParts(ctx, db.CancelPartsParams{
		ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Generation: int64(d.Generation), Part: int64(d.Part), Reason: encode(reason),
	})
	if err != nil {
		return fmt.Errorf("drop what follows delivery %s: %w", d.ID, err)
	}
	return nil
}
