package publishertest

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// app is a program that asked to be known.
type app struct {
	secret    string
	redirects []string
	scope     string
}

// grant is a person's yes to an app, to be changed for a token once.
type grant struct {
	client, redirect, scope, challenge string
}

// signIn adds what a program needs to be let in by a person. Nobody is asked
// here: every request is granted at once. GoToSocial does not say how it signs in, and knows no proof keys.
func (m *Mastodon) signIn() {
	m.secretly("GET /.well-known/oauth-authorization-server", m.metadata)
	m.secretly("POST /api/v1/apps", m.register)
	m.secretly("GET /oauth/authorize", m.authorize)
	m.secretly("POST /oauth/token", m.token)
	m.secretly("POST /oauth/revoke", m.revoke)
}

func (m *Mastodon) metadata(*http.Request, call) reply {
	if m.options.Kind == GoToSocial {
		return m.refuse(http.StatusNotFound)
	}
	return reply{http.StatusOK, nil, object{
		"issuer": m.URL + "/", "authorization_endpoint": m.URL + "/oauth/authorize", "token_endpoint": m.URL + "/oauth/token",
		"revocation_endpoint": m.URL + "/oauth/revoke", "app_registration_endpoint": m.URL + "/api/v1/apps",
		"scopes_supported":         []string{"read", "write", "read:accounts", "read:statuses", "write:statuses", "write:media"},
		"response_types_supported": []string{"code"}, "response_modes_supported": []string{"query"},
		"grant_types_supported": []string{"authorization_code", "client_credentials"}, "code_challenge_methods_supported": []string{"S256"},
		"token_endpoint_auth_methods_supported":          []string{"client_secret_basic", "client_secret_post"},
		"authorization_response_iss_parameter_supported": true,
	}}
}

// secretly adds a route of sign-in, whose bodies are not kept.
func (m *Mastodon) secretly(pattern string, do func(*http.Request, call) reply) {
	m.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		m.act(w, r, SignIn, "", func(c call) reply { return do(r, c) })
	})
}

// revoke ends a token of the client that asks; one that is ended already is no error.
func (m *Mastodon) revoke(r *http.Request, _ call) reply {
	id, token := r.FormValue("client_id"), r.FormValue("token")
	a, known := m.apps[id]
	if !known || r.FormValue("client_secret") != a.secret {
		return oauthFailed(http.StatusForbidden, "unauthorized_client", "You are not authorized to revoke this token")
	}
	if owner, granted := m.owners[token]; granted && owner != id {
		return oauthFailed(http.StatusForbidden, "unauthorized_client", "You are not authorized to revoke this token")
	}
	if m.owners[token] == id {
		delete(m.tokens, token)
	}
	return reply{http.StatusOK, nil, object{}}
}

func (m *Mastodon) register(r *http.Request, _ call) reply {
	redirects := strings.Fields(r.FormValue("redirect_uris"))
	if r.FormValue("client_name") == "" || len(redirects) == 0 {
		return failed(http.StatusUnprocessableEntity, "Validation failed: Application name can't be blank, Redirect URI must be an absolute URI.")
	}
	a := app{secret: rand.Text(), redirects: redirects, scope: r.FormValue("scopes")}
	if a.scope == "" {
		a.scope = "read"
	}
	id := rand.Text()
	m.apps[id] = a
	return reply{http.StatusOK, nil, object{
		"id": id, "name": r.FormValue("client_name"), "website": r.FormValue("website"), "scopes": strings.Fields(a.scope), "client_id": id, "client_secret": a.secret,
		"client_secret_expires_at": 0, "redirect_uri": strings.Join(redirects, "\n"), "redirect_uris": redirects, "vapid_key": "",
	}}
}

func (m *Mastodon) authorize(r *http.Request, c call) reply {
	id, redirect := r.FormValue("client_id"), r.FormValue("redirect_uri")
	a, known := m.apps[id]
	to, err := url.Parse(redirect)
	if !known || err != nil || !slices.Contains(a.redirects, redirect) || r.FormValue("response_type") != "code" {
		return failed(http.StatusBadRequest, "The redirect uri included is not valid.")
	}
	if method := r.FormValue("code_challenge_method"); r.FormValue("code_challenge") != "" && method != "S256" {
		return failed(http.StatusBadRequest, "The code challenge method must be S256.")
	}
	scope := r.FormValue("scope")
	if scope == "" {
		scope = "read"
	}
	for asked := range strings.FieldsSeq(scope) {
		if !allows(a.scope, asked) {
			return failed(http.StatusBadRequest, "The requested scope is invalid, unknown, or malformed.")
		}
	}
	query := to.Query()
	if m.options.Kind == MastodonKind {
		query.Set("iss", m.URL+"/")
	}
	if c.mood.Act == Deny {
		query.Set("error", "access_denied")
	} else {
		code := rand.Text()
		m.grants[code] = grant{id, redirect, scope, r.FormValue("code_challenge")}
		query.Set("code", code)
	}
	if state := r.FormValue("state"); state != "" {
		query.Set("state", state)
	}
	to.RawQuery = query.Encode()
	return reply{http.StatusFound, map[string]string{"Location": to.String()}, nil}
}

func (m *Mastodon) token(r *http.Request, _ call) reply {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	a, known := m.apps[id]
	if !known || subtle.ConstantTimeCompare([]byte(secret), []byte(a.secret)) == 0 {
		return oauthFailed(http.StatusUnauthorized, "invalid_client", "Client authentication failed due to unknown client.")
	}
	var scope string
	switch r.FormValue("grant_type") {
	case "client_credentials":
		scope = "read"
	case "authorization_code":
		code := r.FormValue("code")
		g, ok := m.grants[code]
		delete(m.grants, code)
		if !ok || g.client != id || g.redirect != r.FormValue("redirect_uri") || !proves(r.FormValue("code_verifier"), g.challenge) {
			return oauthFailed(http.StatusBadRequest, "invalid_grant", "The provided authorization grant is invalid.")
		}
		scope = g.scope
	default:
		return oauthFailed(http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported.")
	}
	token := rand.Text()
	m.owners[token] = id
	m.tokens[token] = scope
	return reply{http.StatusOK, nil, object{"access_token": token, "token_type": "Bearer", "scope": scope, "created_at": m.Now().Unix()}}
}

func oauthFailed(status int, code, said string) reply {
	return reply{status, nil, object{"error": code, "error_description": said}}
}

// proves checks PKCE's S256.
func proves(verifier, challenge string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return challenge == "" || base64.RawURLEncoding.EncodeToString(sum[:]) == challenge
}
