package x

import (
	"strings"
	"testing"

	"klartext/content"
)

func codes(c content.Composed) (list []content.Code) {
	for _, w := range c.Warnings {
		list = append(list, w.Code)
	}
	return list
}

func TestCompose(t *testing.T) {
	const link = "https://example.com/de/changes/adressen"
	for name, c := range map[string]struct {
		post     content.Post
		text     string
		length   int
		cost     string
		warnings string
	}{
		"with a link":           {content.Post{Text: " Neu. ", Permalink: link, Link: true}, "Neu.\n\n" + link, 4 + 2 + 23, costLink, ""},
		"without":               {content.Post{Text: "Neu.", Permalink: link}, "Neu.", 4, costPlain, ""},
		"only the link":         {content.Post{Permalink: link, Link: true}, link, 23, costLink, ""},
		"a bare domain":         {content.Post{Text: "Acme Inc.is here"}, "Acme Inc.is here", 5 + 23 + 5, costLink, "warn_bare_domain"},
		"a mention":             {content.Post{Text: "Danke @shop!"}, "Danke @\u200Dshop!", 13, costPlain, "warn_mention"},
		"an e-mail":             {content.Post{Text: "an info@example.com"}, "an info@example.com", 19, costPlain, ""},
		"content warning":       {content.Post{Text: "Text", ContentWarning: "Gewalt"}, "Gewalt\n\nText", 12, costPlain, "warn_warning_text"},
		"invisible":             {content.Post{Text: "\uFEFFText"}, "Text", 4, costPlain, ""},
		"cashtags":              {content.Post{Text: "$AB und $CD"}, "$AB und $CD", 11, costPlain, "warn_cashtags"},
		"pictures":              {content.Post{Text: "Text", Media: []string{"1", "2", "3", "4"}}, "Text", 4, costPlain, ""},
		"five pictures":         {content.Post{Text: "Text", Media: []string{"1", "2", "3", "4", "5"}}, "Text", 4, costPlain, "warn_pictures"},
		"hashtags":              {content.Post{Text: "#a #b #c #d"}, "#a #b #c #d", 11, costPlain, "warn_hashtags"},
		"a reference":           {content.Post{Text: "Neu.", Permalink: link, Link: true, Reference: "3f9a1c2e"}, "Neu.\n\n" + link + "\nref 3f9a1c2e", 4 + 2 + 23 + 1 + 12, costLink, ""},
		"called in the warning": {content.Post{Text: "Text", ContentWarning: "@shop"}, "@\u200Dshop\n\nText", 12, costPlain, "warn_mention warn_warning_text"},
	} {
		got := (&Driver{}).Compose(content.Account{}, c.post)
		var warnings []string
		for _, code := range codes(got) {
			warnings = append(warnings, string(code))
		}
		if got.Text != c.text || got.Length != c.length || got.Limit != Limit || got.CostUSD != c.cost || strings.Join(warnings, " ") != c.warnings {
			t.Errorf("%s: %+v %v", name, got, warnings)
		}
	}
}

func TestComposeThroughV11SendsNoPictures(t *testing.T) {
	got := (&Driver{}).Compose(content.Account{Software: softwareV1}, content.Post{Text: "Text", Media: []string{"1"}})
	if list := codes(got); len(list) != 1 || list[0] != content.CodeWarnMedia {
		t.Errorf("warnings: %v", list)
	}
}

func TestComposeNeverCuts(t *testing.T) {
	long := strings.Repeat("Wort ", 200)
	c := (&Driver{}).Compose(content.Account{}, content.Post{Text: long, Permalink: "https://example.com/x", Link: true})
	if !strings.HasPrefix(c.Text, strings.TrimSpace(long)) || !strings.HasSuffix(c.Text, "\n\nhttps://example.com/x") || c.Over() != 999+2+23-280 {
		t.Errorf("length %d, over by %d", c.Length, c.Over())
	}
}
