package x

import (
	"context"
	"encoding/json"
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

// Settings of a channel on X: four keys from X's developer console.
type Settings struct {
	APIKey       string `json:"api_key"`
	APISecret    string `json:"api_secret"`
	AccessToken  string `json:"access_token"`
	AccessSecret string `json:"access_secret"`
	Driver       string `json:"driver,omitempty"`
}

// Fields describes the settings.
func (d *Driver) Fields() []content.SettingField {
	return []content.SettingField{
		{Name: "api_key", Secret: true},
		{Name: "api_secret", Secret: true},
		{Name: "access_token", Secret: true},
		{Name: "access_secret", Secret: true},
		{Name: "driver", Optional: true, Options: []string{v2, v11}},
	}
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
	post(ctx context.Context, text string) (id string, err error)
	// own lists the account's posts since a time, newest first.
	own(ctx context.Context, id string, since time.Time) ([]status, error)
}

// user is an account on X.
type user struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

// status is a post on X with its links written out.
type status struct {
	id    string
	text  string
	links []string
}

func (d *Driver) api(settings Settings) api {
	s := signed(d.client, settings)
	if settings.Driver == v11 {
		return &apiV1{base: d.base, signed: s}
	}
	return &apiV2{base: d.base, signed: s}
}

// postURL is the public address of a post; X redirects it to the account's.
func postURL(id string) string { return "https://x.com/i/web/status/" + url.PathEscape(id) }

// Publish sends one post, once.
func (d *Driver) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	settings, err := decode(post.Settings)
	if err != nil {
		return publishers.Receipt{}, settingsBroken(err)
	}
	id, err := d.api(settings).post(ctx, post.Text)
	if err != nil {
		return publishers.Receipt{}, fateOf(err, post.Now)
	}
	if id == "" {
		return publishers.Receipt{}, &publishers.FateError{Fate: publishers.Unsure, Reason: content.Reason{Code: content.CodePostNoID}}
	}
	return publishers.Receipt{ID: id, URL: postURL(id)}, nil
}

func settingsBroken(err error) error {
	return &publishers.FateError{Fate: publishers.Paused, Reason: content.Reason{Code: content.CodeChannelSettings}, Err: err}
}
