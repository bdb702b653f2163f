package publishers

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// What a server may say of a post. Anybody can run one, and what it says ends up
// in the database, in feeds and behind a link on a public page.
const (
	maxRemoteID  = 255
	maxRemoteURL = 2048
)

// believed keeps of receipts what can be believed: an id is a word, an address
// leads to a page. A receipt without an id is none.
func believed(found []Receipt) []Receipt {
	kept := slices.Clone(found)
	for i := range kept {
		if !isWord(kept[i].ID) || len(kept[i].ID) > maxRemoteID {
			kept[i].ID = ""
		}
		if !isPage(kept[i].URL) {
			kept[i].URL = ""
		}
	}
	return slices.DeleteFunc(kept, func(r Receipt) bool { return r.ID == "" })
}

// isWord tells whether s is visible ASCII, which every database and address can hold.
func isWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'<>\`, r) }) < 0
}

func isPage(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= maxRemoteURL && isWord(s) && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}

// minSecret is the shortest setting taken for a secret; hiding shorter ones would tear holes into plain words.
const minSecret = 8

// withoutSecrets hides the channel's own settings in what a network said: a
// server may send back what it got, and its words are shown and logged.
func withoutSecrets(err error, settings json.RawMessage) error {
	var values map[string]any
	if json.Unmarshal(settings, &values) != nil {
		return err
	}
	var pairs []string
	for name, value := range values {
		if s, ok := value.(string); ok && len(s) >= minSecret && name != "server" {
			pairs = append(pairs, s, "…")
		}
	}
	hide := strings.NewReplacer(pairs...)
	said := FateOf(err)
	if text := said.Error(); hide.Replace(text) == text {
		return err
	}
	hidden := *said
	hidden.Reason.Detail = hide.Replace(said.Reason.Detail)
	if said.Err != nil {
		hidden.Err = errors.New(hide.Replace(said.Err.Error()))
	}
	return &hidden
}
