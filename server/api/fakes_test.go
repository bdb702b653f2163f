package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"klartext/content"
	"klartext/content/storetest"
	"klartext/server/api"
)

// network counts bytes up to 100 and needs a token.
type network struct{ storetest.Network }

func (network) Fields() []content.SettingField {
	return []content.SettingField{{Name: "server"}, {Name: "access_token", Secret: true}}
}

func (network) Check(_ context.Context, settings json.RawMessage) (content.Account, error) {
	if strings.Contains(string(settings), "refused") {
		return content.Account{}, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
			{Field: "settings.access_token", Code: content.CodeTokenRefused},
		}}
	}
	return content.Account{ID: "1", Handle: "@shop@example.social", Limit: 100}, nil
}

// openVault keeps secrets in plain; what encrypts them has its own tests.
type openVault struct{}

func (openVault) Seal(secret []byte, _ string) (string, error) { return string(secret), nil }
func (openVault) Open(sealed, _ string) ([]byte, error)        { return []byte(sealed), nil }

// brokenRequests can forget to note answers, as when the disk is full at that very moment.
type brokenRequests struct {
	api.Requests
	broken atomic.Bool
}

var errBroken = errors.New("disk full")

func (b *brokenRequests) FinishKeyed(ctx context.Context, r content.KeyedRequest) error {
	if b.broken.Load() {
		return errBroken
	}
	return b.Requests.FinishKeyed(ctx, r)
}

// waitingRenderer holds every rendering until it is let go.
type waitingRenderer struct {
	storetest.Escaper
	begun, goOn chan struct{}
}

func (r *waitingRenderer) RenderUnder(ctx context.Context, markdown string, level int) (string, error) {
	r.begun <- struct{}{}
	select {
	case <-r.goOn:
	case <-time.After(10 * time.Second):
		return "", errors.New("nobody let it go")
	}
	return r.Escaper.RenderUnder(ctx, markdown, level)
}

// settle gives the world a clock that several goroutines may ask.
func (w *world) settle() {
	var mutex sync.Mutex
	now := func() time.Time {
		mutex.Lock()
		defer mutex.Unlock()
		return w.Now()
	}
	w.api.Now, w.api.Editor.Now, w.api.Accounts.Now = now, now, now
}
