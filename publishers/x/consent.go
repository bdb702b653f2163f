package x

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"klartext/content"
	"klartext/publishers"
)

// scopes are the rights that are asked for; offline.access brings the refresh token.
const scopes = "tweet.read tweet.write users.read media.write offline.access"

// consentPage is where X asks the owner. Another API than X's own has its page on the same host.
func (d *Driver) consentPage() string {
	if d.base == DefaultURL {
		return "https://x.com/i/oauth2/authorize"
	}
	return d.base + "/i/oauth2/authorize"
}

// ConsentFields asks for the client that the company made in X's developer console; a public one has no secret.
func (d *Driver) ConsentFields() []content.SettingField {
	return []content.SettingField{{Name: "client_id"}, {Name: "client_secret", Secret: true, Optional: true}}
}

// BeginConsent answers the page where the owner is asked. X is not called: clients are made by hand there.
func (d *Driver) BeginConsent(_ context.Context, c content.Consent) (page string, kept json.RawMessage, err error) {
	s, err := decode(c.Typed)
	if err != nil {
		return "", nil, err
	}
	if s.ClientID == "" {
		return "", nil, &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{
			{Field: "settings.client_id", Code: content.CodeRequired},
		}}
	}
	sum := sha256.Sum256([]byte(c.Verifier))
	query := url.Values{
		"response_type": {"code"}, "client_id": {s.ClientID}, "redirect_uri": {c.Redirect}, "scope": {scopes}, "state": {c.State},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	// Blanks as X's documentation writes them: a plus sign means one in forms alone.
	return d.consentPage() + "?" + strings.ReplaceAll(query.Encode(), "+", "%20"), nil, nil
}

// FinishConsent exchanges the code, which X takes for 30 seconds, for a pair of tokens.
func (d *Driver) FinishConsent(ctx context.Context, c content.Consent, code string) (json.RawMessage, error) {
	s, err := decode(c.Typed)
	if err != nil {
		return nil, err
	}
	granted, err := d.token(ctx, s, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {c.Redirect}, "code_verifier": {c.Verifier},
	}, time.Time{})
	if err != nil {
		return nil, grantError(err)
	}
	return granted, nil
}

// grantError tells whom to blame: the client, or the code.
func grantError(err error) error {
	a, ok := errors.AsType[*AnswerError](err)
	switch {
	case !ok || a.Status >= http.StatusInternalServerError || a.Status == http.StatusTooManyRequests:
		return &content.Error{Kind: content.Unavailable, Code: content.CodeServerUnreachable, Args: content.Args{"Server": "X"}, Err: err}
	case a.Status == http.StatusUnauthorized || strings.Contains(a.OAuth.Error, "client"):
		return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings.client_id", Code: content.CodeClientRefused},
		}}
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeConsentCode, Args: content.Args{"Network": "X"}, Err: err}
}

// errNoGrant: X agreed, and gave nothing.
var errNoGrant = errors.New("no tokens were granted")

// token asks for a new pair of tokens and answers the settings with it. The pair's life is counted from now, or where that
// is zero by the clock of X, which dates its answers.
func (d *Driver) token(ctx context.Context, s Settings, form url.Values, now time.Time) (json.RawMessage, error) {
	var granted struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		ExpiresIn    int    `json:"expires_in"`
	}
	header, err := d.asClient(ctx, s, "/2/oauth2/token", form, &granted)
	if err != nil {
		return nil, err
	}
	if granted.AccessToken == "" {
		return nil, errNoGrant
	}
	next := Settings{ClientID: s.ClientID, ClientSecret: s.ClientSecret, AccessToken: granted.AccessToken, RefreshToken: granted.RefreshToken}
	if next.RefreshToken == "" { // some answers leave it out where it stays the same
		next.RefreshToken = s.RefreshToken
	}
	if now.IsZero() {
		now, _ = http.ParseTime(header.Get("Date"))
	}
	if granted.ExpiresIn > 0 && !now.IsZero() {
		next.ExpiresAt = now.Add(time.Duration(granted.ExpiresIn) * time.Second).UTC().Format(time.RFC3339)
	}
	settings, err := json.Marshal(next) //nolint:gosec // they are kept encrypted
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	return settings, nil
}

// asClient posts a form as the client: one with a secret proves itself, a public one only says who it is.
func (d *Driver) asClient(ctx context.Context, s Settings, path string, form url.Values, into any) (http.Header, error) {
	form.Set("client_id", s.ClientID)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("address of X: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if s.ClientSecret != "" {
		req.SetBasicAuth(url.QueryEscape(s.ClientID), url.QueryEscape(s.ClientSecret))
	}
	body, header, err := exchanged(d.client, req)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return nil, fmt.Errorf("decode the answer to %s: %w", path, err)
	}
	return header, nil
}

// Expires is when the access token ends; keys from the console do not.
func (d *Driver) Expires(raw json.RawMessage) time.Time {
	s, err := decode(raw)
	if err != nil || !s.granted() {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s.ExpiresAt)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Renew uses the refresh token, once. Where no answer comes the token may be used up: it is tried again, and a refusal
// then means that the owner must be asked anew.
func (d *Driver) Renew(ctx context.Context, raw json.RawMessage, now time.Time) (json.RawMessage, error) {
	s, err := decode(raw)
	if err != nil {
		return nil, settingsBroken(err)
	}
	if !s.granted() || s.RefreshToken == "" {
		return nil, &publishers.FateError{Fate: publishers.Paused, Reason: content.Reason{Code: content.CodeChannelToken}}
	}
	settings, err := d.token(ctx, s, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {s.RefreshToken}}, now)
	if err == nil {
		return settings, nil
	}
	a, ok := errors.AsType[*AnswerError](err)
	if ok && a.Status < http.StatusInternalServerError && a.Status != http.StatusTooManyRequests {
		return nil, &publishers.FateError{Fate: publishers.Paused, Reason: content.Reason{
			Code: content.CodeChannelToken, Detail: publishers.Detail(a.said()),
		}, Err: err}
	}
	return nil, fateOf(err, Settings{}, now).Repeatable()
}

// Revoke ends both tokens. Four keys belong to the app in X's console and are ended there.
func (d *Driver) Revoke(ctx context.Context, raw json.RawMessage) error {
	s, err := decode(raw)
	if err != nil {
		return err
	}
	if !s.granted() {
		return content.Fail(content.Conflict, content.CodeRevokeByHand, content.Args{"Server": "X"})
	}
	for hint, token := range map[string]string{"refresh_token": s.RefreshToken, "access_token": s.AccessToken} {
		if token == "" {
			continue
		}
		var answer struct{}
		_, err := d.asClient(ctx, s, "/2/oauth2/revoke", url.Values{"token": {token}, "token_type_hint": {hint}}, &answer)
		a, refused := errors.AsType[*AnswerError](err)
		if err != nil && (!refused || a.Status != http.StatusBadRequest) { // 400: not a token any more
			return grantError(err)
		}
	}
	return nil
}
