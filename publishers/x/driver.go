package x

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// DefaultURL is where X answers.
const DefaultURL = "https://api.x.com"

// Driver posts to X.
type Driver struct {
	base   string
	client *http.Client
}

// New makes the driver. base is the API's address without a path, "" for
// DefaultURL. client must not follow redirects nor repeat requests.
func New(base string, client *http.Client) *Driver {
	if base == "" {
		base = DefaultURL
	}
	return &Driver{base: strings.TrimRight(base, "/"), client: client}
}

// Name is "x".
func (d *Driver) Name() string { return "x" }

// The drivers that can be chosen in the settings.
const (
	v2  = "v2"
	v11 = "v1.1"
)

// Settings of a channel on X: four keys from X's developer console (OAuth 1.0a), or what the owner's consent gave (OAuth
// 2.0). With an API key it is the first.
type Settings struct {
	APIKey       string `json:"api_key,omitempty"`
	APISecret    string `json:"api_secret,omitempty"`
	AccessToken  string `json:"access_token"`
	AccessSecret string `json:"access_secret,omitempty"`
	Driver       string `json:"driver,omitempty"`
	ClientID     string `json:"client_id,omitempty"`
	ClientSecret string `json:"client_secret,omitempty"` // of confidential clients alone
	RefreshToken string `json:"refresh_token,omitempty"` // used once
	ExpiresAt    string `json:"expires_at,omitempty"`    // RFC 3339
}

// granted tells whether the credentials came by consent.
func (s *Settings) granted() bool { return s.APIKey == "" && s.ClientID != "" }

// Fields describes the settings.
func (d *Driver) Fields() []content.SettingField {
	return []content.SettingField{
		{Name: "api_key", Secret: true},
		{Name: "api_secret", Secret: true},
		{Name: "access_token", Secret: true},
		{Name: "access_secret", Secret: true},
		{Name: "driver", Optional: true, Options: []string{v2, v11}},
		{Name: "client_id", Granted: true},
		{Name: "client_secret", Secret: true, Granted: true},
		{Name: "refresh_token", Secret: true, Granted: true},
		{Name: "expires_at", Granted: true},
	}
}

// Answers says that posts can answer one another here.
func (d *Driver) Answers() {}

// Pace leaves room below X's 100 posts in 15 minutes for the account (at most 80) and 10,000 a day for the program.
func (d *Driver) Pace(content.Account) content.Pace {
	return content.Pace{Burst: 20, Every: 15 * time.Second}
}

// Rules trust no key, because X takes none: nothing is ever sent again after an
// unknown outcome. The account's own posts are read at these times.
func (d *Driver) Rules(content.Account) publishers.Rules {
	return publishers.Rules{Looks: []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute}}
}

func decode(raw json.RawMessage) (Settings, error) {
	var s Settings
	if err := json.Unmarshal(raw, &s); err != nil {
		return s, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings", Code: content.CodeSettingsForm},
		}}
	}
	return s, nil
}

// api is one of X's two APIs, signed for one account.
type api interface {
	me(ctx context.Context) (user, error)
	post(ctx context.Context, d draft) (id string, err error)
	// own lists the account's posts since a time, newest first.
	own(ctx context.Context, id string, since time.Time) ([]status, error)
}

// draft is a post on its way out.
type draft struct {
	text     string
	replyTo  string
	pictures []string // ids of what was uploaded
}

// user is an account on X.
type user struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

// status is a post on X with its links written out.
type status struct {
	id       string
	text     string
	links    []string
	replyTo  string
	pictures int
}

func (d *Driver) api(settings Settings) api {
	if settings.Driver == v11 && !settings.granted() {
		return &apiV1{base: d.base, signed: signed(d.client, settings)}
	}
	return d.v2(settings)
}

func (d *Driver) v2(settings Settings) *apiV2 {
	if settings.granted() {
		return &apiV2{base: d.base, signed: borne(d.client, settings.AccessToken)}
	}
	return &apiV2{base: d.base, signed: signed(d.client, settings)}
}

// postURL is the public address of a post; X redirects it to the account's.
func postURL(id string) string { return "https://x.com/i/web/status/" + url.PathEscape(id) }

// Publish brings the pictures over and sends one post, once.
func (d *Driver) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	settings, err := decode(post.Settings)
	if err != nil {
		return publishers.Receipt{}, settingsBroken(err)
	}
	api := d.api(settings)
	pictures, err := d.upload(ctx, api, settings, post)
	if err != nil {
		return publishers.Receipt{}, err
	}
	id, err := api.post(ctx, draft{text: post.Text, replyTo: post.ReplyTo, pictures: pictures})
	if err != nil {
		return publishers.Receipt{}, replyFate(fateOf(err, settings, post.Now), err, post)
	}
	if id == "" {
		return publishers.Receipt{}, &publishers.FateError{Fate: publishers.Unsure, Reason: content.Reason{Code: content.CodePostNoID}}
	}
	return publishers.Receipt{ID: id, URL: postURL(id)}, nil
}

// replyFate: X refuses replies for reasons of its own, in words that it also uses for whole accounts. A reply that is
// refused says nothing about other posts, so the channel goes on.
func replyFate(fate *publishers.FateError, err error, post publishers.Post) error {
	a, ok := errors.AsType[*AnswerError](err)
	switch {
	case !ok || post.ReplyTo == "":
	case a.Status == http.StatusForbidden && fate.Fate == publishers.Never && fate.Reason.Code == content.CodePostRefused,
		(a.Status == http.StatusBadRequest || a.Status == http.StatusForbidden) && a.says("reply", "in_reply_to", "conversation"):
		fate.Fate, fate.Reason.Code = publishers.Never, content.CodePostReply
	}
	return fate
}

func settingsBroken(err error) error {
	return &publishers.FateError{Fate: publishers.Paused, Reason: content.Reason{Code: content.CodeChannelSettings}, Err: err}
}

// wordsOnly: API v1.1 is kept for the posts of accounts that still have it, and learns nothing new.
func wordsOnly() error {
	return &publishers.FateError{Fate: publishers.Never, Reason: content.Reason{Code: content.CodePostWordsOnly}}
}
