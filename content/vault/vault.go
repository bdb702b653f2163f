// Package vault encrypts credentials before they are stored: AES-256-GCM under
// a ring of keys, the newest of which encrypts while all decrypt. It knows
// nothing of what the secrets are for.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
)

// version begins every sealed text, so that another format can follow.
const version = "v1"

// nonceSize is what cipher.NewGCMWithRandomNonce puts before the ciphertext.
const nonceSize = 12

// Vault seals and opens secrets. One that was loaded from a file follows it, so
// that a rotation beside a running server is no reason to start it again.
type Vault struct {
	ring atomic.Pointer[ring]
	path string // of the key file, "" where the keys come from elsewhere
}

// ring is a set of keys; it never changes.
type ring struct {
	ids  []string // newest first
	keys map[string]cipher.AEAD
}

// ErrForged says that a sealed text was changed, or was sealed for another place.
var ErrForged = errors.New("the sealed text does not belong here or was changed")

// MissingKeyError says that a secret was sealed with a key that is not in the ring.
type MissingKeyError struct{ ID string }

// Error names the key.
func (m *MissingKeyError) Error() string {
	return fmt.Sprintf("the key %q is missing from the key file; put the line that begins with it back", m.ID)
}

func newVault(keys []key) (*Vault, error) {
	r := &ring{keys: map[string]cipher.AEAD{}}
	for _, k := range keys {
		block, err := aes.NewCipher(k.secret)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", k.id, err)
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", k.id, err)
		}
		r.ids, r.keys[k.id] = append(r.ids, k.id), aead
	}
	v := &Vault{}
	v.ring.Store(r)
	return v, nil
}

// follow reads the key file again. Where that fails the keys known so far must do.
func (v *Vault) follow() *ring {
	if v.path != "" {
		if now, err := read(v.path); err == nil {
			v.ring.Store(now.ring.Load())
		}
	}
	return v.ring.Load()
}

// Seal encrypts a secret for one place, such as "channels|ID|settings". The
// answer reads v1:KEY-ID:NONCE:CIPHERTEXT, the last two in unpadded URL-safe base64.
func (v *Vault) Seal(secret []byte, place string) (string, error) {
	r := v.follow() // a key that was replaced encrypts nothing more
	id := r.ids[0]
	sealed := r.keys[id].Seal(nil, nil, secret, []byte(place)) //nolint:gosec // this mode makes a random nonce itself
	return strings.Join([]string{version, id, text(sealed[:nonceSize]), text(sealed[nonceSize:])}, ":"), nil
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Open decrypts what Seal made for the same place. It answers a
// *MissingKeyError or ErrForged; neither names the secret.
func (v *Vault) Open(sealed, place string) ([]byte, error) {
	id, body, err := parse(sealed)
	if err != nil {
		return nil, err
	}
	aead, ok := v.ring.Load().keys[id]
	if !ok {
		aead, ok = v.follow().keys[id]
	}
	if !ok {
		return nil, &MissingKeyError{ID: id}
	}
	secret, err := aead.Open(nil, nil, body, []byte(place))
	if err != nil {
		return nil, ErrForged
	}
	return secret, nil
}

func parse(sealed string) (id string, body []byte, err error) {
	parts := strings.Split(sealed, ":")
	if len(parts) != 4 || parts[0] != version {
		return "", nil, fmt.Errorf("a sealed text has four parts and begins with %s: %w", version, ErrForged)
	}
	for _, part := range parts[2:] {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil {
			return "", nil, fmt.Errorf("decode a sealed text: %w", errors.Join(ErrForged, err))
		}
		body = append(body, raw...)
	}
	return parts[1], body, nil
}

// KeyOf is the id of the key that sealed a text; rotation asks for it.
func KeyOf(sealed string) (string, error) {
	id, _, err := parse(sealed)
	return id, err
}

// Newest is the id of the key that encrypts.
func (v *Vault) Newest() string { return v.ring.Load().ids[0] }

// Check tells whether every one of these sealed texts can be opened by a key of
// the ring: a start must refuse where one is missing, before anything is written over.
func (v *Vault) Check(sealed []string) error {
	for _, s := range sealed {
		if s == "" {
			continue
		}
		id, err := KeyOf(s)
		if err != nil {
			return err
		}
		if _, ok := v.ring.Load().keys[id]; !ok {
			return &MissingKeyError{ID: id}
		}
	}
	return nil
}
