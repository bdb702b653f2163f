package publishertest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

type xTokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Error   string
}

const xScopes = "tweet.read tweet.write users.read media.write offline.access"

// code is what the owner's browser brings back.
func (x *X) code(t *testing.T, scope string) string {
	t.Helper()
	sum := sha256.Sum256([]byte("verifier"))
	ask := form("response_type", "code", "client_id", x.client.id, "redirect_uri", "https://klartext.example/back", "scope", scope, "state", "s",
		"code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]), "code_challenge_method", "S256")
	to, err := url.Parse(do(mustRequest(t, http.MethodGet, x.URL+"/i/oauth2/authorize?"+ask, "", "")).header.Get("Location"))
	if err != nil || to.Query().Get("state") != "s" || to.Query().Get("code") == "" {
		t.Fatalf("sent to %s, %v", to, err)
	}
	return to.Query().Get("code")
}

func (x *X) exchange(t *testing.T, secret string, pairs ...string) answer {
	t.Helper()
	r := mustRequest(t, http.MethodPost, x.URL+"/2/oauth2/token", formType, form(append(pairs, "client_id", x.client.id)...))
	if secret != "" {
		r.SetBasicAuth(x.client.id, secret)
	}
	return do(r)
}

func (x *X) withToken(t *testing.T, method, path, token, body string) answer {
	t.Helper()
	r := mustRequest(t, method, x.URL+path, "application/json", body)
	r.Header.Set("Authorization", "Bearer "+token)
	return do(r)
}

func byCode(code, verifier string) []string {
	return []string{"grant_type", "authorization_code", "code", code, "redirect_uri", "https://klartext.example/back", "code_verifier", verifier}
}

func TestXTokensEndAndAreRenewedOnce(t *testing.T) {
	clock := newClock()
	x := startX(t, XOptions{Now: clock.now})
	first := mustDecode[xTokens](t, x.exchange(t, "", byCode(x.code(t, xScopes), "verifier")...))
	if a := x.withToken(t, http.MethodPost, "/2/tweets", first.Access, body(t, "a")); a.status != 201 {
		t.Errorf("posting: %d %s", a.status, a.body)
	}
	if a := x.withToken(t, http.MethodPost, "/1.1/statuses/update.json", first.Access, ""); a.status != 401 {
		t.Errorf("v1.1 with a token of OAuth 2.0: %d", a.status)
	}
	clock.at = clock.at.Add(xAccessLife)
	if a := x.withToken(t, http.MethodGet, "/2/users/me", first.Access, ""); a.status != 401 {
		t.Errorf("after two hours: %d", a.status)
	}
	second := mustDecode[xTokens](t, x.exchange(t, "", "grant_type", "refresh_token", "refresh_token", first.Refresh))
	if a := x.withToken(t, http.MethodGet, "/2/users/me", second.Access, ""); a.status != 200 || second.Refresh == first.Refresh {
		t.Errorf("renewed: %d", a.status)
	}
	if a := x.exchange(t, "", "grant_type", "refresh_token", "refresh_token", first.Refresh); a.status != 400 {
		t.Errorf("a refresh token a second time: %d", a.status)
	}
	for _, seen := range x.Requests() {
		if strings.Contains(seen.Body, first.Refresh) || strings.Contains(seen.Body, "verifier") {
			t.Errorf("a secret is kept: %+v", seen)
		}
	}
}

func TestXCodesAreGoodForHalfAMinuteWithTheirProof(t *testing.T) {
	clock := newClock()
	x := startX(t, XOptions{Now: clock.now, ClientSecret: "secret"})
	if a := x.exchange(t, "", byCode(x.code(t, xScopes), "verifier")...); a.status != 401 {
		t.Errorf("a confidential client without its secret: %d", a.status)
	}
	if a := x.exchange(t, "secret", byCode(x.code(t, xScopes), "another")...); a.status != 400 {
		t.Errorf("another verifier: %d", a.status)
	}
	late := x.code(t, xScopes)
	clock.at = clock.at.Add(xCodeLife + time.Second)
	if a := x.exchange(t, "secret", byCode(late, "verifier")...); a.status != 400 {
		t.Errorf("a late code: %d", a.status)
	}
	got := mustDecode[xTokens](t, x.exchange(t, "secret", byCode(x.code(t, "tweet.read users.read"), "verifier")...))
	if got.Refresh != "" {
		t.Error("a refresh token although offline.access was not asked for")
	}
	if a := x.withToken(t, http.MethodPost, "/2/tweets", got.Access, body(t, "a")); a.status != 401 {
		t.Errorf("writing with the right to read: %d", a.status)
	}
}

// A form with parts is not part of the signature (RFC 5849, 3.4.1.3.1).
func TestXTakesAPictureSignedWithoutItsBody(t *testing.T) {
	x := startX(t, XOptions{})
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	_ = parts.WriteField("media_category", "tweet_image")
	file, err := parts.CreateFormFile("media", "picture")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = file.Write(picture("x").Bytes)
	_ = parts.Close()
	a := x.callAs(t, http.MethodPost, "/2/media/upload", parts.FormDataContentType(), b.String())
	got := mustDecode[struct{ Data struct{ ID string } }](t, a)
	if a.status != 200 || got.Data.ID == "" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if d := x.call(t, http.MethodPost, "/2/media/metadata", `{"id":"`+got.Data.ID+`","metadata":{"alt_text":{"text":"Eine Kurve"}}}`); d.status != 200 {
		t.Errorf("describing: %d %s", d.status, d.body)
	}
	post := mustDecode[xAnswer](t, x.call(t, http.MethodPost, "/2/tweets", `{"text":"mit Bild","media":{"media_ids":["`+got.Data.ID+`"]}}`))
	if held := x.Posts(); len(held) != 1 || len(held[0].Pictures) != 1 || held[0].Pictures[0].Alt != "Eine Kurve" || !strings.Contains(post.Data.Text, " https://t.co/") {
		t.Errorf("held %+v, text %q", held, post.Data.Text)
	}
	if a := x.call(t, http.MethodGet, "/2/tweets/1", ""); a.status != 200 || !strings.Contains(a.body, "resource-not-found") {
		t.Errorf("a post that is not there: %d %s", a.status, a.body)
	}
}
