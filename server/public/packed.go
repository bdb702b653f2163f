package public

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"sync"
)

// packed is a compressed body. What all pages begin with, the style sheet above
// all, is two thirds of a compressed page and is kept once for all of them:
// an encoder that is flushed after the same bytes has written the same bytes.
type packed struct {
	head []byte // shared with other pages, nil where nothing is
	rest []byte // the page's own
}

func (p packed) whole() []byte {
	if len(p.head) == 0 {
		return p.rest
	}
	return slices.Concat(p.head, p.rest)
}

// etag is strong: it names exactly these bytes.
func (p packed) etag() string {
	sum := sha256.New()
	_, _ = sum.Write(p.head)
	_, _ = sum.Write(p.rest)
	return `"` + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// pack compresses a body and shares its head with others.
func (p *packer) pack(body []byte, e encoding) (packed, error) {
	cut := 0
	if e == br { // the others are made for few readers, and only when they ask
		cut = headEnd(body)
	}
	out, at, err := p.compress(body, e, cut)
	if err != nil || cut == 0 {
		return packed{rest: bytes.Clone(out)}, err // a buffer keeps up to twice of what it needs
	}
	if head, shared := p.heads.of(body[:cut], out[:at]); shared {
		return packed{head, bytes.Clone(out[at:])}, nil
	}
	return packed{rest: bytes.Clone(out)}, nil
}

// headEnd is where the style sheet of an HTML page ends, 0 where it has none near its beginning.
func headEnd(body []byte) int {
	const near, end = 1000, "</style>"
	if open := bytes.Index(body[:min(len(body), near)], []byte("<style>")); open > 0 {
		if i := bytes.Index(body[open:], []byte(end)); i > 0 {
			return open + i + len(end)
		}
	}
	return 0
}

// headShelf holds each head once. There is one for each language and look of the site.
type headShelf struct {
	mu    sync.Mutex
	heads map[[sha256.Size]byte][]byte
}

// manyHeads is how many are kept; more come only from a look that is changed again and again.
const manyHeads = 64

// of gives the bytes that are kept for a head, if they are the same.
func (s *headShelf) of(plain, out []byte) (kept []byte, same bool) {
	key := sha256.Sum256(plain)
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, there := s.heads[key]
	if !there {
		if s.heads == nil || len(s.heads) >= manyHeads {
			s.heads = map[[sha256.Size]byte][]byte{}
		}
		kept = bytes.Clone(out)
		s.heads[key] = kept
	}
	return kept, bytes.Equal(kept, out)
}
