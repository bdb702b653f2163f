package publishertest

import (
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// XOptions say what a fake X is like. Zero values take the defaults.
type XOptions struct {
	APIKey, APISecret, AccessToken, AccessSecret string // "fake-api-key" and so on

	ClientID     string // "fake-client-id"
	ClientSecret string // "" for a public client

	AllowV11 bool             // the account's contract still grants API v1.1
	Now      func() time.Time // time.Now
}

// X is the network with one account, "klartext".
type X struct {
	*Fake

	keys   keys
	allow  bool
	nonces map[string]bool
	client xClient
}

// The one account.
const (
	xAccount = "1729384756102938475"
	xName    = "klartext"
)

// NewX makes the network; Start or Listen puts it on the net.
func NewX(options XOptions) *X {
	x := &X{Fake: newFake(options.Now), allow: options.AllowV11, nonces: map[string]bool{}, client: newXClient(options), keys: keys{
		api: cmp.Or(options.APIKey, "fake-api-key"), apiSecret: cmp.Or(options.APISecret, "fake-api-secret"),
		access: cmp.Or(options.AccessToken, "fake-access-token"), accessSecret: cmp.Or(options.AccessSecret, "fake-access-secret"),
	}}
	x.refusal = refuseX
	x.address = func(id string) string { return x.URL + "/i/web/status/" + id }
	x.reference = "x-transaction-id"
	quarter := 15 * time.Minute
	x.limits = limits{prefix: "x-rate-limit-", form: unixSeconds, usual: quota{300, quarter}, quotas: map[Route]quota{
		Publish: {100, quarter}, Upload: {500, quarter}, Withdraw: {50, quarter},
	}}
	x.serve("POST /2/tweets", Publish, x.post)
	x.serve("GET /2/tweets/{id}", Read, x.one)
	x.serve("DELETE /2/tweets/{id}", Withdraw, x.remove)
	x.serve("POST /2/media/upload", Upload, x.upload)
	x.serve("GET /2/media/upload", Upload, x.progress)
	x.serve("POST /2/media/metadata", Upload, x.describe)
	x.serve("GET /2/users/me", Check, x.me)
	x.serve("GET /2/users/{id}/tweets", Look, x.list)
	x.serve("POST /1.1/statuses/update.json", Publish, x.v11(x.post11))
	x.serve("GET /1.1/account/verify_credentials.json", Check, x.v11(x.me11))
	x.serve("GET /1.1/statuses/user_timeline.json", Look, x.v11(x.list11))
	x.signIn()
	return x
}

func unixSeconds(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// Keys are the API key and secret and the access token and secret that the network takes.
func (x *X) Keys() (apiKey, apiSecret, accessToken, accessSecret string) {
	return x.keys.api, x.keys.apiSecret, x.keys.access, x.keys.accessSecret
}

// AccountID is the id of the account.
func (x *X) AccountID() string { return xAccount }

// serve adds a route that takes signed requests only. An Idempotency-Key is
// written down and otherwise ignored.
func (x *X) serve(pattern string, route Route, do func(*http.Request, call) reply) {
	x.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		x.act(w, r, route, r.Header.Get("Idempotency-Key"), func(c call) reply {
			switch {
			case !x.authentic(r, c.body) && !x.granted(r, route):
				return refuseX(http.StatusUnauthorized)
			case x.exhausted(route):
				return refuseX(http.StatusTooManyRequests)
			}
			return do(r, c)
		})
	})
}

// problem is how X says what is wrong.
type problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Type   string `json:"type"`
	Status int    `json:"status,omitempty"`
	Errors []any  `json:"errors,omitempty"`
}

const problemURL = "https://api.twitter.com/2/problems/"

func (p problem) reply(status int) reply {
	return reply{status, map[string]string{"Content-Type": problemType}, p}
}

// blank is a problem without a type of its own.
func blank(status int, detail string) reply {
	return problem{Title: http.StatusText(status), Detail: detail, Type: "about:blank", Status: status}.reply(status)
}

// refuseX has X's usual words for a status.
func refuseX(status int) reply {
	switch status {
	case http.StatusBadRequest:
		return invalid("One or more parameters to your request was invalid.")
	case http.StatusForbidden:
		return blank(status, "You are not permitted to perform this action.")
	}
	return blank(status, http.StatusText(status))
}

// invalid refuses a request that is not formed as it must be.
func invalid(message string) reply {
	return problem{
		Title: "Invalid Request", Detail: "One or more parameters to your request was invalid.", Type: problemURL + "invalid-request",
		Errors: []any{object{"message": message, "parameters": object{}}},
	}.reply(http.StatusBadRequest)
}

// xRefusals are moods that only X has.
func xRefusals() []Mood {
	return []Mood{
		says("402", http.StatusPaymentRequired, problemType, `{"title":"CreditsDepleted","detail":"Your enrolled account does not have any credits to fulfill this request.","type":"https://api.twitter.com/2/problems/credits-depleted","status":402}`),
		says("403 duplicate", http.StatusForbidden, problemType, text(duplicate().body)),
		says("403 client-forbidden", http.StatusForbidden, jsonType, `{"client_id":"1","detail":"When authenticating requests to the X API v2 endpoints, you must use keys and tokens from a developer App that is attached to a Project.","registration_url":"https://developer.x.com/","title":"Client Forbidden","required_enrollment":"Appropriate Level of API Access","reason":"client-not-enrolled","type":"https://api.twitter.com/2/problems/client-forbidden"}`),
		says("403 unsupported-authentication", http.StatusForbidden, problemType, `{"title":"Unsupported Authentication","detail":"Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].","type":"https://api.x.com/2/problems/unsupported-authentication","status":403}`),
		says("403 not permitted", http.StatusForbidden, problemType, text(refuseX(http.StatusForbidden).body)),
		says("403 suspended", http.StatusForbidden, problemType, `{"title":"Forbidden","status":403,"detail":"Your account is suspended and is not permitted to access this feature.","type":"about:blank"}`),
		says("429 code 88", http.StatusTooManyRequests, jsonType, `{"errors":[{"message":"Rate limit exceeded","code":88}]}`),
		says("429 rate-limit-exceeded", http.StatusTooManyRequests, problemType, `{"title":"Rate Limit Exceeded","detail":"Rate limit exceeded","type":"https://api.x.com/2/problems/rate-limit-exceeded","status":429}`),
		says("429 usage-capped", http.StatusTooManyRequests, problemType, `{"account_id":1,"product_name":"standard-basic","title":"UsageCapExceeded","period":"Monthly","scope":"Product","detail":"Usage cap exceeded: Monthly product cap","type":"https://api.twitter.com/2/problems/usage-capped"}`),
		says("453", http.StatusForbidden, jsonType, text(noV11().body)),
		own("503 problem", http.StatusServiceUnavailable),
		stored(says("403 duplicate after storing", http.StatusForbidden, problemType, text(duplicate().body))),
	}
}

func duplicate() reply {
	return blank(http.StatusForbidden, "You are not allowed to create a Tweet with duplicate content.")
}
