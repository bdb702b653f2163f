package content

import (
	"context"
	"slices"
	"time"
)

// DeliveryView is a choice of deliveries for people.
type DeliveryView string

// The views.
const (
	// ViewAll is all of them, newest first.
	ViewAll DeliveryView = ""
	// ViewNeeded is what stands still until a person decides, and what happened to a post that somebody should know;
	// without what was posted once more, and without what somebody has taken note of.
	ViewNeeded DeliveryView = "needed"
	// ViewQueue is what will go out by itself, oldest first.
	ViewQueue DeliveryView = "queue"
	// ViewLine is what is not out yet on the one Channel, held or not, in its order. It begins at its beginning.
	ViewLine DeliveryView = "line"
)

// DeliveryViews are those that somebody may choose from by name.
func DeliveryViews() []DeliveryView { return []DeliveryView{ViewNeeded, ViewQueue} }

// DeliveryFilter picks deliveries; "" picks all.
type DeliveryFilter struct {
	View    DeliveryView
	Change  string
	Channel string
	State   DeliveryState
	// After is the id of the last delivery of the part before; "" begins at the beginning.
	After string
	Limit int // 0: all
	// Attempts says that the attempts are wanted, too.
	Attempts bool
}

// DeliveryPart is one part of a list.
type DeliveryPart struct {
	Items []Delivery
	Next  string // the filter's After for the following part; "" at the end
}

// Page lists one part of the deliveries that the filter picks: at most its Limit, which must be set.
func (s *Deliveries) Page(ctx context.Context, actor Actor, filter DeliveryFilter) (DeliveryPart, error) {
	limit := filter.Limit
	filter.Limit = limit + 1 // one more tells whether there is a next part
	items, err := s.List(ctx, actor, filter)
	if err != nil || len(items) <= limit {
		return DeliveryPart{Items: items}, err
	}
	return DeliveryPart{Items: items[:limit], Next: items[limit-1].ID}, nil
}

// CountUndecided is how many deliveries wait for a person's decision.
func (s *Deliveries) CountUndecided(ctx context.Context, actor Actor) (int, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return 0, err
	}
	return s.Store.CountInState(ctx, NeedsDecision)
}

// Line is the beginning of what is not out yet on a channel, in its order, and how many these are in all.
func (s *Deliveries) Line(ctx context.Context, actor Actor, channel string, limit int) ([]Delivery, int, error) {
	first, err := s.List(ctx, actor, DeliveryFilter{View: ViewLine, Channel: channel, Limit: limit})
	if err != nil || len(first) < limit {
		return first, len(first), err
	}
	n, err := s.Store.CountLine(ctx, channel)
	return first, max(n, len(first)), err
}

// Titles are the titles of the changes that these announce, by the changes' ids.
func (s *Deliveries) Titles(ctx context.Context, actor Actor, shown []Delivery) (map[string]Text, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	var changes []string
	for _, d := range shown {
		if !slices.Contains(changes, d.Change) {
			changes = append(changes, d.Change)
		}
	}
	return s.Store.ChangeTitles(ctx, changes)
}

// Noted is who has taken note of what reading a post back found, and when.
type Noted struct {
	By string
	At time.Time // zero where nobody has
}

// AsksToBeSeen tells whether something happened to a post that is out which somebody should know, and nobody has taken
// note of.
func (d *Delivery) AsksToBeSeen() bool {
	if d.State != Sent && d.State != Corrected || !d.Health.Noted.At.IsZero() {
		return false
	}
	return d.Health.Gone() || d.Health.Reason.Code == CodePostAltered
}

// Dismiss takes note of what happened to a post: it asks nobody any more, until reading it back finds something else.
func (s *Deliveries) Dismiss(ctx context.Context, actor Actor, id string) (Delivery, error) {
	now := s.Now()
	return s.decide(ctx, actor, id, "delivery.dismiss", nil, func(d *Delivery, _ Channel) error {
		if !d.AsksToBeSeen() {
			return Fail(Conflict, CodeDismissNot, nil)
		}
		d.Health.Noted = Noted{By: actor.Name, At: now}
		return nil
	})
}
