package publishertest

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oauthWindow is how far a request's time may be from ours.
const oauthWindow = 5 * time.Minute

// keys are what a program and an account know each other by (OAuth 1.0a).
type keys struct {
	api, apiSecret, access, accessSecret string
}

// pair is one parameter of a request.
type pair struct{ name, value string }

// signedParameters reads the Authorization header; nil where it is none of OAuth 1.0a.
func signedParameters(header string) map[string]string {
	list, ok := strings.CutPrefix(header, "OAuth ")
	if !ok {
		return nil
	}
	parameters := map[string]string{}
	for part := range strings.SplitSeq(list, ",") {
		name, quoted, _ := strings.Cut(strings.TrimSpace(part), "=")
		value, err := url.PathUnescape(strings.Trim(quoted, `"`))
		if _, twice := parameters[name]; err != nil || twice {
			return nil
		}
		parameters[name] = value
	}
	return parameters
}

// requestPairs are all parameters that a signature covers: header, query, form.
func requestPairs(r *http.Request, body []byte, header map[string]string) ([]pair, error) {
	var list []pair
	for name, value := range header {
		if name != "realm" && name != "oauth_signature" {
			list = append(list, pair{name, value})
		}
	}
	sources := []string{r.URL.RawQuery}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		sources = append(sources, string(body))
	}
	for _, source := range sources {
		values, err := url.ParseQuery(source)
		if err != nil {
			return nil, err
		}
		for name, all := range values {
			for _, value := range all {
				list = append(list, pair{name, value})
			}
		}
	}
	return list, nil
}

// signature is the HMAC-SHA1 signature of RFC 5849 over a request.
func signature(method, address string, list []pair, apiSecret, accessSecret string) string {
	encoded := make([]string, 0, len(list))
	for _, p := range list {
		encoded = append(encoded, percent(p.name)+"\x00"+percent(p.value)) // sorts by name, then by value
	}
	slices.Sort(encoded)
	parameters := strings.ReplaceAll(strings.Join(encoded, "&"), "\x00", "=")
	base := strings.ToUpper(method) + "&" + percent(address) + "&" + percent(parameters)
	mac := hmac.New(sha1.New, []byte(percent(apiSecret)+"&"+percent(accessSecret)))
	_, _ = mac.Write([]byte(base)) // a hash never fails
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// percent encodes all but the unreserved letters, byte by byte.
func percent(s string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(s) {
		if strings.IndexByte(unreserved, s[i]) >= 0 {
			out.WriteByte(s[i])
			continue
		}
		out.Write([]byte{'%', hex[s[i]>>4], hex[s[i]&15]})
	}
	return out.String()
}

// address is the request's without query and usual port.
func address(r *http.Request) string {
	scheme, port := "http", ":80"
	if r.TLS != nil {
		scheme, port = "https", ":443"
	}
	return scheme + "://" + strings.TrimSuffix(strings.ToLower(r.Host), port) + r.URL.EscapedPath()
}

// authentic checks a request's signature, its time, and that it was not sent before.
func (x *X) authentic(r *http.Request, body []byte) bool {
	header := signedParameters(r.Header.Get("Authorization"))
	k := x.keys
	switch {
	case header == nil,
		header["oauth_signature_method"] != "HMAC-SHA1",
		header["oauth_version"] != "" && header["oauth_version"] != "1.0",
		header["oauth_consumer_key"] != k.api,
		header["oauth_token"] != k.access,
		header["oauth_nonce"] == "":
		return false
	}
	seconds, err := strconv.ParseInt(header["oauth_timestamp"], 10, 64)
	if err != nil || x.Now().Sub(time.Unix(seconds, 0)).Abs() > oauthWindow {
		return false
	}
	list, err := requestPairs(r, body, header)
	if err != nil {
		return false
	}
	right := signature(r.Method, address(r), list, k.apiSecret, k.accessSecret)
	if !hmac.Equal([]byte(right), []byte(header["oauth_signature"])) {
		return false
	}
	once := header["oauth_timestamp"] + " " + header["oauth_nonce"]
	if x.nonces[once] {
		return false
	}
	x.nonces[once] = true
	return true
}
