package bench_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
	"klartext/publishers"
	"klartext/publishers/outbound"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// slow is a network behind HTTP that answers in 50 ms, keeps the order in which posts came, and wants ten posts a second.
type slow struct {
	client *http.Client
	url    string
	mu     sync.Mutex
	came   map[string][]arrival // by channel
}

type arrival struct {
	text string
	at   time.Time
}

const (
	answerIn = 50 * time.Millisecond
	burst    = 10
	every    = 100 * time.Millisecond
)

func newSlow(b *testing.B) *slow {
	b.Helper()
	s := &slow{client: outbound.New(outbound.Options{AllowPrivate: true}), came: map[string][]arrival{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.came[r.Header.Get("Channel")] = append(s.came[r.Header.Get("Channel")], arrival{r.Header.Get("Text"), time.Now()})
		s.mu.Unlock()
		time.Sleep(answerIn)
	}))
	b.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *slow) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, http.NoBody)
	if err != nil {
		return publishers.Receipt{}, err
	}
	req.Header.Set("Channel", post.Account.Handle)
	text, _, _ := strings.Cut(post.Text, "\n")
	req.Header.Set("Text", text)
	resp, err := s.client.Do(req)
	if err != nil {
		return publishers.Receipt{}, err
	}
	return publishers.Receipt{ID: post.Delivery, URL: "https://social.example/" + post.Delivery}, resp.Body.Close()
}

func (s *slow) Look(context.Context, publishers.Post) ([]publishers.Receipt, error) { return nil, nil }

func (s *slow) Rules(content.Account) publishers.Rules { return publishers.Rules{} }

func (s *slow) Pace(content.Account) content.Pace { return content.Pace{Burst: burst, Every: every} }

// plain opens settings that are not encrypted.
type plain struct{}

func (plain) Fresh(_ context.Context, channel content.StoredChannel, _ bool) (json.RawMessage, error) {
	return json.RawMessage(channel.Sealed), nil
}

// house is a site with channels and a worker on a real database.
type house struct {
	*storetest.Site
	channels []content.Channel
	network  *slow
	worker   *publishers.Worker
	sent     chan struct{}
}

func newHouse(b *testing.B, store *sqlstore.Store, channels int) *house {
	b.Helper()
	h := &house{Site: storetest.NewSite(b, store), network: newSlow(b), sent: make(chan struct{}, 100_000)}
	for i := range channels {
		c := h.Channel(b, fmt.Sprintf("channel %d", i))
		name := c.ID
		_, err := store.UpdateChannel(b.Context(), c.ID, func(c *content.StoredChannel) error {
			c.Account.Handle = name
			return nil
		}, content.NewAudit(content.System(), h.Now(), "channel.update", c.ID, nil))
		if err != nil {
			b.Fatal(err)
		}
		h.channels = append(h.channels, c)
	}
	h.worker = publishers.New(publishers.Config{
		Outbox: store, Records: store, ReadBacks: store, Publishers: map[string]publishers.Publisher{"test": h.network}, Credentials: plain{},
		Listen: outbound.Listen, Now: time.Now, Owner: "node", Sent: func() { h.sent <- struct{}{} }, MaxAge: 100 * 365 * 24 * time.Hour,
	})
	return h
}

func (h *house) start(b *testing.B) {
	b.Helper()
	if err := h.worker.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = h.worker.Stop(context.WithoutCancel(b.Context())) })
}

// check holds order and pace.
func (h *house) check(b *testing.B, each int) {
	b.Helper()
	h.network.mu.Lock()
	defer h.network.mu.Unlock()
	for channel, came := range h.network.came {
		if len(came) != each {
			b.Errorf("%s got %d posts, want %d", channel, len(came), each)
		}
		for i := range came {
			if want := fmt.Sprintf("News: news-%03d", i); came[i].text != want {
				b.Fatalf("post %d is %q, want %q", i, came[i].text, want)
			}
			if i >= 2*burst && came[i].at.Sub(came[i-2*burst].at) < burst*every/2 {
				b.Errorf("%d posts within %s", 2*burst, came[i].at.Sub(came[i-2*burst].at))
			}
		}
	}
}

// 1,000 due deliveries over 10 channels, each answered in 50 ms, at most ten a
// second on each channel: ten at once and ninety at that pace take 9 s at best.
func BenchmarkDrain1000(b *testing.B) {
	const channels, each = 10, 100
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				url := address(b)
				h := newHouse(b, open(b, url), channels)
				for i := range each {
					h.Announce(b, fmt.Sprintf("news-%03d", i), h.channels...)
				}
				writes := written(b, url)
				b.StartTimer()
				h.start(b)
				for range channels * each {
					<-h.sent
				}
				b.StopTimer()
				if writes >= 0 {
					b.ReportMetric(float64(written(b, url)-writes)/(channels*each), "rows-written/delivery")
				}
				h.check(b, each)
				b.StartTimer()
			}
		})
	}
}

func open(b *testing.B, url string) *sqlstore.Store {
	b.Helper()
	store, err := sqlstore.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	return store
}

// written counts the rows that PostgreSQL has written to tables; -1 on SQLite, where the statements are the same.
func written(b *testing.B, url string) (n int64) {
	b.Helper()
	if !strings.HasPrefix(url, "postgres") {
		return -1
	}
	database, err := sql.Open("pgx", url)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	time.Sleep(11 * time.Second) // idle backends report what they did after ten
	err = database.QueryRowContext(b.Context(), `SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables`).Scan(&n)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// From the publish's commit until the network is asked.
func BenchmarkWake(b *testing.B) {
	h := newHouse(b, open(b, storetest.SQLiteURL(b)), 1)
	h.start(b)
	var total time.Duration
	n := 0
	for b.Loop() {
		b.StopTimer()
		time.Sleep(every) // within the pace
		h.Announce(b, fmt.Sprintf("news-%03d", n), h.channels...)
		b.StartTimer()
		began := time.Now()
		h.worker.Wake()
		<-h.sent
		h.network.mu.Lock()
		came := h.network.came[h.channels[0].ID]
		total += came[len(came)-1].at.Sub(began)
		h.network.mu.Unlock()
		n++
	}
	b.ReportMetric(float64(total.Microseconds())/1000/float64(n), "ms-to-call")
}

// What a worker with nothing to do costs the processor, with 1,000 posts behind it.
func BenchmarkIdle(b *testing.B) {
	h := newHouse(b, open(b, storetest.SQLiteURL(b)), 10)
	for i := range 100 {
		h.Announce(b, fmt.Sprintf("news-%03d", i), h.channels...)
	}
	h.start(b)
	for range 1000 {
		<-h.sent
	}
	var spent time.Duration
	n := 0
	for b.Loop() {
		before := cpu(b)
		time.Sleep(5 * time.Second)
		spent += cpu(b) - before
		n++
	}
	b.ReportMetric(float64(spent.Microseconds())/1000/float64(5*n), "cpu-ms/s")
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
