package api

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/locale"
	"klartext/server/web"
)

// deliveryJSON is the fate of one announcement on one channel.
type deliveryJSON struct {
	ID             string                `json:"id"`
	Change         string                `json:"change"`
	Channel        string                `json:"channel"`
	Lang           content.Lang          `json:"lang"`
	Part           int                   `json:"part" doc:"of a thread, from 0"`
	Generation     int                   `json:"generation" doc:"1; a person's order to post once more counts on"`
	Kind           content.DeliveryKind  `json:"kind" doc:"announcement, or correction: a post that corrects another"`
	Follows        *string               `json:"follows" doc:"id of the delivery whose post this one answers"`
	State          content.DeliveryState `json:"state"`
	RemoteID       *string               `json:"remote_id"`
	RemoteURL      *string               `json:"remote_url"`
	Reason         *reasonJSON           `json:"reason" doc:"why it stands as it does, and what to do"`
	Attempt        int                   `json:"attempt" doc:"number of the last attempt"`
	Attempts       []attemptJSON         `json:"attempts"`
	NextAttemptAt  *time.Time            `json:"next_attempt_at"`
	ExpectedAt     *time.Time            `json:"expected_at" doc:"when it will go out if all goes well; null where that is not known"`
	SentAt         *time.Time            `json:"sent_at" doc:"when it was known to be out"`
	Text           string                `json:"text" doc:"exactly what is sent"`
	ContentWarning string                `json:"content_warning"`
	Corrected      *wordingJSON          `json:"corrected" doc:"what it says since it was corrected in place"`
	Health         *healthJSON           `json:"health" doc:"what reading it back found; null before the first time"`
	Permalink      string                `json:"permalink"`
	MaybeOut       bool                  `json:"maybe_out" doc:"for one that may be posted once more: one like it was dropped in doubt, so that followers may see two; repeat then asks for confirm"`
	CreatedAt      time.Time             `json:"created_at"`
}

type wordingJSON struct {
	Text           string     `json:"text"`
	ContentWarning string     `json:"content_warning"`
	At             *time.Time `json:"at"`
}

type healthJSON struct {
	CheckedAt   *time.Time  `json:"checked_at"`
	NextCheckAt *time.Time  `json:"next_check_at"`
	Reason      *reasonJSON `json:"reason" doc:"what is wrong; null where all is well"`
	StillThere  bool        `json:"still_there"`
	Dismissed   *notedJSON  `json:"dismissed" doc:"who has taken note of what is wrong; null where nobody has, or where there is nothing"`
}

type notedJSON struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

type attemptJSON struct {
	At      time.Time           `json:"at"`
	EndedAt *time.Time          `json:"ended_at" doc:"null while it runs"`
	Kind    content.AttemptKind `json:"kind" doc:"send, look, page, edit, withdraw or read"`
	Outcome string              `json:"outcome"`
	Detail  string              `json:"detail"`
	Hash    *string             `json:"sha256" doc:"of what was sent"`
	Answer  *content.Answer     `json:"answer" doc:"status, limits and request ids of the network's answer"`
	Found   []content.PostSeen  `json:"found" doc:"posts that a look found"`
}

func attemptOf(p *locale.Printer) func(content.Attempt) attemptJSON {
	return func(a content.Attempt) attemptJSON {
		out := attemptJSON{
			At: stamp(a.At), EndedAt: moment(a.Ended), Kind: a.Kind, Outcome: string(a.Outcome), Detail: p.Reason(a.Detail), Hash: some(a.Hash),
			Found: list(a.Found),
		}
		if a.Answer.Status != 0 {
			out.Answer = &a.Answer
		}
		return out
	}
}

