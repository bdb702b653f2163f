package websub

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"klartext/content"
	"klartext/publishers/outbound"
)

// memory is a store of one hub.
type memory struct {
	claim content.HubClaim
	next  time.Time
	rows  []content.LedgerRow
}

func (*memory) AddHub(context.Context, string) error { return nil }

func (m *memory) ClaimHub(_ context.Context, _ string, now, until time.Time) (content.HubClaim, bool, error) {
	if m.next.After(now) || int(m.claim.After) >= len(m.rows) {
		return content.HubClaim{}, false, nil
	}
	m.next = until
	return m.claim, true, nil
}

func (m *memory) SettleHub(_ context.Context, claim content.HubClaim, next time.Time) error {
	m.claim, m.next = claim, next
	return nil
}

func (m *memory) Ledger(_ context.Context, after int64, limit int) ([]content.LedgerRow, error) {
	rows := m.rows[after:]
	return rows[:min(limit, len(rows))], nil
}

func (m *memory) publish() {
	m.rows = append(m.rows, content.LedgerRow{Seq: int64(len(m.rows) + 1)})
}

// hub answers with a status and keeps what it was told.
type hub struct {
	status int
	told   [][]string
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("hub.mode") != "publish" || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.told = append(h.told, r.PostForm["hub.url"])
	w.WriteHeader(h.status)
}

type world struct {
	*memory
	*hub
	pinger  *Pinger
	now     time.Time
	visible bool
	log     strings.Builder
}

func newWorld(t *testing.T, feeds int) *world {
	t.Helper()
	w := &world{memory: &memory{}, hub: &hub{status: http.StatusNoContent}, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), visible: true}
	server := httptest.NewServer(w.hub)
	t.Cleanup(server.Close)
	w.pinger = &Pinger{
		Hub: server.URL, Store: w.memory, Client: outbound.New(outbound.Options{AllowPrivate: true}),
		Feeds: func(rows []content.LedgerRow) ([]string, bool) {
			var list []string
			for i := range feeds {
				list = append(list, fmt.Sprintf("https://site.example/%d.atom", i))
			}
			return list, w.visible
		},
		Log: slog.New(slog.NewTextHandler(&w.log, nil)), Now: func() time.Time { return w.now },
	}
	return w
}

func (w *world) step(t *testing.T) {
	t.Helper()
	if err := w.pinger.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestHubIsToldOnce(t *testing.T) {
	w := newWorld(t, 120)
	w.step(t)
	w.publish()
	w.publish()
	w.step(t)
	w.step(t)
	if len(w.told) != 3 || len(w.told[0]) != feedsAtOnce || len(w.told[2]) != 20 || w.claim.After != 2 {
		t.Errorf("the hub was told %d times, up to row %d", len(w.told), w.claim.After)
	}
}

func TestHubIsNotToldBeforeReadersSee(t *testing.T) {
	w := newWorld(t, 1)
	w.publish()
	w.visible = false
	w.step(t)
	if len(w.told) > 0 {
		t.Error("the hub was told of what it cannot fetch yet")
	}
	w.visible = true
	w.step(t)
	if len(w.told) != 1 {
		t.Error("the hub was not told afterwards")
	}
}

func TestHubThatFailsIsToldLater(t *testing.T) {
	w := newWorld(t, 1)
	w.status = http.StatusServiceUnavailable
	w.publish()
	var last time.Duration
	for try := 1; try <= 14; try++ {
		w.step(t)
		w.step(t) // not before its time
		if len(w.told) != try || w.claim.Tries != try || w.claim.After != 0 {
			t.Fatalf("after %d failures: told %d times, %d tries, row %d", try, len(w.told), w.claim.Tries, w.claim.After)
		}
		pause := w.next.Sub(w.now)
		if pause < firstWait/2 || pause > longest || try > 2 && try < 9 && pause < last/2 {
			t.Errorf("wait %d is %v after %v", try, pause, last)
		}
		last, w.now = pause, w.next
	}
	if strings.Count(w.log.String(), "level=WARN") != 1 {
		t.Errorf("the log: %s", w.log.String())
	}
	w.publish()
	w.status = http.StatusAccepted
	w.step(t)
	if w.claim.Tries != 0 || w.claim.After != 2 {
		t.Errorf("after it came back: %+v", w.claim)
	}
}

func TestPrivateHubIsRefused(t *testing.T) {
	w := newWorld(t, 1)
	w.pinger.Client = outbound.New(outbound.Options{})
	w.publish()
	w.step(t)
	if len(w.told) > 0 || w.claim.Tries != 1 {
		t.Errorf("a hub on this machine was told %d times", len(w.told))
	}
}
