package outbound

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Pages asks the site's own public address for pages, as a reader's browser
// would. client may reach private addresses: the operator configured this one.
type Pages struct {
	Client *http.Client
	// Waits are the pauses between tries: a page that was published a moment ago gets a moment. nil takes short ones.
	Waits []time.Duration
}

// PageError says what came instead of the page.
type PageError struct{ Said string }

// Error is what came, for people.
func (p *PageError) Error() string { return p.Said }

// maxRedirects is how often the site's own address may send a reader on, from http to https for example.
const maxRedirects = 3

// There answers nil where the address shows the page: with status 200, and with
// its own address in it, because a parked domain says 200 to everything.
func (p *Pages) There(ctx context.Context, address string) error {
	waits := p.Waits
	if waits == nil {
		waits = []time.Duration{200 * time.Millisecond, 600 * time.Millisecond}
	}
	err := p.ask(ctx, address)
	for _, wait := range waits {
		if err == nil {
			return nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
		err = p.ask(ctx, address)
	}
	return err
}

func (p *Pages) ask(ctx context.Context, address string) error {
	wanted, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("address of a page: %w", err)
	}
	at := address
	for range maxRedirects + 1 {
		body, next, err := p.get(ctx, at)
		switch {
		case err != nil:
			return err
		case next != "":
			at = next
		case !strings.Contains(body, wanted.EscapedPath()):
			return &PageError{Said: "200, but another page"}
		default:
			return nil
		}
	}
	return &PageError{Said: "redirected too often"}
}

func (p *Pages) get(ctx context.Context, address string) (body, next string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", "", fmt.Errorf("address of a page: %w", err)
	}
	req.Header.Set("User-Agent", "Klartext (looks whether its own page is there)")
	req.Header.Set("Accept", "text/html")
	resp, err := p.Client.Do(req)
	if err != nil {
		return "", "", fmt.Errorf("ask for the page: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		to, err := resp.Location()
		if err != nil {
			return "", "", &PageError{Said: resp.Status + " without an address"}
		}
		return "", to.String(), nil
	}
	if resp.StatusCode != http.StatusOK {
		return "", "", &PageError{Said: fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))}
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", "", fmt.Errorf("read the page: %w", err)
	}
	return string(raw), "", nil
}
