package publishertest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// example is a request that a specification signs step by step.
type example struct {
	name, method, target, body, authorization string
	apiSecret, accessSecret, want             string
}

func examples() []example {
	return []example{
		{
			name: "X's documentation", method: http.MethodPost,
			target: "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
			body:   "status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21",
			authorization: `OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", ` +
				`oauth_signature_method="HMAC-SHA1", oauth_timestamp="1318622958", oauth_version="1.0", ` +
				`oauth_token="370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"`,
			apiSecret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", accessSecret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
			want: "hCtSmYh+iHYCEqBWrE7C7hYmtUk=",
		},
		{
			name: "RFC 5849, 1.2", method: http.MethodGet,
			target: "http://photos.example.net/photos?file=vacation.jpg&size=original",
			authorization: `OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ` +
				`oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ` +
				`oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"`,
			apiSecret: "kd94hf93k423kf44", accessSecret: "pfkkdhi9sl3r4s00", want: "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
		},
	}
}

func (e example) request() *http.Request {
	r := httptest.NewRequest(e.method, e.target, strings.NewReader(e.body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", e.authorization)
	return r
}

func TestSignatureOfKnownRequests(t *testing.T) {
	for _, e := range examples() {
		r := e.request()
		list, err := requestPairs(r, []byte(e.body), signedParameters(e.authorization))
		if err != nil {
			t.Fatal(err)
		}
		if got := signature(e.method, address(r), list, e.apiSecret, e.accessSecret); got != e.want {
			t.Errorf("%s: signature = %q, want %q", e.name, got, e.want)
		}
	}
}

func TestAuthenticTakesARequestOnceAndInTime(t *testing.T) {
	e := examples()[1]
	signed := time.Unix(137131202, 0)
	for _, c := range []struct {
		name string
		now  time.Time
		bend func(*http.Request)
		want bool
	}{
		{"as it should be", signed, nil, true},
		{"five minutes late", signed.Add(oauthWindow), nil, true},
		{"too late", signed.Add(oauthWindow + time.Second), nil, false},
		{"too early", signed.Add(-oauthWindow - time.Second), nil, false},
		{"another query", signed, func(r *http.Request) { r.URL.RawQuery += "&x=1" }, false},
		{"another method", signed, func(r *http.Request) { r.Method = http.MethodPost }, false},
		{"another host", signed, func(r *http.Request) { r.Host = "photos.example.org" }, false},
		{"no signature", signed, func(r *http.Request) { r.Header.Del("Authorization") }, false},
		{"a bearer token", signed, func(r *http.Request) { r.Header.Set("Authorization", "Bearer nnch734d00sl2jdk") }, false},
		{"another account", signed, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "nnch734d00sl2jdk", "other", 1))
		}, false},
	} {
		x := NewX(XOptions{
			APIKey: "dpf43f3p2l4k3l03", APISecret: e.apiSecret, AccessToken: "nnch734d00sl2jdk", AccessSecret: e.accessSecret,
			Now: func() time.Time { return c.now },
		})
		r := e.request()
		if c.bend != nil {
			c.bend(r)
		}
		if got := x.authentic(r, nil); got != c.want {
			t.Errorf("%s: authentic = %v, want %v", c.name, got, c.want)
		}
		if x.authentic(r, nil) {
			t.Errorf("%s: the same request is authentic a second time", c.name)
		}
	}
}
