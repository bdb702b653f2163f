package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"klartext/content/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(withDatabases{m}, map[string]func(){"klartext": main})
}

// withDatabases stops the database server that the tests may have started.
type withDatabases struct{ *testing.M }

func (w withDatabases) Run() int {
	defer storetest.Stop()
	return w.M.Run()
}

// TestCommands runs the program as people do, in a folder of its own.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			address, err := freeAddress()
			env.Setenv("KLARTEXT_DATA", env.WorkDir+"/data")
			env.Setenv("KLARTEXT_LISTEN", address)
			env.Setenv("ADDRESS", "http://"+address)
			// A program with the race detector waits a second before it ends; a hundred commands would wait two minutes.
			env.Setenv("GORACE", "atexit_sleep_ms=0")
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"await": await, "bytes": writeBytes},
	})
}

// lastPort was given last; each test process begins elsewhere.
var lastPort = func() *atomic.Int32 {
	var port atomic.Int32
	port.Store(rand.Int32N(ports))
	return &port
}()

const (
	firstPort = 20000
	ports     = 10000
)

// freeAddress is an address that nobody listens on at this moment. It lies under the ports that the system gives to
// whoever asks for any, so that no test beside this one gets it before the program listens there.
func freeAddress() (string, error) {
	for try := 1; ; try++ {
		address := "127.0.0.1:" + strconv.Itoa(firstPort+int(lastPort.Add(1))%ports)
		l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", address)
		if err == nil {
			return address, l.Close()
		}
		if try == ports {
			return "", err
		}
	}
}

// await asks for a page until it answers with a text that matches: await DURATION URL PATTERN.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: await DURATION URL PATTERN")
	}
	within, err := time.ParseDuration(args[0])
	ts.Check(err)
	pattern, err := regexp.Compile(args[2])
	ts.Check(err)
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		last := get(ctx, args[1])
		if pattern.MatchString(last) {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			ts.Fatalf("%s did not say %q within %s, but: %.500s", args[1], args[2], args[0], last)
		}
	}
}

// writeBytes writes what no text file can hold, so many times: bytes FILE HEX TIMES.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: bytes FILE HEX TIMES")
	}
	part, err := hex.DecodeString(args[1])
	ts.Check(err)
	times, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat(part, times), 0o600))
}

// get is the status and the body of a page, or why there is none.
func get(ctx context.Context, url string) string {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err.Error()
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	var b strings.Builder
	if _, err := io.Copy(&b, response.Body); err != nil {
		return err.Error()
	}
	return response.Status + "\n" + b.String()
}
