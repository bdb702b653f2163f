package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// addDelivery queues a delivery behind those of its channel. Only the publish transaction and a person's order to post again call it.
func (t *tx) addDelivery(ctx context.Context, d content.Delivery) error {
	err := t.AddDelivery(ctx, db.AddDeliveryParams{
		ID: d.ID, ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part), Generation: int64(d.Generation),
		State: string(d.State), Text: d.Text, ContentWarning: d.ContentWarning, Permalink: d.Permalink, Media: encode(d.Media),
		IdempotencyKey: d.Key, Reason: encode(d.Reason), CreatedAt: ms(d.Created), OrderedAt: ms(d.Ordered), NextAt: ms(d.NextAttempt),
	})
	if err != nil {
		return fmt.Errorf("queue delivery of change %s on channel %s: %w", d.Change, d.Channel, err)
	}
	return nil
}

// postOf reads a public post. The next attempt of a sent delivery is when it was sent.
func postOf(row db.PostsRow) content.PostLink {
	return content.PostLink{Network: row.Network, Channel: row.Name, Lang: content.Lang(row.Lang), URL: row.RemoteUrl, At: at(row.NextAt)}
}

func deliveryOf(row db.Delivery) (content.Delivery, error) {
	d := content.Delivery{
		ID: row.ID, Change: row.ChangeID, Channel: row.ChannelID, Lang: content.Lang(row.Lang), Part: int(row.Part),
		Generation: int(row.Generation), State: content.DeliveryState(row.State), Text: row.Text, ContentWarning: row.ContentWarning,
		Permalink: row.Permalink, Key: row.IdempotencyKey, RemoteID: row.RemoteID, RemoteURL: row.RemoteUrl,
		Created: at(row.CreatedAt), Ordered: at(row.OrderedAt), NextAttempt: at(row.NextAt),
		Progress: content.Progress{
			Attempt: int(row.Attempts), Tries: int(row.Tries), Looks: int(row.Looks),
			First: at(row.FirstAt), Doubt: at(row.DoubtAt), Duplicate: row.Duplicate,
		},
	}
	if err := decode(row.Media, &d.Media, "media", row.ID); err != nil {
		return d, err
	}
	return d, decode(row.Reason, &d.Reason, "reason", row.ID)
}

func attemptOf(row db.Attempt) (content.Attempt, error) {
	a := content.Attempt{Number: int(row.Number), At: at(row.At), Outcome: content.Outcome(row.Outcome), Hash: row.Hash}
	return a, decode(row.Detail, &a.Detail, "attempt", row.DeliveryID)
}

// Deliveries lists deliveries with all their attempts, newest first.
func (s *Store) Deliveries(ctx context.Context, filter content.DeliveryFilter) ([]content.Delivery, error) {
	var list []content.Delivery
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		params := db.DeliveriesParams{ChangeID: filter.Change, ChannelID: filter.Channel, State: string(filter.State)}
		rows, err := q.Deliveries(ctx, params)
		if err != nil {
			return fmt.Errorf("read deliveries: %w", err)
		}
		attempts, err := attemptsOf(ctx, q, db.AttemptsOfParams(params))
		if err != nil {
			return err
		}
		list = make([]content.Delivery, 0, len(rows))
		for _, row := range rows {
			d, err := deliveryOf(row)
			if err != nil {
				return err
			}
			d.Attempts = attempts[d.ID]
			list = append(list, d)
		}
		return nil
	})
	return list, err
}

func attemptsOf(ctx context.Context, q *db.Queries, params db.AttemptsOfParams) (map[string][]content.Attempt, error) {
	rows, err := q.AttemptsOf(ctx, params)
	if err != nil {
		return nil, fmt.Errorf("read attempts: %w", err)
	}
	attempts := map[string][]content.Attempt{}
	for _, row := range rows {
		a, err := attemptOf(row)
		if err != nil {
			return nil, err
		}
		attempts[row.DeliveryID] = append(attempts[row.DeliveryID], a)
	}
	return attempts, nil
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
	return nil
}

// UpdateDelivery writes what a person decided, in one transaction. The lease
// ends with it, so that an answer still on its way is fenced off.
func (s *Store) UpdateDelivery(
	ctx context.Context, id string, decide func(*content.Delivery, content.Channel) error, audit content.Audit,
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
		channelRow, err := tx.Channel(ctx, d.Channel)
		if err != nil {
			return missing(err, content.CodeChannelUnknown, "channel", d.Channel)
		}
		channel, err := channelOf(channelRow)
		if err != nil {
			return err
		}
		if err := decide(&d, channel); err != nil {
			return err
		}
		if d.State == content.Sent {
			d.NextAttempt = audit.At
		}
		if err := tx.setDelivery(ctx, d); err != nil {
			return err
		}
		if err := addAttempts(ctx, tx.Queries, &d); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return d, err
}

func (t *tx) setDelivery(ctx context.Context, d content.Delivery) error {
	err := t.SetDelivery(ctx, db.SetDeliveryParams{
		ID: d.ID, State: string(d.State), RemoteID: d.RemoteID, RemoteUrl: d.RemoteURL, Reason: encode(d.Reason),
		OrderedAt: ms(d.Ordered), NextAt: ms(d.NextAttempt), FirstAt: ms(d.First), DoubtAt: ms(d.Doubt), Duplicate: d.Duplicate,
		Tries: int64(d.Tries), Looks: int64(d.Looks),
	})
	if err != nil {
		return fmt.Errorf("write delivery %s: %w", d.ID, err)
	}
	return t.announceSent(ctx, d)
}

// announceSent lets the public page of the change show the post.
func (t *tx) announceSent(ctx context.Context, d content.Delivery) error {
	if d.State != content.Sent {
		return nil
	}
	return t.touch(ctx, touched{"change", d.Change})
}
