package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// Codes of requests that come twice.
const (
	CodeKeyForm       content.Code = "key_form"
	CodeKeyOther      content.Code = "key_other"
	CodeKeyRunning    content.Code = "key_running"
	CodeKeyUnfinished content.Code = "key_unfinished"
	CodeKeySecret     content.Code = "key_secret"
)

// The headers of a request that may be sent twice.
const (
	headerKey      = "Idempotency-Key"
	headerReplayed = "Idempotency-Replayed"
)

const (
	maxKey = 255
	// keepKeys is how long an answer is kept; a network's retries are over long before.
	keepKeys = 24 * time.Hour
	// runningFor is longer than any request may run. What is unfinished after it was cut off.
	runningFor = time.Minute
	// noteWithin bounds the writing down of an answer after the request itself has ended.
	noteWithin = 5 * time.Second
)

// localSecret marks an answer that holds a secret, which must not be kept.
type localSecret struct{}

// holdsSecret says that the answer to this request must not be kept in plain.
func holdsSecret(c *fiber.Ctx) { c.Locals(localSecret{}, true) }

// Once makes a POST with an Idempotency-Key happen once: the same request sent
// again gets the first answer. A request that failed did nothing and may be
// sent again; one that was cut off is never repeated blindly.
func (h *Handlers) Once(c *fiber.Ctx) error {
	key := c.Get(headerKey)
	user, known := web.User(c)
	if c.Method() != fiber.MethodPost || key == "" || !known {
		return c.Next()
	}
	if !keyForm(key) {
		return content.Fail(content.Invalid, CodeKeyForm, content.Args{"Limit": maxKey})
	}
	now := h.Now()
	asked := content.KeyedRequest{Actor: user.ID, Key: key, Hash: requestHash(c), Begun: now}
	first, begun, err := h.Requests.BeginKeyed(c.UserContext(), asked, now.Add(-keepKeys))
	if err != nil {
		return err
	}
	if !begun {
		return replay(c, first, asked.Hash, now)
	}
	err = c.Next()
	h.note(c, asked, err)
	return err
}

// note keeps the answer, also when the client has left meanwhile.
func (h *Handlers) note(c *fiber.Ctx, asked content.KeyedRequest, failed error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), noteWithin)
	defer cancel()
	var err error
	switch {
	case failed == nil:
		asked.Status = c.Response().StatusCode()
		if c.Locals(localSecret{}) == nil {
			asked.Answer = string(c.Response().Body())
		}
		err = h.Requests.FinishKeyed(ctx, asked)
	case content.KindOf(failed) != content.Internal:
		err = h.Requests.ForgetKeyed(ctx, asked)
	}
	// What failed inside may have been done: its key stays unfinished. The answer goes out in any case.
	if err != nil {
		h.Log.ErrorContext(ctx, "could not note the answer to a keyed request", "path", c.Path(), "error", err)
	}
}

func replay(c *fiber.Ctx, first content.KeyedRequest, hash string, now time.Time) error {
	switch {
	case first.Hash != hash:
		return content.Fail(content.Invalid, CodeKeyOther, nil)
	case first.Status == 0 && now.Sub(first.Begun) < runningFor:
		c.Set(fiber.HeaderRetryAfter, "1")
		return content.Fail(content.Conflict, CodeKeyRunning, nil)
	case first.Status == 0:
		return content.Fail(content.Conflict, CodeKeyUnfinished, nil)
	case first.Answer == "":
		return content.Fail(content.Conflict, CodeKeySecret, nil)
	}
	c.Set(headerReplayed, "true")
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Status(first.Status).SendString(first.Answer)
}

// keyForm allows printable ASCII, which every client and database writes alike.
func keyForm(key string) bool {
	for _, b := range []byte(key) {
		if b < 0x21 || b > 0x7e {
			return false
		}
	}
	return len(key) <= maxKey
}

// requestHash tells requests apart by address and body.
func requestHash(c *fiber.Ctx) string {
	sum := sha256.New()
	sum.Write([]byte(c.OriginalURL()))
	sum.Write([]byte{0})
	sum.Write(c.Request().Body())
	return hex.EncodeToString(sum.Sum(nil))
}
