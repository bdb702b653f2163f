package content

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// A server that sends back what it got must not bring a token onto a page or into the log.
func TestAnEchoOfASecretIsHidden(t *testing.T) {
	fields := []SettingField{{Name: "server"}, {Name: "token", Secret: true}, {Name: "short", Secret: true}}
	settings := json.RawMessage(`{"server":"social.example","token":"canary-token","short":"ab"}`)
	for name, err := range map[string]error{
		"its words": Fail(Invalid, CodeNetworkSaid, Args{"Said": "bad canary-token", "Status": 400}),
		"late":      Fail(Invalid, CodeNetworkSaid, Args{"Said": strings.Repeat("x", 200) + "canary-token"}),
		"a field":   &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{Field: "x", Code: CodeNetworkSaid, Args: Args{"Said": "canary-token"}}}},
		"the cause": &Error{Kind: Unavailable, Code: CodeServerUnreachable, Err: errors.New("get https://social.example/?t=canary-token")},
		"another":   fmt.Errorf("decode: %w", errors.New("canary-token")),
	} {
		got := withoutSecrets(err, fields, settings)
		if strings.Contains(fmt.Sprintf("%v %+v", got, got), "canary") || KindOf(got) != KindOf(err) {
			t.Errorf("%s: %v", name, got)
		}
	}
	cause := errors.New("no secret, though social.example and ab")
	plain := &Error{Kind: Invalid, Code: CodeNetworkSaid, Args: Args{"Said": "social.example about ab"}, Err: cause}
	if got := withoutSecrets(plain, fields, settings); got.Error() != plain.Error() || !errors.Is(got, cause) {
		t.Errorf("without a secret: %v", got)
	}
}
