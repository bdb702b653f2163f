package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/mattn/go-mastodon"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
)

// Driver posts to Mastodon servers.
type Driver struct {
	client       *http.Client
	allowPrivate bool
}

// New makes the driver. client must come from outbound: it is the one that
// checks where a typed address leads.
func New(client *http.Client, allowPrivate bool) *Driver {
	return &Driver{client: client, allowPrivate: allowPrivate}
}

// Name is "mastodon".
func (d *Driver) Name() string { return "mastodon" }

// Settings of a channel on Mastodon.
type Settings struct {
	Server      string `json:"server"` // host name
	AccessToken string `json:"access_token"`
}

// Fields describes the settings.
func (d *Driver) Fields() []content.SettingField {
	return []content.SettingField{{Name: "server"}, {Name: "access_token", Secret: true}}
}

// keyLife is how long after the first attempt the same key still means the same
// post: Mastodon remembers it for an hour.
const keyLife = 55 * time.Minute

// Rules trust the key of Mastodon itself alone; others are looked at, and then a person decides.
func (d *Driver) Rules(account content.Account) publishers.Rules {
	rules := publishers.Rules{Looks: []time.Duration{15 * time.Second, time.Minute, 5 * time.Minute}}
	if isMastodon(account.Software) {
		rules.SameKey = keyLife
	}
	return rules
}

// isMastodon tells whether a server calls itself Mastodon in its nodeinfo.
func isMastodon(software string) bool {
	name, _, _ := strings.Cut(software, " ")
	return strings.EqualFold(name, "mastodon")
}

// connect reads the settings and makes a client for one call.
func (d *Driver) connect(raw json.RawMessage, key string) (*mastodon.Client, error) {
	var s Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings", Code: content.CodeSettingsForm},
		}}
	}
	server, err := outbound.Server(s.Server, d.allowPrivate)
	if err != nil {
		return nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings.server", Code: content.CodeServerForm, Args: content.Args{"Value": s.Server}},
		}}
	}
	client := mastodon.NewClient(&mastodon.Config{Server: server.String(), AccessToken: s.AccessToken})
	client.Client = *d.client
	client.Transport = &keyed{key: key, next: d.client.Transport}
	client.UserAgent = userAgent
	return client, nil
}

const userAgent = "Klartext"

// Publish sends one post, once.
func (d *Driver) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	client, err := d.connect(post.Settings, post.Key)
	if err != nil {
		return publishers.Receipt{}, settingsBroken(err)
	}
	status, err := client.PostStatus(ctx, &mastodon.Toot{
		Status: post.Text, SpoilerText: post.ContentWarning, Visibility: mastodon.VisibilityPublic, Language: string(post.Lang),
	})
	if err != nil {
		return publishers.Receipt{}, fateOf(err, post.Now)
	}
	if status.ID == "" {
		return publishers.Receipt{}, &publishers.FateError{Fate: publishers.Unsure, Reason: content.Reason{Code: content.CodePostNoID}}
	}
	return receipt(status), nil
}

// receipt warns where the server shows the post to fewer people than asked.
func receipt(s *mastodon.Status) publishers.Receipt {
	r := publishers.Receipt{ID: string(s.ID), URL: s.URL}
	if r.URL == "" {
		r.URL = s.URI
	}
	if s.Visibility != "" && s.Visibility != mastodon.VisibilityPublic {
		r.Warning = content.Reason{Code: content.CodePostVisibility, Args: content.Args{"Visibility": s.Visibility}}
	}
	return r
}

func settingsBroken(err error) error {
	return &publishers.FateError{Fate: publishers.Paused, Reason: content.Reason{Code: content.CodeChannelSettings}, Err: err}
}

// fateOf says what an error of a call means for a post.
func fateOf(err error, now time.Time) error {
	if a, ok := errors.AsType[*AnswerError](err); ok {
		return a.fate(now)
	}
	return publishers.CallFailed(err)
}
