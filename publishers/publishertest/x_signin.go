package publishertest

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// xClient is a program that was registered by hand, with all that its owner's consent gave it (OAuth 2.0).
type xClient struct {
	id, secret string
	codes      map[string]xCode
	access     map[string]time.Time // token -> when it ends
	scopes     map[string]string    // token -> scopes
	refresh    map[string]string    // token, good for once -> scopes
}

type xCode struct {
	grant
	at time.Time
}

// Lives of what X gives out.
const (
	xCodeLife   = 30 * time.Second
	xAccessLife = 2 * time.Hour
)

func newXClient(o XOptions) xClient {
	return xClient{
		id: cmp.Or(o.ClientID, "fake-client-id"), secret: o.ClientSecret,
		codes: map[string]xCode{}, access: map[string]time.Time{}, scopes: map[string]string{}, refresh: map[string]string{},
	}
}

// Registered is the client id that the network knows, and its secret, "" for a public client.
func (x *X) Registered() (id, secret string) { return x.client.id, x.client.secret }

// signIn adds what a program needs to be let in by a person. Nobody is asked here.
func (x *X) signIn() {
	for pattern, do := range map[string]func(*http.Request, call) reply{
		"GET /i/oauth2/authorize": x.authorize, "POST /2/oauth2/token": x.token, "POST /2/oauth2/revoke": x.revoke,
	} {
		x.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			x.act(w, r, SignIn, "", func(c call) reply { return do(r, c) })
		})
	}
}

// granted tells whether a request carries a token that still lives and has the rights.
func (x *X) granted(r *http.Request, route Route) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || strings.HasPrefix(r.URL.Path, "/1.1/") || !x.client.access[token].After(x.Now()) {
		return false
	}
	need := map[Route]string{Publish: "tweet.write", Withdraw: "tweet.write", Upload: "media.write", Check: "users.read"}[route]
	return slices.Contains(strings.Fields(x.client.scopes[token]), cmp.Or(need, "tweet.read"))
}

func (x *X) authorize(r *http.Request, c call) reply {
	to, err := url.Parse(r.FormValue("redirect_uri"))
	switch {
	case r.FormValue("client_id") != x.client.id, err != nil || to.Scheme == "", r.FormValue("response_type") != "code",
		r.FormValue("state") == "", r.FormValue("code_challenge_method") != "S256", r.FormValue("code_challenge") == "":
		return reply{http.StatusBadRequest, map[string]string{"Content-Type": htmlType}, "Something went wrong. You weren't able to give access to the App."}
	}
	query := to.Query()
	query.Set("state", r.FormValue("state"))
	if c.mood.Act == Deny {
		query.Set("error", "access_denied")
	} else {
		code := rand.Text()
		x.client.codes[code] = xCode{grant{x.client.id, r.FormValue("redirect_uri"), r.FormValue("scope"), r.FormValue("code_challenge")}, x.Now()}
		query.Set("code", code)
	}
	to.RawQuery = query.Encode()
	return reply{http.StatusFound, map[string]string{"Location": to.String()}, nil}
}

// knows tells whether a request comes from the client: a confidential one proves itself, a public one only names itself.
func (x *X) knows(r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	if x.client.secret == "" {
		return !basic && r.FormValue("client_id") == x.client.id
	}
	return basic && id == x.client.id && secret == x.client.secret
}

func (x *X) token(r *http.Request, _ call) reply {
	if !x.knows(r) {
		return oauthFailed(http.StatusUnauthorized, "unauthorized_client", "Missing valid authorization header")
	}
	invalid := oauthFailed(http.StatusBadRequest, "invalid_request", "Value passed for the token was invalid.")
	var scope string
	switch r.FormValue("grant_type") {
	case "authorization_code":
		code := r.FormValue("code")
		g, ok := x.client.codes[code]
		delete(x.client.codes, code)
		if !ok || x.Now().Sub(g.at) > xCodeLife || g.redirect != r.FormValue("redirect_uri") || !proves(r.FormValue("code_verifier"), g.challenge) {
			return oauthFailed(http.StatusBadRequest, "invalid_request", "Value passed for the authorization code was invalid.")
		}
		scope = g.scope
	case "refresh_token":
		old := r.FormValue("refresh_token")
		known, ok := x.client.refresh[old]
		delete(x.client.refresh, old)
		if !ok {
			return invalid
		}
		scope = known
	default:
		return oauthFailed(http.StatusBadRequest, "unsupported_grant_type", "The grant type is not supported.")
	}
	return x.grant(scope)
}

func (x *X) grant(scope string) reply {
	token := rand.Text()
	x.client.access[token], x.client.scopes[token] = x.Now().Add(xAccessLife), scope
	answer := object{"token_type": "bearer", "expires_in": int(xAccessLife / time.Second), "access_token": token, "scope": scope}
	if slices.Contains(strings.Fields(scope), "offline.access") {
		refresh := rand.Text()
		x.client.refresh[refresh] = scope
		answer["refresh_token"] = refresh
	}
	return reply{http.StatusOK, nil, answer}
}

func (x *X) revoke(r *http.Request, _ call) reply {
	token := r.FormValue("token")
	switch {
	case !x.knows(r):
		return oauthFailed(http.StatusUnauthorized, "unauthorized_client", "Missing valid authorization header")
	case token == "":
		return oauthFailed(http.StatusBadRequest, "invalid_request", "Missing required parameter [token].")
	}
	delete(x.client.access, token)
	delete(x.client.refresh, token)
	return reply{http.StatusOK, nil, object{"revoked": true}}
}
