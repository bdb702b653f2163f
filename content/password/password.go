// Package password hashes passwords with argon2id and knows which ones
// attackers try first. It does not know users, logins or how often somebody may try.
package password

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"

	"klartext/content"
)

// waiting is how many may wait for a hash; with 0.3 s each, nobody waits longer than a login should take.
const waiting = 32

// params cost 64 MiB and about 0.2 s on a small server; OWASP asks for at
// least 19 MiB and two passes.
func params() *argon2id.Params {
	return &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}
}

// Hasher implements content.Passwords. It makes at most one hash for each core
// at once, because each takes 64 MiB.
type Hasher struct {
	params  *argon2id.Params
	running chan struct{}
	queue   chan struct{}
	dummy   string
}

// dummy is compared where there is no account. It costs what params cost, so that it takes the same time.
const dummy = "$argon2id$v=19$m=65536,t=3,p=2$HaIwozw79R55P/ijzsXcmA$UVp++PFkYZk/mKx55ZCWpUj34cy8axaHP59j4OyqsDA"

// New makes a Hasher.
func New() *Hasher { return newHasher(params(), runtime.NumCPU(), dummy) }

func newHasher(p *argon2id.Params, atOnce int, dummy string) *Hasher {
	return &Hasher{params: p, running: make(chan struct{}, atOnce), queue: make(chan struct{}, atOnce+waiting), dummy: dummy}
}

// Hash makes the string that is stored; it carries its own salt and cost. It
// answers Unavailable where too many wait already.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	hash, err := argon2id.CreateHash(password, h.params)
	if err != nil {
		return "", fmt.Errorf("argon2id: %w", err)
	}
	return hash, nil
}

// Verify tells whether the password fits. An empty hash costs the same time
// and never fits, so that nobody can find out which accounts exist. It answers
// Unavailable where too many wait already.
func (h *Hasher) Verify(ctx context.Context, password, hash string) (bool, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	against := hash
	if hash == "" {
		against = h.dummy
	}
	fits, err := argon2id.ComparePasswordAndHash(password, against)
	if err != nil {
		return false, fmt.Errorf("compare with a stored hash: %w", err)
	}
	return fits && hash != "", nil
}

// Outdated tells whether a stored hash is weaker than what Hash makes now, so
// that the next login may replace it.
func (h *Hasher) Outdated(hash string) bool {
	p, _, _, err := argon2id.DecodeHash(hash)
	return err == nil && (p.Memory < h.params.Memory || p.Iterations < h.params.Iterations || p.KeyLength < h.params.KeyLength)
}

// Common tells whether attackers try this password first.
func (h *Hasher) Common(password string) bool { return common(password) }

// turn waits for a place; the returned function gives it back.
func (h *Hasher) turn(ctx context.Context) (func(), error) {
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, content.Fail(content.Unavailable, content.CodeBusy, nil)
	}
	select {
	case h.running <- struct{}{}:
		return func() { <-h.running; <-h.queue }, nil
	case <-ctx.Done():
		<-h.queue
		return nil, &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: errors.Join(errors.New("wait for a turn to hash"), ctx.Err())}
	}
}