func deliveryOf(p *locale.Printer, expected map[string]time.Time) func(content.Delivery) deliveryJSON {
	return func(d content.Delivery) deliveryJSON {
		out := deliveryJSON{
			ID: d.ID, Change: d.Change, Channel: d.Channel, Lang: d.Lang, Part: d.Part, Generation: d.Generation, Kind: d.Kind,
			Follows: some(d.Follows), State: d.State, RemoteID: some(d.RemoteID), RemoteURL: some(d.RemoteURL),
			Reason: reasonOf(p, d.Reason), Text: d.Text, ContentWarning: d.ContentWarning, Permalink: d.Permalink, CreatedAt: stamp(d.Created),
			SentAt: moment(d.Sent), ExpectedAt: moment(expected[d.ID]), Attempt: d.Attempt, Attempts: each(d.Attempts, attemptOf(p)), MaybeOut: d.MaybeOut,
		}
		if d.Corrected != nil {
			out.Corrected = &wordingJSON{Text: d.Corrected.Text, ContentWarning: d.Corrected.ContentWarning, At: moment(d.Corrected.At)}
		}
		if !d.Health.Checked.IsZero() {
			out.Health = &healthJSON{
				CheckedAt: moment(d.Health.Checked), NextCheckAt: moment(d.Health.Next), Reason: reasonOf(p, d.Health.Reason), StillThere: d.Out(),
			}
			if noted := d.Health.Noted; !noted.At.IsZero() {
				out.Health.Dismissed = &notedJSON{By: noted.By, At: stamp(noted.At)}
			}
		}
		switch d.State { //nolint:exhaustive // the others wait for nothing
		case content.Queued, content.Waiting, content.UnknownFate, content.Correcting, content.Withdrawing:
			out.NextAttemptAt = moment(d.NextAttempt)
		}
		return out
	}
}

func reasonOf(p *locale.Printer, r content.Reason) *reasonJSON {
	if r.Code == "" && r.Detail == "" {
		return nil
	}
	return &reasonJSON{Code: r.Code, Detail: p.Reason(r)}
}

// ShowDelivery answers with one delivery.
func (h *Handlers) ShowDelivery(c *fiber.Ctx) error {
	id, err := id(c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Get(c.UserContext(), web.Actor(c), id)
	return h.sendDelivery(c, d, err)
}

// expected is when those of them that wait will go out.
func (h *Handlers) expected(c *fiber.Ctx, shown ...content.Delivery) (map[string]time.Time, error) {
	channels, err := h.Channels.List(c.UserContext(), web.Actor(c))
	if err != nil {
		return nil, err
	}
	return h.Deliveries.Forecast(c.UserContext(), web.Actor(c), channels, shown)
}

func (h *Handlers) sendDelivery(c *fiber.Ctx, d content.Delivery, err error) error {
	if err != nil {
		return err
	}
	expected, err := h.expected(c, d)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, deliveryOf(web.Printer(c), expected)(d))
}

// RetryDelivery sends again what surely is not out.
func (h *Handlers) RetryDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Retry)
}

type resolveInput struct {
	As        string `json:"as" need:"true" enum:"sent,not_sent"`
	RemoteURL string `json:"remote_url" format:"uri" doc:"the post's address, with sent"`
	Attempt   int    `json:"attempt" doc:"with not_sent: the delivery's attempt as it was when you looked; refused where another was made since"`
}

// ResolveDelivery settles an unknown fate by a person's word.
func (h *Handlers) ResolveDelivery(c *fiber.Ctx) error {
	id, in, err := readAt[resolveInput](h, c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	d, err := h.Deliveries.Resolve(c.UserContext(), web.Actor(c), id, content.Resolution{
		As: in.As, RemoteURL: in.RemoteURL, Attempt: in.Attempt,
	})
	return h.sendDelivery(c, d, err)
}

// CancelDelivery drops a delivery that is not sent.
func (h *Handlers) CancelDelivery(c *fiber.Ctx) error {
	return h.moveDelivery(c, h.Deliveries.Cancel)
}

// moveDelivery does what needs no more words than the delivery's id.
func (h *Handlers) moveDelivery(c *fiber.Ctx, move func(context.Context, content.Actor, string) (content.Delivery, error)) error {
	id, err := id(c, content.CodeDeliveryUnknown)
	if err != nil {
		return err
	}
	if err := readNothing(h, c); err != nil {
		return err
	}
	d, err := move(c.UserContext(), web.Actor(c), id)
	return h.sendDelivery(c, d, err)
}
