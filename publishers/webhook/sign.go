package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
)

// prefix begins every secret, so that it is recognised in a leak.
const prefix = "whsec_"

// Sizes of a key, in bytes, as the specification asks.
const (
	minKey = 24
	maxKey = 64
)

var errKey = errors.New("a secret is whsec_ and 24 to 64 bytes in base64")

// Key reads a secret; errors never quote it.
func Key(secret string) ([]byte, error) {
	encoded, ok := strings.CutPrefix(strings.TrimSpace(secret), prefix)
	if !ok {
		return nil, errKey
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(key) < minKey || len(key) > maxKey {
		return nil, errKey
	}
	return key, nil
}

// Sign signs id, time and body.
func Sign(key []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%d.%s", id, at.Unix(), body) // a hash never fails
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
