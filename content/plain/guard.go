package plain

import (
	"errors"
	"strings"
)

// Limits on what is given to the Markdown parser in one chunk. Its slowest
// inputs are quadratic in these signs; the page's renderer refuses them too.
const (
	maxChunk    = 64 << 10
	maxBrackets = 600
	maxSigns    = 4000 // of any other mark-up sign
	maxLines    = 3000
)

// guard refuses a chunk with mark-up that would keep the parser busy for long.
func guard(src string) error {
	if len(src) > maxChunk {
		return &InputError{Code: "too_complex", Limit: maxChunk, Found: len(src)}
	}
	if n := strings.Count(src, "["); n > maxBrackets {
		return &InputError{Code: "too_many_brackets", Limit: maxBrackets, Found: n}
	}
	signs := 0
	for i := range len(src) {
		if markup[src[i]] {
			signs++
		}
	}
	if signs > maxSigns {
		return &InputError{Code: "too_complex", Limit: maxSigns, Found: signs}
	}
	if n := strings.Count(src, "\n"); n > maxLines {
		return &InputError{Code: "too_complex", Limit: maxLines, Found: n}
	}
	return nil
}

// maxWork bounds the sum of what all chunks with mark-up may cost, in bytes
// times signs: the limit per chunk alone would let a long text take minutes.
const maxWork = 1 << 30

// guardAll refuses a text whose chunks together would keep the parser busy.
func guardAll(src string, chunks []chunk) error {
	work := 0
	for _, ch := range chunks {
		if ch.code {
			continue
		}
		signs := 0
		for i := ch.start; i < ch.end; i++ {
			if markup[src[i]] {
				signs++
			}
		}
		if work += signs * (ch.end - ch.start); work > maxWork {
			return &InputError{Code: "too_complex", Limit: maxWork, Found: work, Offset: ch.start}
		}
	}
	return nil
}

// placed adds the place of a chunk to the error about it.
func placed(err error, start int) error {
	if in, ok := errors.AsType[*InputError](err); ok {
		return &InputError{Code: in.Code, Limit: in.Limit, Found: in.Found, Offset: start + in.Offset}
	}
	return err
}
