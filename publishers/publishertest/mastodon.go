package publishertest

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Kind is the software that a fake Mastodon server runs.
type Kind string

// The kinds.
const (
	MastodonKind Kind = "mastodon"
	GoToSocial   Kind = "gotosocial" // ignores idempotency keys and counts code points
)

// MastodonOptions say what a fake Mastodon server is like. Zero values take the defaults.
type MastodonOptions struct {
	Kind     Kind             // MastodonKind
	Limit    int              // longest post: 500, on GoToSocial 5000
	Token    string           // "fake-mastodon-token"
	Scopes   string           // of the token: "read write"
	ReadOnly bool             // the token may read only
	Limited  bool             // moderators limited the account: public becomes unlisted
	Now      func() time.Time // time.Now
}

// Mastodon is a server with one account, "klartext".
type Mastodon struct {
	*Fake

	options MastodonOptions
	apps    map[string]app    // by client id
	grants  map[string]grant  // by code
	tokens  map[string]string // token -> scopes
	owners  map[string]string // token -> client id, of those that were granted
}

// The one account.
const (
	mastodonAccount = "109283746509128374"
	socialAccount   = "01HACC0VNTKLARTEXT00000000"
	mastodonName    = "klartext"
)

// keyLife is how long Mastodon remembers a key.
const keyLife = time.Hour

// NewMastodon makes a server; Start or Listen puts it on the net.
func NewMastodon(options MastodonOptions) *Mastodon {
	options.Kind = cmp.Or(options.Kind, MastodonKind)
	options.Token = cmp.Or(options.Token, "fake-mastodon-token")
	options.Scopes = cmp.Or(options.Scopes, "read write")
	if options.ReadOnly {
		options.Scopes = "read"
	}
	limit := 500
	if options.Kind == GoToSocial {
		limit = 5000
	}
	options.Limit = cmp.Or(options.Limit, limit)
	m := &Mastodon{
		Fake: newFake(options.Now), options: options,
		apps: map[string]app{}, grants: map[string]grant{}, tokens: map[string]string{options.Token: options.Scopes},
		owners: map[string]string{},
	}
	m.refusal = m.refuse
	m.address = func(id string) string { return m.URL + "/@account/" + id }
	m.reference = "X-Request-Id"
	m.limits = limits{prefix: "X-RateLimit-", form: isoMicro, usual: quota{300, 5 * time.Minute}, quotas: map[Route]quota{
		Publish: {300, 3 * time.Hour}, Upload: {30, 30 * time.Minute}, Withdraw: {30, 30 * time.Minute},
	}}
	if options.Kind == GoToSocial {
		m.limits.form, m.limits.quotas, m.name = unixSeconds, nil, ulid
	}
	m.routes()
	return m
}

// Token is the access token that the server takes.
func (m *Mastodon) Token() string { return m.options.Token }

// AccountID is the id of the account.
func (m *Mastodon) AccountID() string {
	if m.options.Kind == GoToSocial {
		return socialAccount
	}
	return mastodonAccount
}

func isoMicro(at time.Time) string { return at.Format("2006-01-02T15:04:05.000000Z") }

func (m *Mastodon) routes() {
	m.serve("POST /api/v1/statuses", Publish, m.post)
	m.serve("GET /api/v1/accounts/verify_credentials", Check, m.me)
	m.serve("GET /api/v1/accounts/{id}/statuses", Look, m.list)
	m.serve("GET /api/v1/statuses/{id}", Read, m.read)
	m.serve("PUT /api/v1/statuses/{id}", Edit, m.change)
	m.serve("DELETE /api/v1/statuses/{id}", Withdraw, m.remove)
	m.serve("GET /api/v1/statuses/{id}/source", Read, m.source)
	m.serve("POST /api/v2/media", Upload, m.upload)
	m.serve("GET /api/v1/media/{id}", Upload, m.picture)
	m.serve("PUT /api/v1/media/{id}", Upload, m.describe)
	m.open("GET /api/v2/instance", m.instance2)
	m.open("GET /api/v1/instance", m.instance1)
	m.open("GET /.well-known/nodeinfo", m.nodeinfoIndex)
	m.open("GET /nodeinfo/2.0", m.nodeinfo)
	m.signIn()
}

// serve adds a route that needs the token.
func (m *Mastodon) serve(pattern string, route Route, do func(*http.Request, call) reply) {
	m.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		m.act(w, r, route, r.Header.Get("Idempotency-Key"), func(c call) reply {
			token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			scopes, known := m.tokens[token]
			switch {
			case !known:
				return m.refuse(http.StatusUnauthorized)
			case !allows(scopes, needed(r.Method, route)):
				return failed(http.StatusForbidden, "This action is outside the authorized scopes")
			case m.exhausted(route):
				return m.refuse(http.StatusTooManyRequests)
			}
			return do(r, c)
		})
	})
}

// needed is the right that a call needs.
func needed(method string, route Route) string {
	switch {
	case route == Check:
		return "read:accounts"
	case route == Upload:
		return "write:media"
	case method == http.MethodGet:
		return "read:statuses"
	}
	return "write:statuses"
}

// allows: a wide right holds the narrow ones.
func allows(scopes, need string) bool {
	wide, _, _ := strings.Cut(need, ":")
	return slices.ContainsFunc(strings.Fields(scopes), func(s string) bool { return s == need || s == wide })
}

// open adds a route that anyone may call.
func (m *Mastodon) open(pattern string, do func() any) {
	m.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		m.act(w, r, Check, "", func(call) reply { return reply{http.StatusOK, nil, do()} })
	})
}

type mastodonError struct {
	Error string `json:"error"`
}

func failed(status int, said string) reply { return reply{status, nil, mastodonError{said}} }

// refuse has the server's usual words for a status.
func (m *Mastodon) refuse(status int) reply {
	said := map[int]string{
		http.StatusUnauthorized:        "The access token is invalid",
		http.StatusForbidden:           "This action is not allowed",
		http.StatusNotFound:            "Record not found",
		http.StatusUnprocessableEntity: "Validation failed: Text can't be blank",
		http.StatusTooManyRequests:     "Too many requests",
		http.StatusInternalServerError: "We're sorry, but something went wrong on our end.",
	}[status]
	if m.options.Kind == GoToSocial || said == "" {
		said = http.StatusText(status)
	}
	return failed(status, said)
}
