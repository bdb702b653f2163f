package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// addDelivery puts a delivery at the end of its channel's queue. Only the publish transaction and a person's order call it.
func (t *tx) addDelivery(ctx context.Context, d content.Delivery) error {
	err := t.AddDelivery(ctx, db.AddDeliveryParams{
		ID: d.ID, ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part), Generation: int64(d.Generation),
		Kind: string(d.Kind), Follows: d.Follows, State: string(d.State), Text: d.Text, ContentWarning: d.ContentWarning,
		Permalink: d.Permalink, Media: encode(d.Media), IdempotencyKey: d.Key, Reason: encode(d.Reason),
		CreatedAt: ms(d.Created), OrderedAt: ms(d.Ordered), NextAt: ms(d.NextAttempt),
	})
	if err != nil {
		return fmt.Errorf("queue delivery of change %s on channel %s: %w", d.Change, d.Channel, err)
	}
	return nil
}

// postOf reads a post that readers see or saw.
func postOf(row db.PostsRow) (content.PostLink, error) {
	d, err := deliveryOf(row.Delivery)
	return content.PostLink{
		Delivery: d.ID, Network: row.Network, Channel: row.Name, Lang: d.Lang, Part: d.Part, Correction: d.Kind == content.KindCorrection,
		State: d.State, URL: d.RemoteURL, At: d.Sent, Corrected: d.CorrectedAt(), Gone: d.Health.Gone(),
	}, err
}

func deliveryOf(row db.Delivery) (content.Delivery, error) {
	d := content.Delivery{
		ID: row.ID, Change: row.ChangeID, Channel: row.ChannelID, Lang: content.Lang(row.Lang), Part: int(row.Part),
		Generation: int(row.Generation), Position: int(row.Position), Kind: content.DeliveryKind(row.Kind), Follows: row.Follows, State: content.DeliveryState(row.State),
		Text: row.Text, ContentWarning: row.ContentWarning, Permalink: row.Permalink, Key: row.IdempotencyKey,
		RemoteID: row.RemoteID, RemoteURL: row.RemoteUrl,
		Created: at(row.CreatedAt), Ordered: at(row.OrderedAt), NextAttempt: at(row.NextAt), Sent: at(row.SentAt),
		Health: content.Health{
			Checked: at(row.CheckedAt), Next: at(row.CheckAt), Noted: content.Noted{By: row.DismissedBy, At: at(row.DismissedAt)},
		},
		Progress: content.Progress{
			Attempt: int(row.Attempts), Tries: int(row.Tries), Looks: int(row.Looks),
			First: at(row.FirstAt), Doubt: at(row.DoubtAt), Claimed: at(row.ClaimedAt), Duplicate: row.Duplicate,
		},
	}
	for _, field := range []struct {
		raw  string
		into any
		what string
	}{
		{row.Media, &d.Media, "media"},
		{row.Reason, &d.Reason, "reason"},
		{row.Wanted, &d.Wanted, "wanted words"},
		{row.Corrected, &d.Corrected, "corrected words"},
		{row.Health, &d.Health.Reason, "health"},
	} {
		if err := decode(field.raw, field.into, field.what, row.ID); err != nil {
			return d, err
		}
	}
	return d, nil
}

// encodeWording stores "" for no words.
func encodeWording(w *content.Wording) string {
	if w == nil {
		return ""
	}
	return encode(w)
}

func attemptOf(row db.Attempt) (content.Attempt, error) {
	a := content.Attempt{
		Number: int(row.Number), Kind: content.AttemptKind(row.Kind), At: at(row.At), Ended: at(row.EndedAt),
		Outcome: content.Outcome(row.Outcome), Hash: row.Hash,
	}
	if err := decode(row.Detail, &a.Detail, "attempt", row.DeliveryID); err != nil {
		return a, err
	}
	if err := decode(row.Answer, &a.Answer, "answer", row.DeliveryID); err != nil {
		return a, err
	}
	return a, decode(row.Found, &a.Found, "what was found", row.DeliveryID)
}

