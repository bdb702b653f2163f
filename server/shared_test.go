package server_test

import (
	"sync"
	"testing"

	"klartext/content/branding"
	"klartext/content/plain"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/static"
)

// shared is what never changes once it is made: every test has the same, as every request to the program has.
type shared struct {
	catalog *locale.Catalog
	assets  *static.Assets
	views   *view.Views
	checker *plain.Checker
	cards   *branding.Cards
}

var makeShared = sync.OnceValues(func() (s shared, err error) {
	if s.catalog, err = locale.Load(); err != nil {
		return s, err
	}
	if s.assets, err = static.New(false); err != nil {
		return s, err
	}
	if s.views, err = view.New(s.catalog, s.assets, false); err != nil {
		return s, err
	}
	if s.checker, err = plain.New(); err != nil {
		return s, err
	}
	s.cards, err = branding.NewCards()
	return s, err
})

func sharedParts(t *testing.T) shared {
	t.Helper()
	return must(makeShared())(t)
}
