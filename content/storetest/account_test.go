package storetest_test

import (
	"context"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// plainPasswords keeps passwords as they are, so that tests of other things are fast.
type plainPasswords struct{}

func (plainPasswords) Hash(_ context.Context, password string) (string, error) { return password, nil }

func (plainPasswords) Verify(_ context.Context, password, hash string) (bool, error) {
	return hash != "" && password == hash, nil
}

func (plainPasswords) Outdated(string) bool { return false }

func (plainPasswords) Common(string) bool { return false }

// What a login rests on changes: which logins are left?
func TestWhatALoginRestsOn(t *testing.T) {
	for name, c := range map[string]struct {
		change                func(t *testing.T, a *content.Accounts, s *storetest.Site) error
		session, link, bearer bool // what still works afterwards
	}{
		"another name": {func(t *testing.T, a *content.Accounts, s *storetest.Site) error {
			_, err := a.UpdateUser(t.Context(), s.Admin, s.Author.UserID, func(u *content.User) { u.Name = "Other" })
			return err
		}, true, true, true},
		"another role": {func(t *testing.T, a *content.Accounts, s *storetest.Site) error {
			_, err := a.UpdateUser(t.Context(), s.Admin, s.Author.UserID, func(u *content.User) { u.Role = content.Approver })
			return err
		}, false, true, true},
		"another password": {func(t *testing.T, a *content.Accounts, s *storetest.Site) error {
			return a.SetPassword(t.Context(), s.Author, s.Author.UserID, "seven white horses")
		}, false, false, true},
		"disabled": {func(t *testing.T, a *content.Accounts, s *storetest.Site) error {
			_, err := a.UpdateUser(t.Context(), s.Admin, s.Author.UserID, func(u *content.User) { u.Disabled = s.Now() })
			return err
		}, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
				s := storetest.NewSite(t, store)
				a := &content.Accounts{Store: store, Passwords: plainPasswords{}, Now: s.Now}
				link := func() string {
					secret, err := a.LoginLink(t.Context(), s.Admin, s.Author.UserID)
					if err != nil {
						t.Fatal(err)
					}
					return secret
				}
				_, session, err := a.EnterByLink(t.Context(), link())
				if err != nil {
					t.Fatal(err)
				}
				unused := link()
				_, token, err := a.AddToken(t.Context(), s.Author, "script", s.Author.UserID, time.Hour)
				if err != nil {
					t.Fatal(err)
				}
				if err := c.change(t, a, s); err != nil {
					t.Fatal(err)
				}
				s.Time = s.Time.Add(5 * time.Minute)
				if _, err := a.BySession(t.Context(), session); (err == nil) != c.session {
					t.Errorf("the session: %v, want it to work: %v", err, c.session)
				}
				if u, err := a.ByToken(t.Context(), token); (err == nil) != c.bearer || (err == nil && name == "another role" && u.Role != content.Approver) {
					t.Errorf("the token: %s, %v, want it to work: %v", u.Role, err, c.bearer)
				}
				if _, _, err := a.EnterByLink(t.Context(), unused); (err == nil) != c.link {
					t.Errorf("the unused link: %v, want it to work: %v", err, c.link)
				}
			})
		})
	}
}

// A token that would end before it begins must not live for ever instead.
func TestATokenDoesNotEndInThePast(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a := &content.Accounts{Store: store, Passwords: plainPasswords{}, Now: s.Now}
		if token, _, err := a.AddToken(t.Context(), s.Author, "script", s.Author.UserID, -time.Hour); !hasField(err, "expires_at", content.CodePublishPast) {
			t.Errorf("%+v, %v", token, err)
		}
	})
}

// A token that went with a disabled account must not come back with it.
func TestDisablingRevokesTokens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		a := &content.Accounts{Store: store, Passwords: plainPasswords{}, Now: s.Now}
		_, token, err := a.AddToken(t.Context(), s.Author, "script", s.Author.UserID, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, disabled := range []time.Time{s.Now(), {}} {
			if _, err := a.UpdateUser(t.Context(), s.Admin, s.Author.UserID, func(u *content.User) { u.Disabled = disabled }); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.ByToken(t.Context(), token); codeOf(err) != content.CodeTokenUnknown {
			t.Errorf("after the account works again: %v", err)
		}
	})
}
