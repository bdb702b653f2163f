package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"klartext": main})
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
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"await": await, "bytes": writeBytes},
	})
}

// freeAddress is an address that nobody listens on at this moment.
func freeAddress() (string, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
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
