// Command klartext is the publisher: the site, the admin UI, the API, the
// delivery worker and the commands around them. It is the only package that
// knows all others; it decides nothing itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the site's time zone must be known on machines without a zone database, too

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commands is the command line: the settings, which every command takes, and one field per command.
type commands struct {
	Config config `embed:""`

	Serve      serveCommand   `cmd:"" help:"Run the site, the admin UI, the API and the delivery worker."`
	Demo       demoCommand    `cmd:"" help:"Fill an empty installation with a small, realistic site."`
	User       userCommand    `cmd:"" help:"Accounts."`
	Token      tokenCommand   `cmd:"" help:"API tokens."`
	Import     importCommand  `cmd:"" help:"Take content in: everything or nothing. A second import of the same file changes nothing."`
	Channel    channelCommand `cmd:"" help:"Connected accounts."`
	RotateKeys rotateCommand  `cmd:"" help:"Make a new key and re-encrypt the stored credentials with it. Stopped half-way it can be run again."`
	Check      checkCommand   `cmd:"" help:"Read texts as the plain-language checker does; for a terminal, an editor or a build."`
	Version    versionCommand `cmd:"" help:"Print version, revision and Go version."`
}

// exitPanic carries an exit code that kong asks for (after --help) out of the parser.
type exitPanic int

// run is main without the process: all it needs comes in as arguments.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		switch stop := recover().(type) {
		case nil:
		case exitPanic:
			code = int(stop)
		default:
			panic(stop)
		}
	}()
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	env, err := environment(os.Environ(), ".env")
	if err != nil {
		return complain(stderr, err, exitUsage)
	}
	var cli commands
	parser, err := newParser(&cli, env, stdout, stderr)
	if err != nil {
		return complain(stderr, err, exitFailed)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return complain(stderr, fmt.Errorf("%w (see: klartext help)", byVariable(err, env, args)), exitUsage)
	}
	if err := cli.Config.check(env); err != nil {
		return complain(stderr, err, exitUsage)
	}
	err = parsed.Run(&program{ctx: ctx, config: cli.Config, stdin: &stoppable{ctx, stdin}, stdout: stdout, stderr: stderr, now: time.Now})
	if usage, ok := errors.AsType[*usageError](err); ok {
		return complain(stderr, usage, exitUsage)
	}
	if err != nil {
		return complain(stderr, err, exitFailed)
	}
	return exitDone
}

func newParser(cli *commands, env map[string]string, stdout, stderr io.Writer) (*kong.Kong, error) {
	parser, err := kong.New(cli,
		kong.Name("klartext"),
		kong.Description("Explain what happens with people's data: versioned answers in plain language, a public page, and posts that go out once."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exitPanic(code)) }),
		kong.Resolvers(environmentResolver(env)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return nil, fmt.Errorf("describe the command line: %w", err)
	}
	return parser, nil
}

// usageError is a mistake on the command line that the parser cannot see.
type usageError struct{ err error }

func (u *usageError) Error() string { return u.err.Error() }
func (u *usageError) Unwrap() error { return u.err }

// complain prints what went wrong in words for people and answers the exit code.
func complain(stderr io.Writer, err error, code int) int {
	_, _ = fmt.Fprintf(stderr, "klartext: %s\n", explain(err)) // the exit code says it, too
	return code
}
