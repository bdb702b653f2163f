package admin

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// freshness proves for a quarter of an hour that a session began with a one-time
// link, so that whoever forgot their password may set one. The key lives as long as the process.
type freshness struct{ key [32]byte }

const freshLife = 15 * time.Minute

func newFreshness() *freshness {
	f := &freshness{}
	_, _ = rand.Read(f.key[:]) // crypto/rand never fails since Go 1.24
	return f
}

func (f *freshness) proof(session string, now time.Time) string {
	return f.sign(session, now.Add(freshLife).Unix())
}

func (f *freshness) sign(session string, ends int64) string {
	mac := hmac.New(sha256.New, f.key[:])
	mac.Write(fmt.Appendf(nil, "%d %s", ends, session))
	return strconv.FormatInt(ends, 36) + "-" + hex.EncodeToString(mac.Sum(nil))
}

func (f *freshness) holds(proof, session string, now time.Time) bool {
	head, _, _ := strings.Cut(proof, "-")
	ends, err := strconv.ParseInt(head, 36, 64)
	return err == nil && session != "" && now.Unix() < ends && hmac.Equal([]byte(proof), []byte(f.sign(session, ends)))
}
