package public

import (
	"strconv"
	"sync"
	"time"

	"klartext/content"
)

// How much readers may say in an hour: from one place, of one version, and all together.
const (
	questionsOfOne = 5
	votesOfOne     = 40
	votesOnVersion = 3
	questionsOfAll = 300
	votesOfAll     = 5000
)

// gate counts what comes in, in memory only and for the running hour. Places are
// the names of web.Origins: nothing here leads back to an address.
type gate struct {
	mu     sync.Mutex
	hour   int64
	counts map[string]int
}

// pass counts one more under each name, or refuses where one of them is used up.
func (g *gate) pass(now time.Time, limits map[string]int) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if hour := now.Unix() / 3600; g.hour != hour || g.counts == nil {
		g.hour, g.counts = hour, map[string]int{}
	}
	for name, limit := range limits {
		if g.counts[name] >= limit {
			return content.Fail(content.Unavailable, content.CodeVoicesSlow, nil)
		}
	}
	for name := range limits {
		g.counts[name]++
	}
	return nil
}

// Sealer encrypts and opens again, so that a form can carry what only this site can have written.
type Sealer interface {
	Seal(secret []byte, place string) (string, error)
	Open(sealed, place string) ([]byte, error)
}

// How long a form must be on the page before anybody can have filled it in, and for how long it may be.
const (
	formAtLeast = 3 * time.Second
	formAtMost  = 12 * time.Hour
	formPlace   = "reader form"
)

// stampForm is a token that says when the form was shown.
func (h *Handlers) stampForm() (string, error) {
	return h.deps.Forms.Seal([]byte(strconv.FormatInt(h.deps.Now().UnixMilli(), 10)), formPlace)
}

// checkForm reads the token again. It refuses what was sent faster than people write, and what is too old or none of ours.
func (h *Handlers) checkForm(token string) error {
	raw, err := h.deps.Forms.Open(token, formPlace)
	if err != nil {
		return content.Fail(content.Invalid, content.CodeFormOld, nil)
	}
	shown, err := strconv.ParseInt(string(raw), 10, 64)
	age := h.deps.Now().Sub(time.UnixMilli(shown))
	switch {
	case err != nil || age > formAtMost || age < 0:
		return content.Fail(content.Invalid, content.CodeFormOld, nil)
	case age < formAtLeast:
		return content.Fail(content.Invalid, content.CodeFormFast, nil)
	}
	return nil
}
