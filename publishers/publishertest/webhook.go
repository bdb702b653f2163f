package publishertest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Webhook is a receiver of Standard Webhooks that takes each message once.
type Webhook struct {
	*Fake

	secret string
}

// webhookWindow is how old a message may be.
const webhookWindow = 5 * time.Minute

// NewWebhook makes a receiver; Start or Listen puts it on the net. secret is
// whsec_ and base64, "" for one that is always the same.
func NewWebhook(secret string) *Webhook {
	if secret == "" {
		secret = "whsec_" + base64.StdEncoding.EncodeToString([]byte("a secret that is none at all"))
	}
	h := &Webhook{Fake: newFake(nil), secret: secret}
	h.refusal = func(status int) reply { return h.say(status, http.StatusText(status)) }
	h.mux.HandleFunc("POST /hook", func(w http.ResponseWriter, r *http.Request) {
		h.act(w, r, Publish, r.Header.Get("Webhook-Id"), func(c call) reply { return h.receive(r, c) })
	})
	return h
}

// Secret is what messages must be signed with.
func (h *Webhook) Secret() string { return h.secret }

// Address is where messages go to.
func (h *Webhook) Address() string { return h.URL + "/hook" }

// Arrivals counts how often a message came in with a good signature.
func (h *Webhook) Arrivals(id string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := h.find(withID(id)); i >= 0 {
		return h.held[i].Arrivals
	}
	return 0
}

func (h *Webhook) say(status int, said string) reply {
	return reply{status, map[string]string{"Content-Type": "text/plain; charset=utf-8"}, said}
}

func (h *Webhook) receive(r *http.Request, c call) reply {
	if why := h.distrusts(r, c); why != "" {
		return h.say(http.StatusUnauthorized, why)
	}
	if i := h.find(withID(c.key)); i >= 0 && c.mood.Act != Forget {
		h.held[i].Arrivals++
		if c.mood.Act == Replay {
			return h.refusal(http.StatusInternalServerError)
		}
		return reply{status: http.StatusNoContent}
	}
	var message struct {
		Type string
		Data struct {
			Lang, Text, Permalink string
			Warning               string `json:"content_warning"`
		}
	}
	if err := json.Unmarshal(c.body, &message); err != nil || message.Type == "" {
		return h.say(http.StatusBadRequest, "the body is not a message of Standard Webhooks")
	}
	if c.mood.Act != Drop {
		h.hold(Held{
			ID: c.key, Text: message.Data.Text, Link: message.Data.Permalink, Warning: message.Data.Warning,
			Lang: message.Data.Lang, URL: "/#" + c.key,
		})
	}
	return reply{status: http.StatusNoContent}
}

// distrusts says why a message is not taken, "" where it is.
func (h *Webhook) distrusts(r *http.Request, c call) string {
	seconds, err := strconv.ParseInt(r.Header.Get("Webhook-Timestamp"), 10, 64)
	switch {
	case c.key == "" || strings.Contains(c.key, "."):
		return "webhook-id is missing, or has a full stop"
	case err != nil:
		return "webhook-timestamp is no number"
	case h.Now().Sub(time.Unix(seconds, 0)).Abs() > webhookWindow:
		return "webhook-timestamp is too far from now"
	case !h.signed(r.Header.Get("Webhook-Signature"), fmt.Sprintf("%s.%d.%s", c.key, seconds, c.body)):
		return "no signature fits"
	}
	return ""
}

func (h *Webhook) signed(signatures, content string) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(h.secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(content)) // a hash never fails
	right := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for given := range strings.FieldsSeq(signatures) {
		if hmac.Equal([]byte(given), []byte(right)) {
			return true
		}
	}
	return false
}
