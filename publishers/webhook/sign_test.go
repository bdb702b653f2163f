package webhook

import (
	"strings"
	"testing"
	"time"
)

// The example of the Standard Webhooks specification.
func TestSign(t *testing.T) {
	key, err := Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
}

func TestKeyRefuses(t *testing.T) {
	for _, secret := range []string{"", "whsec_", "whsec_short", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!", "whsec_" + strings.Repeat("A", 200)} {
		if _, err := Key(secret); err == nil {
			t.Errorf("Key(%q) was taken", secret)
		} else if secret != "" && strings.Contains(err.Error(), "MfKQ") {
			t.Errorf("the error quotes the secret")
		}
	}
}
