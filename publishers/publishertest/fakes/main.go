// Command fakes runs the fake networks, to try out posting by hand. They are
// for this machine only and know nothing of Klartext.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"klartext/publishers/publishertest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		stop()
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		_, _ = fmt.Fprintln(os.Stderr, "fakes:", err)
		os.Exit(1)
	}
}

// network is one fake with its port and what a person needs to connect it.
type network struct {
	name    string
	fake    *publishertest.Fake
	port    int
	connect func() []field
	consent func() []field // what is typed where the owner is asked instead; nil where that is not known
}

// field is one line of Klartext's form.
type field struct{ name, value string }

func networks() []network {
	mastodon := publishertest.NewMastodon(publishertest.MastodonOptions{})
	social := publishertest.NewMastodon(publishertest.MastodonOptions{Kind: publishertest.GoToSocial, Token: "fake-gotosocial-token"})
	x := publishertest.NewX(publishertest.XOptions{})
	hook := publishertest.NewWebhook("")
	account := func(m *publishertest.Mastodon) func() []field {
		return func() []field { return []field{{"Server", m.URL}, {"Access token", m.Token()}} }
	}
	server := func(m *publishertest.Mastodon) func() []field {
		return func() []field { return []field{{"Server", m.URL}} }
	}
	keys := func() []field {
		api, apiSecret, access, accessSecret := x.Keys()
		return []field{{"API key", api}, {"API secret", apiSecret}, {"Access token", access}, {"Access secret", accessSecret}}
	}
	client := func() []field {
		id, _ := x.Registered()
		return []field{{"Client ID", id}}
	}
	return []network{
		{"mastodon", mastodon.Fake, 18081, account(mastodon), server(mastodon)},
		{"gotosocial", social.Fake, 18082, account(social), server(social)},
		{"x", x.Fake, 18083, keys, client},
		{"webhook", hook.Fake, 18084, func() []field { return []field{{"URL", hook.Address()}, {"Secret", hook.Secret()}} }, nil},
	}
}

// run serves all networks until ctx ends.
func run(ctx context.Context, args []string, out, complaints io.Writer) error {
	all := networks()
	flags := flag.NewFlagSet("fakes", flag.ContinueOnError)
	flags.SetOutput(complaints)
	for i := range all {
		flags.IntVar(&all[i].port, all[i].name, all[i].port, "port of the fake `"+all[i].name+"`, 0 for a free one")
	}
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read the flags: %w", err)
	}
	for _, n := range all {
		if err := n.fake.Listen(fmt.Sprintf("127.0.0.1:%d", n.port)); err != nil {
			return fmt.Errorf("start %s: %w", n.name, err)
		}
		defer n.fake.Close()
	}
	tell(out, all)
	<-ctx.Done()
	return nil
}

// tell prints what to type where.
func tell(out io.Writer, all []network) {
	var text strings.Builder
	text.WriteString("Fake networks are running; Ctrl-C stops them and they forget everything.\n" +
		"Each address opens a page with its posts, where you can make it misbehave,\n" +
		"in any call: posts, pictures, looks, reading back, edits, withdrawals, sign-in.\n")
	api := ""
	for _, n := range all {
		_, _ = fmt.Fprintf(&text, "\n%-12s  %s\n", n.name, n.fake.URL)
		tellFields(&text, n.connect())
		if n.consent != nil {
			text.WriteString("  or by consent (the owner says yes at once):\n")
			tellFields(&text, n.consent())
		}
		if n.name == "x" {
			api = n.fake.URL
		}
	}
	text.WriteString("\nStart Klartext so that it may reach them:\n\n" +
		"  KLARTEXT_ALLOW_PRIVATE_NETWORK=true KLARTEXT_X_API_URL=" + api + " make run\n")
	_, _ = io.WriteString(out, text.String())
}

func tellFields(text *strings.Builder, fields []field) {
	for _, f := range fields {
		_, _ = fmt.Fprintf(text, "  %-13s %s\n", f.name, f.value)
	}
}
