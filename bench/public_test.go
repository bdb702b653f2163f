package bench

import (
	"bufio"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content/markdown"
	"klartext/server"
	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/locale"
	"klartext/server/public"
	"klartext/server/public/publictest"
	"klartext/server/view"
	"klartext/static"
)

const (
	pagePath = "/de/faq/payment-data"
	pageAsk  = "GET " + pagePath + " HTTP/1.1\r\nHost: daten.shop.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" +
		"Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de,en;q=0.7\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n"
)

// BenchmarkPublicPage compares the CPU time (user and system) of a request for
// an entry's page through the whole program with that of a bare Fiber handler
// that sends the same bytes with the same headers. Both take turns on loopback
// TCP in one run; "ratio" is what the program may cost at most 1.25 times.
//
//	go test ./bench -run '^$' -bench PublicPage -benchtime 200000x
func BenchmarkPublicPage(b *testing.B) {
	whole := serve(b, wholeApp(b))
	head, body := ask(b, whole)
	bare := serve(b, bareApp(head, body))
	if _, again := ask(b, bare); string(again) != string(body) {
		b.Fatal("the bare handler sends other bytes")
	}
	const turn = 500
	var cpu [2]time.Duration
	var rounds int
	for b.Loop() {
		rounds++
		if rounds%turn != 0 {
			continue // one turn of both for every so many rounds asked for
		}
		for i, conn := range []*client{bare, whole} {
			before := cpuTime(b)
			for range turn {
				conn.roundTrip(b)
			}
			cpu[i] += cpuTime(b) - before
		}
	}
	if requests := rounds / turn * turn; requests > 0 {
		b.ReportMetric(float64(cpu[0].Nanoseconds())/float64(requests), "bare-cpu-ns/req")
		b.ReportMetric(float64(cpu[1].Nanoseconds())/float64(requests), "page-cpu-ns/req")
		b.ReportMetric(float64(cpu[1])/float64(cpu[0]), "ratio")
		b.ReportMetric(float64(len(body)), "bytes")
	}
}

func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func wholeApp(b *testing.B) *fiber.App {
	catalog, err := locale.Load()
	check(b, err)
	assets, err := static.New(false)
	check(b, err)
	views, err := view.New(catalog, assets, false)
	check(b, err)
	store, log, base := publictest.Shop(), slog.New(slog.DiscardHandler), "https://daten.shop.example"
	readers := public.New(public.Deps{
		Store: store, Ledger: store, Markdown: markdown.New(), Views: views, Catalog: catalog, Assets: assets, Log: log,
		Now: func() time.Time { return publictest.At(publictest.Today) }, BaseURL: base,
	})
	check(b, readers.Refresh(b.Context()))
	programs, err := api.New(api.Deps{})
	check(b, err)
	s, err := server.New(server.Deps{
		Public: readers, Admin: admin.New(admin.Deps{BaseURL: base}), API: programs, Views: views, Catalog: catalog, Log: log, BaseURL: base,
	})
	check(b, err)
	return s.App()
}

// bareApp is the least that Fiber can do to send these bytes.
func bareApp(head http.Header, body []byte) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, StrictRouting: true, CaseSensitive: true})
	app.Get(pagePath, func(c *fiber.Ctx) error {
		for name, values := range head {
			if name != "Date" && name != "Content-Length" {
				c.Set(name, values[0])
			}
		}
		c.Context().SetBody(body)
		return nil
	})
	return app
}

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// client is one connection that is kept open.
type client struct {
	net.Conn
	read   *bufio.Reader
	length int
}

func serve(b *testing.B, app *fiber.App) *client {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(b, err)
	go func() { _ = app.Listener(listener) }()
	b.Cleanup(func() { _ = app.Shutdown() })
	conn, err := net.Dial("tcp", listener.Addr().String())
	check(b, err)
	b.Cleanup(func() { _ = conn.Close() })
	return &client{Conn: conn, read: bufio.NewReaderSize(conn, 64<<10)}
}

// ask sends one request and notes how long the answer is, so that roundTrip need not understand it.
func ask(b *testing.B, c *client) (http.Header, []byte) {
	_, err := io.WriteString(c, pageAsk)
	check(b, err)
	counted := &counter{r: c.read}
	resp, err := http.ReadResponse(bufio.NewReaderSize(counted, 1), nil)
	check(b, err)
	body, err := io.ReadAll(resp.Body)
	check(b, err)
	check(b, resp.Body.Close())
	if resp.StatusCode != http.StatusOK {
		b.Fatalf("status %d", resp.StatusCode)
	}
	c.length = counted.n
	return resp.Header, body
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func (c *client) roundTrip(b *testing.B) {
	if _, err := io.WriteString(c, pageAsk); err != nil {
		b.Fatal(err)
	}
	if n, err := c.read.Discard(c.length); err != nil {
		b.Fatalf("%d of %d bytes came: %v", n, c.length, err)
	}
}
