package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/outbound"
)

// Driver sends webhooks.
type Driver struct {
	client       *http.Client
	allowPrivate bool
}

// New makes the driver. client must come from outbound: it is the one that
// checks where a typed address leads.
func New(client *http.Client, allowPrivate bool) *Driver {
	return &Driver{client: client, allowPrivate: allowPrivate}
}

// Name is "webhook".
func (d *Driver) Name() string { return "webhook" }

// Settings of a webhook.
type Settings struct {
	URL    string `json:"url"`
	Secret string `json:"secret"` // whsec_ and base64
}

// Fields describes the settings.
func (d *Driver) Fields() []content.SettingField {
	return []content.SettingField{{Name: "url"}, {Name: "secret", Secret: true}}
}

// resendFor is how long a message is sent again under its id. A receiver that
// follows the specification takes it once, whatever became of the first answer.
const resendFor = 72 * time.Hour

// Rules know no look, because there is nothing to search, and that the same id makes no second message.
func (d *Driver) Rules(content.Account) publishers.Rules { return publishers.Rules{SameKey: resendFor} }

// target is where a message goes and what signs it.
type target struct {
	url *url.URL
	key []byte
}

func (d *Driver) target(raw json.RawMessage) (target, error) {
	var s Settings
	wrong := func(field string, code content.Code, err error) error {
		return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: field, Code: code, Args: content.Args{"Value": s.URL}},
		}}
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		return target{}, wrong("settings", content.CodeSettingsForm, err)
	}
	u, err := outbound.Address(s.URL, d.allowPrivate)
	if err != nil {
		return target{}, wrong("settings.url", content.CodeServerForm, err)
	}
	key, err := Key(s.Secret)
	if err != nil {
		return target{}, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings.secret", Code: content.CodeSecretForm},
		}}
	}
	return target{url: u, key: key}, nil
}

// Event is the body of a message.
type Event struct {
	Type      string    `json:"type"` // "change.announced"
	Timestamp time.Time `json:"timestamp"`
	Data      Data      `json:"data"`
}

// Data is what is announced.
type Data struct {
	Change         string       `json:"change"` // id
	Lang           content.Lang `json:"lang"`
	Text           string       `json:"text"`
	ContentWarning string       `json:"content_warning,omitempty"`
	Permalink      string       `json:"permalink"`
	// ReplyTo is the id of the message that this one continues or corrects.
	ReplyTo string `json:"reply_to,omitempty"`
	// Images are only described; the pictures themselves are not sent.
	Images []Image `json:"images,omitempty"`
}

// Image is a picture of an announcement.
type Image struct {
	Type string `json:"type"` // "image/png"
	Alt  string `json:"alt"`
}

func images(media []publishers.Media) (list []Image) {
	for _, m := range media {
		list = append(list, Image{Type: m.Type, Alt: m.Alt})
	}
	return list
}

// EventType names the only event there is.
const EventType = "change.announced"

// Publish sends one message, once. Every attempt has the same id and the same body.
func (d *Driver) Publish(ctx context.Context, post publishers.Post) (publishers.Receipt, error) {
	to, err := d.target(post.Settings)
	if err != nil {
		return publishers.Receipt{}, &publishers.FateError{
			Fate: publishers.Paused, Reason: content.Reason{Code: content.CodeChannelSettings}, Err: err,
		}
	}
	body, err := json.Marshal(Event{Type: EventType, Timestamp: post.First.UTC(), Data: Data{
		Change: post.Change, Lang: post.Lang, Text: post.Text, ContentWarning: post.ContentWarning, Permalink: post.Permalink,
		ReplyTo: post.ReplyTo, Images: images(post.Media),
	}})
	if err != nil {
		return publishers.Receipt{}, fmt.Errorf("encode a webhook: %w", err)
	}
	id := messageID(post.Key)
	if err := d.send(ctx, to, id, post.Now, body); err != nil {
		return publishers.Receipt{}, err
	}
	return publishers.Receipt{ID: id}, nil
}

func messageID(key string) string { return "msg_" + key }

func (d *Driver) send(ctx context.Context, to target, id string, now time.Time, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url.String(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("address of a webhook: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Klartext")
	req.Header.Set("Webhook-Id", id)
	req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("Webhook-Signature", Sign(to.key, id, now, body))
	resp, err := d.client.Do(req)
	if err != nil {
		return publishers.CallFailed(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10)) // the status alone is the answer
	return fateOf(resp, string(said), now)
}

// Look finds nothing: a receiver cannot be searched.
func (d *Driver) Look(context.Context, publishers.Post) ([]publishers.Receipt, error) {
	return nil, nil
}

// Check tries the settings and whether the address answers at all. It sends no message.
func (d *Driver) Check(ctx context.Context, raw json.RawMessage) (content.Account, error) {
	to, err := d.target(raw)
	if err != nil {
		return content.Account{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, to.url.String(), http.NoBody)
	if err != nil {
		return content.Account{}, fmt.Errorf("address of a webhook: %w", err)
	}
	resp, err := d.client.Do(req)
	if err != nil {
		var private interface{ Private() bool }
		if errors.As(err, &private) {
			return content.Account{}, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
				{Field: "settings.url", Code: content.CodeServerPrivate, Args: content.Args{"Server": to.url.Host}},
			}}
		}
		return content.Account{}, &content.Error{
			Kind: content.Unavailable, Code: content.CodeServerUnreachable, Err: err, Args: content.Args{"Server": to.url.Host},
		}
	}
	_ = resp.Body.Close()
	return content.Account{ID: to.url.Host, Handle: to.url.Host, Software: "Standard Webhooks", Counting: "letters"}, nil
}
