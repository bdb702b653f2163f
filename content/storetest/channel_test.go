package storetest_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// asking is a network whose answer to a check tests set.
type asking struct {
	storetest.Network
	account content.Account
	err     error
	asked   []string
}

func (n *asking) Fields() []content.SettingField {
	return []content.SettingField{
		{Name: "server"}, {Name: "token", Secret: true}, {Name: "note", Optional: true}, {Name: "driver", Optional: true, Options: []string{"v2", "v1"}},
	}
}

func (n *asking) Check(_ context.Context, settings json.RawMessage) (content.Account, error) {
	n.asked = append(n.asked, string(settings))
	return n.account, n.err
}

func channelService(s *storetest.Site) (*content.Channels, *asking) {
	network := &asking{account: content.Account{ID: "1", Handle: "@shop", Limit: 500}}
	service := s.Channels()
	service.Networks = map[string]content.Network{"test": network}
	return service, network
}

func input(settings string) content.ChannelInput {
	name := "Shop"
	return content.ChannelInput{Network: "test", Name: &name, Languages: []content.Lang{"de"}, Settings: json.RawMessage(settings)}
}

func fields(err error) string {
	var e *content.Error
	if !errors.As(err, &e) {
		return ""
	}
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Field+" "+string(f.Code))
	}
	return strings.Join(names, ", ")
}

func TestConnectStoresSealedSettingsAndTheAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		service, _ := channelService(s)
		c, err := service.Connect(t.Context(), s.Admin, input(`{"server":" example.social ","token":"canary"}`))
		if err != nil || c.State != content.ChannelActive || c.Account.Handle != "@shop" || c.Account.Checked.IsZero() {
			t.Fatalf("%+v, %v", c, err)
		}
		kept, err := store.Channel(t.Context(), c.ID)
		if err != nil || kept.Name != "Shop" || kept.Account.Limit != 500 || kept.Languages[0] != "de" {
			t.Errorf("stored: %+v, %v", kept, err)
		}
		if want := content.SettingsPlace(c.ID) + `={"server":"example.social","token":"canary"}`; kept.Sealed != want {
			t.Errorf("sealed %q, want %q", kept.Sealed, want)
		}
		sealed, err := store.SealedSettings(t.Context())
		if err != nil || len(sealed) != 1 || sealed[0] != kept.Sealed {
			t.Errorf("SealedSettings = %v, %v", sealed, err)
		}
		audits, err := store.Audits(t.Context(), "", 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range audits {
			for _, v := range a.Detail {
				if strings.Contains(v, "canary") {
					t.Error("the audit shows a secret")
				}
			}
		}
		if audits[0].Action != "channel.connect" || audits[0].Subject != c.ID {
			t.Errorf("audit: %+v", audits[0])
		}
	})
}

// Anybody can run a server; what it gives as the account's page stands behind a link.
func TestAnAccountsPageIsALink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		service, network := channelService(s)
		for page, want := range map[string]string{
			"javascript:alert(1)": "", "//evil.example": "", "/admin/users": "", "https://social.example/@shop": "https://social.example/@shop",
		} {
			network.account.URL = page
			c, err := service.Connect(t.Context(), s.Admin, input(`{"server":"example.social","token":"canary"}`))
			if err != nil || c.Account.URL != want {
				t.Errorf("%s: %q, %v; want %q", page, c.Account.URL, err, want)
			}
		}
	})
}

