// Package api is the JSON API, version 1, with its document. It decodes what is asked, calls the services of package
// content and encodes what they answer; it has no rule of its own and knows neither pages nor databases.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/clarity"
	"klartext/content/site"
	"klartext/server/api/schema"
	"klartext/server/theme"
	"klartext/server/web"
)

// Requests remembers requests that came with an Idempotency-Key.
type Requests interface {
	// BeginKeyed claims a key and answers true, or answers false and the request that has it already.
	// Requests of the same actor that began before forget are forgotten first.
	BeginKeyed(ctx context.Context, r content.KeyedRequest, forget time.Time) (content.KeyedRequest, bool, error)
	// FinishKeyed keeps the answer; ForgetKeyed frees the key of a request that did nothing.
	FinishKeyed(ctx context.Context, r content.KeyedRequest) error
	ForgetKeyed(ctx context.Context, r content.KeyedRequest) error
}

// Deps is what the API needs.
type Deps struct {
	Editor     *content.Editor
	Changes    *content.Changes
	Pictures   *content.Pictures
	Site       *content.Site
	Accounts   *content.Accounts
	Channels   *content.Channels
	Consents   *content.Consents
	Deliveries *content.Deliveries
	Questions  *content.Questions
	Votes      *content.Votes
	Requests   Requests
	Checker    Checker
	// Words makes the site's own words ready for the checker.
	Words    *clarity.Checker
	Checks   *content.Checks
	Glossary *content.Glossary
	// Published is the site as strangers may see it; no draft is ever in it. It may answer nil until the site is read.
	Published func() *site.Value
	// Theme is the operator's, nil for none.
	Theme *theme.Theme
	// BaseURL is the site's public address without a slash at the end.
	BaseURL string
	// Version of the program, for the document.
	Version string
	Now     content.Clock
	Log     *slog.Logger
}

// Handlers answer the requests of the API; each is a route's handler.
type Handlers struct {
	Deps
	requests *schema.Set
	bodies   map[reflect.Type]*schema.Schema
	checks   chan struct{} // one place for each check that may run
	document []byte
}

// New prepares the handlers and the document of the API.
func New(deps Deps) (*Handlers, error) {
	h := &Handlers{
		Deps: deps, requests: schema.Requests(enums()), bodies: map[reflect.Type]*schema.Schema{}, checks: make(chan struct{}, checksAtOnce()),
	}
	for _, op := range operations() {
		if op.body != nil {
			h.bodies[op.body] = h.requests.Of(op.body)
		}
	}
	var err error
	if h.document, err = h.describe(); err != nil {
		return nil, fmt.Errorf("write the API's document: %w", err)
	}
	return h, nil
}

// Document answers with the OpenAPI document.
func (h *Handlers) Document(c *fiber.Ctx) error {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(h.document)
}

// answer sends v as JSON.
func answer(c *fiber.Ctx, status int, v any) error { return c.Status(status).JSON(v) }

// insider tells whether the request may see drafts; all others see what is published.
func insider(c *fiber.Ctx) bool { return web.Actor(c).May(content.ReadDrafts) == nil }

// readers is the published site at this moment, or Unavailable while the program starts.
func (h *Handlers) readers() (*site.Value, error) {
	if v := h.Published(); v != nil {
		return v, nil
	}
	return nil, content.Fail(content.Unavailable, content.CodeBusy, nil)
}

// maxID is longer than any id the program makes.
const maxID = 64

// id reads an id from the path. What cannot be one is answered as unknown, so that no odd sign reaches a database.
func id(c *fiber.Ctx, unknown content.Code) (string, error) {
	s := c.Params("id")
	if !idForm(s) {
		return "", content.Fail(content.NotFound, unknown, nil)
	}
	return s, nil
}

func idForm(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}

// stamp is a time in an answer, as exact as it is stored, so that it reads the same now and later.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// moment is a time in an answer; null where there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = stamp(t)
	return &t
}

// some is a value in an answer; null where it is empty.
func some[T comparable](v T) *T {
	var empty T
	if v == empty {
		return nil
	}
	return &v
}

// list is never null, so that clients can walk it without asking.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// each makes the JSON of every item.
func each[T, J any](items []T, f func(T) J) []J {
	out := make([]J, 0, len(items))
	for _, item := range items {
		out = append(out, f(item))
	}
	return out
}
