package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
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

// Settings of a channel on Mastodon. A pasted token comes without the client it belongs to, so it cannot be revoked from here.
type Settings struct {
	Server       string `json:"server"` // host name
	AccessToken  string `json:"access_token"`
	ClientID     string `json:"client_id,omitempty"`
	ClientSecret string `json:"client_secret,omitempty"`
	Redirect     string `json:"redirect,omitempty"` // what the client is registered for
}

// Fields describes the settings.
func (d *Driver) Fields() []content.SettingField {
	return []content.SettingField{
		{Name: "server"},
		{Name: "access_token", Secret: true},
		{Name: "client_id", Granted: true},
		{Name: "client_secret", Secret: true, Granted: true},
		{Name: "redirect", Granted: true},
	}
}

// Answers says that posts can answer one another here.
func (d *Driver) Answers() {}

// Pace leaves room below Mastodon's 300 posts in 3 hours: at most 260, so that people can post with the account as well.
func (d *Driver) Pace(content.Account) content.Pace {
	return content.Pace{Burst: 20, Every: 45 * time.Second}
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

// decode reads the settings and the address of the server in them.
func (d *Driver) decode(raw json.RawMessage) (Settings, *url.URL, error) {
	var s Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings", Code: content.CodeSettingsForm},
		}}
	}
	server, err := outbound.Server(s.Server, d.allowPrivate)
	if err != nil {
		return s, nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings.server", Code: content.CodeServerForm, Args: content.Args{"Value": s.Server}},
		}}
	}
	return s, server, nil
}

// connect reads the settings and makes a client for calls of one kind.
func (d *Driver) connect(raw json.RawMessage, kind keyed) (*mastodon.Client, error) {
	s, server, err := d.decode(raw)
	if err != nil {
		return nil, err
	}
	return d.clientAt(server, s.AccessToken, kind), nil
}

func (d *Driver) clientAt(server *url.URL, token string, kind keyed) *mastodon.Client {
	client := mastodon.NewClient(&mastodon.Config{Server: server.String(), AccessToken: token})
	client.Client = *d.client
	kind.next = d.client.Transport
	client.Transport = &kind
	client.UserAgent = userAgent
	return client
}

const userAgent = "Klartext"

// Publish brings the pictures over and sends one post, once.
func (d *Driver) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	pictures, err := d.upload(ctx, post)
	if err != nil {
		return publishers.Receipt{}, err
	}
	client, err := d.connect(post.Settings, keyed{key: post.Key})
	if err != nil {
		return publishers.Receipt{}, settingsBroken(err)
	}
	toot := tootOf(post)
	toot.InReplyToID, toot.MediaIDs = mastodon.ID(post.ReplyTo), pictures
	status, err := client.PostStatus(ctx, toot)
	if err != nil {
		return publishers.Receipt{}, replyFate(fateOf(err, post.Now), err, post)
	}
	if status.ID == "" {
		return publishers.Receipt{}, &publishers.FateError{Fate: publishers.Unsure, Reason: content.Reason{Code: content.CodePostNoID}}
	}
	return receipt(status), nil
}

// tootOf has all fields that an edit must send again.
func tootOf(post publishers.Post) *mastodon.Toot {
	return &mastodon.Toot{
		Status: post.Text, SpoilerText: post.ContentWarning, Sensitive: post.ContentWarning != "",
		Visibility: mastodon.VisibilityPublic, Language: string(post.Lang),
	}
}

// replyFate tells a reply whose other post is gone from a post that is refused for itself.
func replyFate(fate *publishers.FateError, err error, post publishers.Post) error {
	a, ok := errors.AsType[*AnswerError](err)
	if ok && post.ReplyTo != "" && fate.Fate == publishers.Never && (a.Status == http.StatusNotFound || a.says("reply", "replying")) {
		fate.Reason.Code = content.CodePostReply
	}
	return fate
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
func fateOf(err error, now time.Time) *publishers.FateError {
	if a, ok := errors.AsType[*AnswerError](err); ok {
		return a.fate(now)
	}
	return publishers.CallFailed(err)
}
