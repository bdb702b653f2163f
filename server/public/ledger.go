package public

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

const (
	ledgerBatch = 500
	// ledgerTime bounds one download, also for a reader who takes it slowly.
	ledgerTime = 5 * time.Minute
)

// ledgerLine is one row as it is downloaded.
type ledgerLine struct {
	Seq  int64           `json:"seq"`
	At   string          `json:"at"`
	Body json.RawMessage `json:"body"`
}

// ShowLedger streams the whole record of everything published, as JSON Lines, oldest first.
func (h *Handlers) ShowLedger(c *fiber.Ctx) error {
	s, err := h.now()
	if err != nil {
		return err
	}
	// The first rows are read before the answer begins, so that a failure is still an answer.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), ledgerTime)
	first, err := h.deps.Ledger.Ledger(ctx, 0, ledgerBatch)
	if err != nil {
		cancel()
		return fmt.Errorf("read the ledger: %w", err)
	}
	h.setFrame(&c.Response().Header)
	c.Set(fiber.HeaderContentType, "application/jsonl; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, revalidate)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	// Weak: the rows may be one publication ahead of the number.
	etag := "ledger-" + strconv.FormatInt(s.site.Seq(), 10)
	c.Set(fiber.HeaderETag, `W/"`+etag+`"`)
	if matches(c.Get(fiber.HeaderIfNoneMatch), `"`+etag+`"`) {
		cancel()
		return c.SendStatus(fiber.StatusNotModified)
	}
	e := accepted(c.Get(fiber.HeaderAcceptEncoding))
	if name := e.String(); name != "" {
		c.Set(fiber.HeaderContentEncoding, name)
	}
	if c.Method() == fiber.MethodHead {
		cancel()
		return nil
	}
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer cancel()
		err := h.guarded(func() error { return h.streamLedger(ctx, w, e, first) })
		if err != nil {
			h.deps.Log.Warn("a download of the ledger was cut off", slog.Any("error", err))
		}
	})
	return nil
}

// streamLedger writes rows until there are no more. An error cuts the answer
// off, so that nobody takes a part for the whole.
func (h *Handlers) streamLedger(ctx context.Context, out *bufio.Writer, e encoding, rows []content.LedgerRow) error {
	packed, err := newEncoder(out, e)
	if err != nil {
		return fmt.Errorf("start %v: %w", e, err)
	}
	for len(rows) > 0 {
		if err := writeRows(packed, rows); err != nil {
			return err
		}
		if len(rows) < ledgerBatch {
			break
		}
		if rows, err = h.deps.Ledger.Ledger(ctx, rows[len(rows)-1].Seq, ledgerBatch); err != nil {
			return fmt.Errorf("read the ledger: %w", err)
		}
	}
	if err := packed.Close(); err != nil {
		return fmt.Errorf("finish the ledger: %w", err)
	}
	return out.Flush()
}

func writeRows(w io.Writer, rows []content.LedgerRow) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false) // a row's bytes stay what they are in the database
	for _, row := range rows {
		if err := encoder.Encode(ledgerLine{row.Seq, row.At.UTC().Format(time.RFC3339Nano), row.Body}); err != nil {
			return fmt.Errorf("write ledger row %d: %w", row.Seq, err)
		}
	}
	return nil
}
