package publishers

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"klartext/content"
)

// Config is what a Worker needs. Zero times take the defaults of WithDefaults.
type Config struct {
	Outbox     Outbox
	Records    Records
	ReadBacks  ReadBacks // nil: nothing is read back
	Publishers map[string]Publisher
	// Credentials opens the channels' settings.
	Credentials Credentials
	// Media reads the pictures of a delivery; nil where there are none.
	Media func(ctx context.Context, d content.Delivery) ([]Media, error)
	// Page asks the site's own public address for a page, as readers would; nil asks nothing. Any error means that it is not there.
	Page func(ctx context.Context, address string) error
	// Listen lets a call leave what its answer said besides its words, as evidence; nil keeps none.
	Listen func(ctx context.Context) (context.Context, *content.Answer)
	Log    *slog.Logger
	Now    content.Clock
	// Owner names this process among all that share the database. It must
	// stay the same over restarts, so that the worker knows its own old work.
	Owner string
	// Claimed is told, before any call is made, when the calls that follow began: who keeps that apart from the database
	// can tell when the database goes back in time. May be nil.
	Claimed func(at time.Time)
	// Sent is told when a delivery reached its network; it must not block. May be nil.
	Sent func()
	// Jitter answers a number in [0, 1) that spreads repeats; nil takes a random one.
	Jitter func() float64

	Parallel int           // calls at the same time, over all channels
	Poll     time.Duration // how often the queue is asked when nothing wakes the worker and no time is known
	Call     time.Duration // longest call to a network
	Lease    time.Duration // longer than Call by more than hosts' clocks may differ
	Backoff  time.Duration // first pause after a failure; it doubles
	MaxPause time.Duration // longest pause, whoever names it
	MaxTries int           // failures in a row, then a person is asked
	MaxAge   time.Duration // what is older asks before it is sent
	PageWait time.Duration // how long a page may take to be there, then a person is asked
	ReadSoon time.Duration // when a post is first read back
	ReadEach time.Duration // how often after that
	ReadFor  time.Duration // how long after it went out
	// Speed scales all waiting that networks' rules name, and the wait for pages: 1 in real life, small in tests.
	Speed float64
}

// WithDefaults fills in what is not set.
func (c Config) WithDefaults() Config {
	set(&c.Parallel, 16)
	set(&c.Poll, time.Second)
	set(&c.Call, 30*time.Second)
	set(&c.Lease, c.Call+90*time.Second)
	set(&c.Backoff, 30*time.Second)
	set(&c.MaxPause, 6*time.Hour)
	set(&c.MaxTries, 10)
	set(&c.MaxAge, 24*time.Hour)
	set(&c.PageWait, 10*time.Minute)
	set(&c.ReadSoon, time.Minute)
	set(&c.ReadEach, 24*time.Hour)
	set(&c.ReadFor, 30*24*time.Hour)
	set(&c.Speed, 1)
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
