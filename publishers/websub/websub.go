// Package websub tells a WebSub hub which feeds have something new, so that
// followers hear of it at once. It knows neither feeds nor databases, and nothing
// waits for it: a hub that is down is told later.
package websub

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"klartext/content"
)

// How often the ledger is looked at, how long one process has for its turn, and the waits after failures.
const (
	lookEvery = 2 * time.Second
	turn      = 2 * time.Minute
	firstWait = 30 * time.Second
	longest   = 6 * time.Hour
)

const (
	rowsAtOnce  = 2000
	feedsAtOnce = 50 // in one request; hubs refuse long ones
)

// Store keeps how far the hub was told.
type Store interface {
	AddHub(ctx context.Context, hub string) error
	ClaimHub(ctx context.Context, hub string, now, until time.Time) (content.HubClaim, bool, error)
	SettleHub(ctx context.Context, claim content.HubClaim, next time.Time) error
	Ledger(ctx context.Context, after int64, limit int) ([]content.LedgerRow, error)
}

// Pinger tells one hub.
type Pinger struct {
	Hub    string
	Store  Store
	Client *http.Client
	// Feeds are the addresses in which these rows of the ledger show; false where readers do not see them yet.
	Feeds func(rows []content.LedgerRow) ([]string, bool)
	Log   *slog.Logger
	Now   content.Clock
}

// Run tells the hub of every publication until ctx ends.
func (p *Pinger) Run(ctx context.Context) error {
	if err := p.Store.AddHub(ctx, p.Hub); err != nil {
		return err
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := p.Step(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Step tells the hub what there is to tell, where that is this process's turn. A
// hub that fails is no error: it is told later, of all that has come by then.
func (p *Pinger) Step(ctx context.Context) error {
	now := p.Now()
	claim, mine, err := p.Store.ClaimHub(ctx, p.Hub, now, now.Add(turn))
	if err != nil || !mine {
		return err
	}
	rows, err := p.Store.Ledger(ctx, claim.After, rowsAtOnce)
	if err != nil {
		return err
	}
	feeds, visible := p.Feeds(rows)
	if !visible {
		return p.Store.SettleHub(ctx, claim, now) // the hub would fetch what it knows already
	}
	if err := p.tell(ctx, feeds); err != nil {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // we are stopping; the turn ends by itself
		}
		if claim.Tries == 0 {
			p.Log.WarnContext(ctx, "the WebSub hub was not told of a publication; it is tried again", "hub", p.Hub, "error", err)
		}
		claim.Tries++
		return p.Store.SettleHub(ctx, claim, p.Now().Add(wait(claim.Tries)))
	}
	claim.After, claim.Tries = rows[len(rows)-1].Seq, 0
	return p.Store.SettleHub(ctx, claim, now)
}

// wait grows with each failure in a row, with some chance in it so that not all sites come back at one moment.
func wait(tries int) time.Duration {
	d := min(longest, firstWait<<min(tries-1, 10))
	return d/2 + rand.N(d/2+1) //nolint:gosec // jitter, no secret
}

func (p *Pinger) tell(ctx context.Context, feeds []string) error {
	for len(feeds) > 0 {
		n := min(len(feeds), feedsAtOnce)
		if err := p.ping(ctx, feeds[:n]); err != nil {
			return err
		}
		feeds = feeds[n:]
	}
	return nil
}

// ping is what publishers and hubs agreed on: WebSub itself leaves it open.
func (p *Pinger) ping(ctx context.Context, feeds []string) error {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": feeds}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("address the hub: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("User-Agent", "Klartext")
	answer, err := p.Client.Do(request)
	if err != nil {
		return fmt.Errorf("ask the hub: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 300))
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("the hub answered %s: %.200q", answer.Status, said)
	}
	if err != nil {
		return fmt.Errorf("read the hub's answer: %w", err)
	}
	return nil
}