// Delivery is one delivery with all its attempts.
func (s *Store) Delivery(ctx context.Context, id string) (content.Delivery, error) {
	var d content.Delivery
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		row, err := q.Delivery(ctx, id)
		if err != nil {
			return missing(err, content.CodeDeliveryUnknown, "delivery", id)
		}
		if d, err = deliveryOf(row); err != nil {
			return err
		}
		if err := addPlace(ctx, q, &d); err != nil {
			return err
		}
		return addAttempts(ctx, q, &d)
	})
	return d, err
}

func addAttempts(ctx context.Context, q *db.Queries, d *content.Delivery) error {
	rows, err := q.Attempts(ctx, d.ID)
	if err != nil {
		return fmt.Errorf("read attempts of delivery %s: %w", d.ID, err)
	}
	for _, row := range rows {
		a, err := attemptOf(row)
		if err != nil {
			return err
		}
		d.Attempts = append(d.Attempts, a)
	}
	d.AddRunning()
	return nil
}

// UpdateDelivery writes what a person decided, in one transaction. The lease
// ends with it, so that an answer still on its way is fenced off.
func (s *Store) UpdateDelivery(
	ctx context.Context, id string, decide func(*content.Delivery, content.Channel) ([]content.Delivery, error), audit content.Audit,
) (content.Delivery, error) {
	var d content.Delivery
	err := s.inTx(ctx, func(tx *tx) error {
		row, err := tx.LockDelivery(ctx, id)
		if err != nil {
			return missing(err, content.CodeDeliveryUnknown, "delivery", id)
		}
		if d, err = deliveryOf(row); err != nil {
			return err
		}
		channel, err := tx.channelOfDelivery(ctx, d)
		if err != nil {
			return err
		}
		ordered, err := decide(&d, channel)
		if err != nil {
			return err
		}
		if err := tx.endCutOff(ctx, row, audit.At); err != nil {
			return err
		}
		if err := tx.setDelivery(ctx, d); err != nil {
			return err
		}
		for _, more := range ordered {
			if err := tx.addOrdered(ctx, d, more); err != nil {
				return err
			}
		}
		if err := addAttempts(ctx, tx.Queries, &d); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return d, err
}

// endCutOff writes down the attempt that a person's decision fences off.
func (t *tx) endCutOff(ctx context.Context, row db.Delivery, now time.Time) error {
	if row.ClaimedAt == 0 {
		return nil
	}
	return t.endRunning(ctx, row, content.OutcomeUnsure, content.Reason{Code: content.CodePostOvertaken}, now)
}

func (t *tx) channelOfDelivery(ctx context.Context, d content.Delivery) (content.Channel, error) {
	row, err := t.Channel(ctx, d.Channel)
	if err != nil {
		return content.Channel{}, missing(err, content.CodeChannelUnknown, "channel", d.Channel)
	}
	return channelOf(row)
}

func (t *tx) setDelivery(ctx context.Context, d content.Delivery) error {
	err := t.SetDelivery(ctx, db.SetDeliveryParams{
		ID: d.ID, State: string(d.State), RemoteID: d.RemoteID, RemoteUrl: d.RemoteURL, Reason: encode(d.Reason),
		OrderedAt: ms(d.Ordered), NextAt: ms(d.NextAttempt), FirstAt: ms(d.First), DoubtAt: ms(d.Doubt), Duplicate: d.Duplicate,
		Tries: int64(d.Tries), Looks: int64(d.Looks), SentAt: ms(d.Sent), Wanted: encodeWording(d.Wanted),
		Corrected: encodeWording(d.Corrected), Health: encode(d.Health.Reason), CheckAt: ms(d.Health.Next),
		Remark: string(d.Health.Reason.Code), DismissedAt: ms(d.Health.Noted.At), DismissedBy: d.Health.Noted.By,
	})
	if err != nil {
		return fmt.Errorf("write delivery %s: %w", d.ID, err)
	}
	if err := t.followDrop(ctx, d); err != nil {
		return err
	}
	if err := t.settleCorrection(ctx, d, 0); err != nil {
		return err
	}
	if d.RemoteURL == "" {
		return nil
	}
	return t.touch(ctx, touched{"change", d.Change})
}
