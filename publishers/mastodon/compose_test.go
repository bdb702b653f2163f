package mastodon

import (
	"strings"
	"testing"

	"klartext/content"
)

func TestCompose(t *testing.T) {
	const link = "https://example.com/de/changes/a-rather-long-permalink-of-a-change"
	mastodon := content.Account{Limit: 500, Counting: countGraphemes}
	other := content.Account{Limit: 5000, Counting: countLonger}
	for name, c := range map[string]struct {
		account content.Account
		post    content.Post
		length  int
	}{
		"link counts 23":              {mastodon, content.Post{Text: "Neu.", Permalink: link, Link: true}, 4 + 2 + 23},
		"elsewhere in full":           {other, content.Post{Text: "Neu.", Permalink: link, Link: true}, 4 + 2 + len(link)},
		"visible letters":             {mastodon, content.Post{Text: "👨‍👩‍👧e\u0301"}, 2},
		"elsewhere code points":       {other, content.Post{Text: "👨‍👩‍👧e\u0301"}, 7},
		"a short link is 23 anywhere": {other, content.Post{Text: "http://a.de"}, 23},
		"the warning counts":          {mastodon, content.Post{Text: "Text", ContentWarning: "Gewalt"}, 10},
		"host without suffix in full": {mastodon, content.Post{Text: "http://127.0.0.1:18080/de/changes/abc"}, 37},
		"but never under 23":          {mastodon, content.Post{Text: "http://localhost/x"}, 23},
		"the reference counts":        {mastodon, content.Post{Text: "Neu.", Permalink: link, Link: true, Reference: "3f9a1c2e"}, 4 + 2 + 23 + 1 + 12},
		"a joiner adds nothing":       {mastodon, content.Post{Text: "@shop"}, 5},
	} {
		got := (&Driver{}).Compose(c.account, c.post)
		if got.Length != c.length || got.Limit != c.account.Limit {
			t.Errorf("%s: length %d, want %d; %q", name, got.Length, c.length, got.Text)
		}
	}
	if got := (&Driver{}).Compose(content.Account{}, content.Post{Text: "x"}); got.Limit != defaultLimit {
		t.Errorf("an unknown limit is %d", got.Limit)
	}
}

func TestComposeNeverCuts(t *testing.T) {
	long := strings.Repeat("Wort ", 200)
	c := (&Driver{}).Compose(content.Account{Limit: 500}, content.Post{Text: long, Permalink: "https://example.com/x", Link: true})
	if !strings.HasPrefix(c.Text, strings.TrimSpace(long)) || !strings.HasSuffix(c.Text, "\n\nhttps://example.com/x") || c.Over() == 0 {
		t.Errorf("over by %d: %q", c.Over(), c.Text)
	}
}

func TestComposeWarns(t *testing.T) {
	account := content.Account{ID: "1", Limit: 500, Counting: countGraphemes}
	for name, c := range map[string]struct {
		images int
		post   content.Post
		want   string
	}{
		"nothing":           {4, content.Post{Text: "Neu. https://example.com/x"}, ""},
		"a name":            {4, content.Post{Text: "Danke @shop"}, "warn_mention"},
		"no scheme":         {4, content.Post{Text: "Acme Inc.is here"}, "warn_unlinked"},
		"hashtags":          {4, content.Post{Text: "#a #b #c #d"}, "warn_hashtags"},
		"pictures":          {4, content.Post{Text: "x", Media: []string{"1", "2", "3", "4"}}, ""},
		"too many pictures": {4, content.Post{Text: "x", Media: []string{"1", "2", "3", "4", "5"}}, "warn_pictures"},
		"no pictures":       {0, content.Post{Text: "x", Media: []string{"1"}}, "warn_media"},
	} {
		account.Images = c.images
		var got []string
		for _, w := range (&Driver{}).Compose(account, c.post).Warnings {
			got = append(got, string(w.Code))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
	if w := (&Driver{}).Compose(content.Account{}, content.Post{Text: "x", Media: []string{"1"}}).Warnings; len(w) != 0 {
		t.Errorf("an account that was never checked: %v", w)
	}
}

func TestRulesTrustTheKeyOnMastodonOnly(t *testing.T) {
	for software, trusted := range map[string]bool{"mastodon 4.6.1": true, "Mastodon 4.6": true, "gotosocial 0.19": false, "mastodon-fork 1": false, "": false, "4.6.1": false} {
		if got := (&Driver{}).Rules(content.Account{Software: software}).SameKey > 0; got != trusted {
			t.Errorf("%q: trusts the key: %v", software, got)
		}
	}
}