func TestConnectRefuses(t *testing.T) {
	s := storetest.NewSite(t, storetest.SQLite(t))
	service, network := channelService(s)
	for name, c := range map[string]struct {
		in   content.ChannelInput
		want string
	}{
		"nothing":   {content.ChannelInput{Network: "test"}, "name required, languages required"},
		"network":   {content.ChannelInput{Network: "myspace"}, "network network_unknown"},
		"no token":  {input(`{"server":"a"}`), "settings.token required"},
		"unknown":   {input(`{"server":"a","token":"b","colour":"red"}`), "settings.colour setting_unknown"},
		"choice":    {input(`{"server":"a","token":"b","driver":"v3"}`), "settings.driver setting_choice"},
		"two lines": {input(`{"server":"a","token":"b\nc"}`), "settings.token setting_line"},
		"a list":    {input(`[1]`), "settings settings_form"},
		"a number":  {input(`{"server":1,"token":"b"}`), "settings settings_form"},
	} {
		if _, err := service.Connect(t.Context(), s.Admin, c.in); content.KindOf(err) != content.Invalid || fields(err) != c.want {
			t.Errorf("%s: %v (%s), want %s", name, err, fields(err), c.want)
		}
	}
	if len(network.asked) != 0 {
		t.Errorf("the network was asked with settings of a wrong form")
	}
	good := input(`{"server":"a","token":"b"}`)
	if _, err := service.Connect(t.Context(), s.Approver, good); content.KindOf(err) != content.Forbidden {
		t.Errorf("an approver connected a channel: %v", err)
	}
	network.err = content.Fail(content.Unavailable, content.CodeServerUnreachable, nil)
	if _, err := service.Connect(t.Context(), s.Admin, good); content.KindOf(err) != content.Unavailable {
		t.Errorf("an unreachable server: %v", err)
	}
	good.Unchecked = true
	c, err := service.Connect(t.Context(), s.Admin, good)
	if err != nil || c.State != content.ChannelPaused || c.Reason.Code != content.CodeChannelUnchecked {
		t.Errorf("unchecked: %+v, %v", c, err)
	}
}

func TestTestEndsAPauseExceptByHand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		service, network := channelService(s)
		woken := 0
		service.Wake = func() { woken++ }
		in := input(`{"server":"a","token":"b"}`)
		in.Unchecked = true
		c, err := service.Connect(t.Context(), s.Admin, in)
		if err != nil {
			t.Fatal(err)
		}
		network.err = content.Fail(content.Unavailable, content.CodeServerUnreachable, nil)
		if _, err := service.Test(t.Context(), s.Admin, c.ID); content.KindOf(err) != content.Unavailable {
			t.Errorf("test without an answer: %v", err)
		}
		network.err = nil
		if c, err = service.Test(t.Context(), s.Admin, c.ID); err != nil || c.State != content.ChannelActive || c.Account.ID != "1" || woken != 1 {
			t.Errorf("test: %+v, %v, woken %d times", c, err, woken)
		}
		if c, err = service.Pause(t.Context(), s.Admin, c.ID); err != nil || c.State != content.ChannelPaused {
			t.Errorf("pause: %+v, %v", c, err)
		}
		if c, err = service.Test(t.Context(), s.Admin, c.ID); err != nil || c.State != content.ChannelPaused {
			t.Errorf("a test ended a pause that somebody wants: %+v, %v", c, err)
		}
	})
}

func TestUpdateKeepsSecretsThatAreLeftEmpty(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		service, network := channelService(s)
		c, err := service.Connect(t.Context(), s.Admin, input(`{"server":"a","token":"old","note":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		name := "Laden"
		c, err = service.Update(t.Context(), s.Admin, c.ID, content.ChannelInput{
			Name: &name, Languages: []content.Lang{"en", "de"}, Settings: json.RawMessage(`{"server":"b","token":"","note":""}`),
		})
		if err != nil || c.Name != "Laden" || len(c.Languages) != 2 {
			t.Fatalf("%+v, %v", c, err)
		}
		if got := network.asked[len(network.asked)-1]; got != `{"server":"b","token":"old"}` {
			t.Errorf("checked with %s", got)
		}
		network.err = content.Fail(content.Invalid, content.CodeInvalid, nil)
		if _, err := service.Update(t.Context(), s.Admin, c.ID, content.ChannelInput{Settings: json.RawMessage(`{"token":"wrong"}`)}); err == nil {
			t.Error("settings that the network refuses were stored")
		}
		if kept, err := store.Channel(t.Context(), c.ID); err != nil || !strings.HasSuffix(kept.Sealed, `={"server":"b","token":"old"}`) {
			t.Errorf("stored: %s, %v", kept.Sealed, err)
		}
	})
}
