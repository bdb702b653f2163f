package mastodon

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mattn/go-mastodon"

	"klartext/content"
	"klartext/publishers"
)

// The rights that are asked for: to know the account, to read its own posts, to write posts and their pictures. Servers
// that do not know these narrow ones are asked for the wide ones.
const (
	narrowScopes = "read:accounts read:statuses write:statuses write:media"
	wideScopes   = "read write"
)

// registration is what BeginConsent knows that FinishConsent needs again. The names are those of Settings, so that the
// settings of a connected channel serve as an earlier registration with the same server.
type registration struct {
	Server       string `json:"server"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	Redirect     string `json:"redirect"`
	Issuer       string `json:"issuer,omitempty"`
	TellsIssuer  bool   `json:"tells_issuer,omitempty"`
	Token        string `json:"token_endpoint,omitempty"`
	Proof        bool   `json:"pkce,omitempty"`
}

// metadata is what a server says of its sign-in (RFC 8414).
type metadata struct {
	Issuer       string   `json:"issuer"`
	Authorize    string   `json:"authorization_endpoint"`
	Token        string   `json:"token_endpoint"`
	Registration string   `json:"app_registration_endpoint"`
	Methods      []string `json:"code_challenge_methods_supported"`
	Scopes       []string `json:"scopes_supported"`
	TellsIssuer  bool     `json:"authorization_response_iss_parameter_supported"`
}

// scopes are the narrowest that the server knows.
func (m *metadata) scopes() string {
	for scope := range strings.FieldsSeq(narrowScopes) {
		if len(m.Scopes) > 0 && !slices.Contains(m.Scopes, scope) {
			return wideScopes
		}
	}
	return narrowScopes
}

// signIn asks how the server signs people in. One that does not say does it in the way of all its kind, without proof keys.
func signIn(ctx context.Context, client *mastodon.Client) (metadata, error) {
	base := client.Config.Server
	usual := metadata{Authorize: base + "/oauth/authorize", Token: base + "/oauth/token", Registration: base + "/api/v1/apps"}
	said := usual
	switch err := get(ctx, client, base+"/.well-known/oauth-authorization-server", &said); {
	case isAnswer(err) || isDecode(err):
		return usual, nil
	case err != nil:
		return usual, err
	case !sameHost(said.Authorize, base) || !sameHost(said.Token, base) || !sameHost(said.Registration, base):
		return usual, fmt.Errorf("%w: its sign-in is on another host", errStrange)
	}
	return said, nil
}

func isAnswer(err error) bool {
	_, ok := errors.AsType[*AnswerError](err)
	return ok
}

// ConsentFields asks for the server alone.
func (d *Driver) ConsentFields() []content.SettingField {
	return []content.SettingField{{Name: "server"}}
}

// BeginConsent registers this program with the server, unless Kept says that it is registered for this address already,
// and answers the page where the owner of the account is asked. Kept may be the settings of a channel.
func (d *Driver) BeginConsent(ctx context.Context, c content.Consent) (page string, kept json.RawMessage, err error) {
	typed, server, err := d.decode(c.Typed)
	if err != nil {
		return "", nil, err
	}
	client := d.clientAt(server, "", keyed{})
	about, err := signIn(ctx, client)
	if err != nil {
		return "", nil, consentError(server, err)
	}
	r := earlier(c, typed.Server)
	if r.ClientID == "" {
		if r, err = register(ctx, client, about, c.Redirect); err != nil {
			return "", nil, consentError(server, err)
		}
	}
	r.Server, r.Redirect, r.Token, r.Issuer, r.TellsIssuer = typed.Server, c.Redirect, about.Token, about.Issuer, about.TellsIssuer
	r.Proof = slices.Contains(about.Methods, "S256")
	if kept, err = json.Marshal(r); err != nil { //nolint:gosec // it is kept encrypted
		return "", nil, fmt.Errorf("encode a registration: %w", err)
	}
	return about.Authorize + "?" + r.question(c, about.scopes()).Encode(), kept, nil
}

// earlier is the registration from before where it fits.
func earlier(c content.Consent, server string) registration {
	var r registration
	if len(c.Kept) == 0 || json.Unmarshal(c.Kept, &r) != nil || r.Server != server || r.Redirect != c.Redirect || r.ClientSecret == "" {
		return registration{}
	}
	return registration{ClientID: r.ClientID, ClientSecret: r.ClientSecret}
}

func register(ctx context.Context, client *mastodon.Client, about metadata, redirect string) (r registration, err error) {
	err = postForm(ctx, client, about.Registration, url.Values{
		"client_name": {userAgent}, "redirect_uris": {redirect}, "scopes": {about.scopes()},
	}, &r)
	if err == nil && (r.ClientID == "" || r.ClientSecret == "") {
		err = fmt.Errorf("%w: it registers nothing", errStrange)
	}
	return registration{ClientID: r.ClientID, ClientSecret: r.ClientSecret}, err
}

func (r *registration) question(c content.Consent, scopes string) url.Values {
	ask := url.Values{
		"response_type": {"code"}, "client_id": {r.ClientID}, "redirect_uri": {c.Redirect}, "scope": {scopes}, "state": {c.State},
	}
	if r.Proof {
		sum := sha256.Sum256([]byte(c.Verifier))
		ask.Set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
		ask.Set("code_challenge_method", "S256")
	}
	return ask
}

// FinishConsent exchanges the code for a token.
func (d *Driver) FinishConsent(ctx context.Context, c content.Consent, code string) (json.RawMessage, error) {
	var r registration
	if err := json.Unmarshal(c.Kept, &r); err != nil {
		return nil, content.Fail(content.Invalid, content.CodeConsentCode, content.Args{"Network": "Mastodon"})
	}
	s, server, err := d.decode(c.Kept)
	if err != nil {
		return nil, err
	}
	if !r.fits(c.Issuer, server) {
		return nil, content.Fail(content.Invalid, content.CodeConsentIssuer, content.Args{"Server": server.Host})
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {r.Redirect}, "client_id": {r.ClientID}, "client_secret": {r.ClientSecret},
	}
	if r.Proof {
		form.Set("code_verifier", c.Verifier)
	}
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	err = postForm(ctx, d.clientAt(server, "", keyed{}), r.Token, form, &granted)
	if err == nil && granted.AccessToken == "" {
		err = fmt.Errorf("%w: it grants nothing", errStrange)
	}
	if err != nil {
		return nil, exchangeError(server, err)
	}
	s.AccessToken = granted.AccessToken
	settings, err := json.Marshal(s) //nolint:gosec // they are kept encrypted
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	return settings, nil
}

// fits: an answer that names its issuer must come from the server that was asked (RFC 9207), and one that promised to
// name it must do so. Servers differ in whether the name ends in a slash.
func (r *registration) fits(issuer string, server *url.URL) bool {
	if issuer == "" {
		return !r.TellsIssuer
	}
	known := r.Issuer
	if known == "" {
		known = server.String()
	}
	return strings.TrimSuffix(issuer, "/") == strings.TrimSuffix(known, "/")
}

// Revoke ends the token. A pasted one came without the client it belongs to, and only its owner can end it.
func (d *Driver) Revoke(ctx context.Context, raw json.RawMessage) error {
	s, server, err := d.decode(raw)
	if err != nil {
		return err
	}
	byHand := content.Fail(content.Conflict, content.CodeRevokeByHand, content.Args{"Server": server.Host})
	if s.ClientID == "" {
		return byHand
	}
	err = postForm(ctx, d.clientAt(server, "", keyed{}), server.String()+"/oauth/revoke", url.Values{
		"client_id": {s.ClientID}, "client_secret": {s.ClientSecret}, "token": {s.AccessToken},
	}, nil)
	a, refused := errors.AsType[*AnswerError](err)
	switch {
	case err == nil:
		return nil
	case refused && a.Status < http.StatusInternalServerError && a.Status != http.StatusTooManyRequests:
		return byHand
	}
	return consentError(server, err)
}

// postForm posts a form without a token; into may be nil where the answer says nothing.
func postForm(ctx context.Context, client *mastodon.Client, address string, form url.Values, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("address of the server: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if into == nil {
		_, err = call(client, req)
		return err
	}
	return decoded(client, req, into)
}

// exchangeError: what the server refuses of a code is too old, used, or somebody else's.
func exchangeError(server *url.URL, err error) error {
	a, ok := errors.AsType[*AnswerError](err)
	if ok && a.Status >= 400 && a.Status < 500 && a.Status != http.StatusTooManyRequests {
		return &content.Error{Kind: content.Invalid, Code: content.CodeConsentCode, Err: err, Args: content.Args{"Network": server.Host}}
	}
	return consentError(server, err)
}

// consentError is checkError before there is a token to blame.
func consentError(server *url.URL, err error) error {
	a, ok := errors.AsType[*AnswerError](err)
	if !ok || a.Status != http.StatusUnauthorized && a.Status != http.StatusForbidden {
		return checkError(server, err)
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeNetworkSaid, Err: err, Args: content.Args{
		"Network": server.Host, "Status": a.Status, "Said": publishers.Detail(a.Said),
	}}
}
