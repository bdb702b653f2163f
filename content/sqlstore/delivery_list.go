package sqlstore

import (
	"context"
	"fmt"
	"math"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Deliveries lists what the filter picks, and reads no more than its limit.
func (s *Store) Deliveries(ctx context.Context, filter content.DeliveryFilter) ([]content.Delivery, error) {
	var list []content.Delivery
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		rows, err := listed(ctx, q, filter)
		if err != nil {
			return err
		}
		list = make([]content.Delivery, 0, len(rows))
		for _, row := range rows {
			d, err := deliveryOf(row)
			if err != nil {
				return err
			}
			if err := addPlace(ctx, q, &d); err != nil {
				return err
			}
			if filter.Attempts {
				if err := addAttempts(ctx, q, &d); err != nil {
					return err
				}
			}
			list = append(list, d)
		}
		return nil
	})
	return list, err
}

// addPlace adds what others of its place mean for one that may be posted once more.
func addPlace(ctx context.Context, q *db.Queries, d *content.Delivery) (err error) {
	if !d.MayGoAgain() {
		return nil
	}
	if d.Kind == content.KindAnnouncement {
		d.PostedAgain, err = q.PostedAgain(ctx, db.PostedAgainParams{
			ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part), Generation: int64(d.Generation),
		})
		if err != nil {
			return fmt.Errorf("ask whether delivery %s was posted once more: %w", d.ID, err)
		}
	}
	d.MaybeOut, err = droppedInDoubt(ctx, q, *d)
	return err
}

// droppedInDoubt tells whether one like this was dropped while it may have been out.
func droppedInDoubt(ctx context.Context, q *db.Queries, d content.Delivery) (bool, error) {
	doubt, err := q.DroppedInDoubt(ctx, db.DroppedInDoubtParams{
		ChangeID: d.Change, ChannelID: d.Channel, Lang: string(d.Lang), Part: int64(d.Part), Kind: string(d.Kind),
		Follows: d.Follows, Text: d.Text, ContentWarning: d.ContentWarning,
	})
	if err != nil {
		return false, fmt.Errorf("ask what was dropped of change %s on channel %s: %w", d.Change, d.Channel, err)
	}
	return doubt, nil
}

// listed reads the rows of a filter from the index that has them in their order.
func listed(ctx context.Context, q *db.Queries, filter content.DeliveryFilter) ([]db.Delivery, error) {
	var after db.Delivery
	after.CreatedAt = math.MaxInt64
	if filter.View == content.ViewQueue {
		after.CreatedAt = math.MinInt64
	}
	if filter.After != "" {
		var err error
		if after, err = q.Delivery(ctx, filter.After); err != nil {
			return nil, missing(err, content.CodeDeliveryUnknown, "delivery", filter.After)
		}
	}
	most := int32(math.MaxInt32)
	if filter.Limit > 0 {
		most = int32(min(filter.Limit, math.MaxInt32))
	}
	rows, err := list(ctx, q, filter, after, most)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return rows, nil
}

func list(ctx context.Context, q *db.Queries, filter content.DeliveryFilter, after db.Delivery, most int32) ([]db.Delivery, error) {
	params := db.ListDeliveriesParams{
		ChangeID: filter.Change, ChannelID: filter.Channel, State: string(filter.State), AfterCreated: after.CreatedAt,
		AfterChannel: after.ChannelID, AfterLang: after.Lang, AfterPart: after.Part, AfterGeneration: after.Generation, AfterID: after.ID, Most: most,
	}
	switch {
	case filter.View == content.ViewLine:
		return q.LineOfChannel(ctx, db.LineOfChannelParams{ChannelID: filter.Channel, Most: most})
	case filter.View == content.ViewQueue:
		return q.ListDeliveriesWaiting(ctx, db.ListDeliveriesWaitingParams{
			ChangeID: filter.Change, ChannelID: filter.Channel, State: string(filter.State),
			AfterCreated: after.CreatedAt, AfterChannel: after.ChannelID, AfterPosition: after.Position, Most: most,
		})
	case filter.View == content.ViewNeeded:
		return q.ListDeliveriesNeeded(ctx, db.ListDeliveriesNeededParams(params))
	case filter.Change != "":
		return q.ListDeliveriesOfChange(ctx, db.ListDeliveriesOfChangeParams(params))
	case filter.State != "":
		return q.ListDeliveriesInState(ctx, db.ListDeliveriesInStateParams(params))
	}
	return q.ListDeliveries(ctx, params)
}

// CountInState counts the deliveries in a state.
func (s *Store) CountInState(ctx context.Context, state content.DeliveryState) (int, error) {
	n, err := s.reader().CountInState(ctx, string(state))
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", classify(err))
	}
	return int(n), nil
}

// CountLine counts what is not out yet on a channel.
func (s *Store) CountLine(ctx context.Context, channel string) (int, error) {
	n, err := s.reader().CountLine(ctx, channel)
	if err != nil {
		return 0, fmt.Errorf("count what waits on channel %s: %w", channel, classify(err))
	}
	return int(n), nil
}

// ChangeTitles are the titles of changes, by their ids.
func (s *Store) ChangeTitles(ctx context.Context, ids []string) (map[string]content.Text, error) {
	titles := make(map[string]content.Text, len(ids))
	err := s.inSnapshot(ctx, func(q *db.Queries) error {
		for _, id := range ids {
			raw, err := q.ChangeTitle(ctx, id)
			if err != nil {
				return missing(err, content.CodeChangeUnknown, "change", id)
			}
			var title content.Text
			if err := decode(raw, &title, "title", id); err != nil {
				return err
			}
			titles[id] = title
		}
		return nil
	})
	return titles, err
}
