package publishertest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// The example of the Standard Webhooks specification.
func TestWebhookSignatureOfTheSpecification(t *testing.T) {
	h := NewWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	content := `msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}`
	if !h.signed("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", content) {
		t.Error("the example's signature is refused")
	}
	if h.signed("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", content+" ") {
		t.Error("a changed body is taken")
	}
}

func (h *Webhook) deliver(t *testing.T, id string, at time.Time, body string) answer {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(h.Secret()[len("whsec_"):])
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%d.%s", id, at.Unix(), body)
	r := mustRequest(t, http.MethodPost, h.Address(), "application/json", body)
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", fmt.Sprint(at.Unix()))
	r.Header.Set("Webhook-Signature", "v1,AAAA v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return do(r)
}

func TestWebhookTakesAMessageOnce(t *testing.T) {
	clock := newClock()
	h := NewWebhook("")
	h.Now = clock.now
	h.Start(t)
	message := `{"type":"change.announced","timestamp":"2026-11-23T16:02:03Z","data":{"lang":"de","text":"Neu","permalink":"https://example.com/de/1"}}`
	for range 3 {
		if a := h.deliver(t, "msg_1", clock.at, message); a.status != 204 {
			t.Fatalf("a good message: %d %s", a.status, a.body)
		}
	}
	if h.Copies("https://example.com/de/1") != 1 || h.Copies("Neu") != 1 || h.Arrivals("msg_1") != 3 {
		t.Errorf("%d copies, %d arrivals", h.Copies("Neu"), h.Arrivals("msg_1"))
	}
	if a := h.deliver(t, "msg_2", clock.at.Add(-6*time.Minute), message); a.status != 401 {
		t.Errorf("an old message: %d", a.status)
	}
	if a := h.deliver(t, "msg_3", clock.at, "{}"); a.status != 400 {
		t.Errorf("not a message: %d", a.status)
	}
}
