package content

import (
	"context"
	"encoding/json"
	"time"
)

// Consenter is a Network where an account can be connected by its owner's
// consent in a browser (OAuth), besides settings that are typed.
type Consenter interface {
	// ConsentFields describes what must be typed before the owner is asked.
	ConsentFields() []SettingField
	// BeginConsent prepares the question, registering the program with the server where that is needed, and answers
	// the page of the network where the owner is asked, and what FinishConsent needs again. Kept may hold secrets.
	BeginConsent(ctx context.Context, c Consent) (page string, kept json.RawMessage, err error)
	// FinishConsent exchanges the code that the network sent the browser back with for the settings of a channel.
	FinishConsent(ctx context.Context, c Consent, code string) (json.RawMessage, error)
}

// Consent is one question to the owner of an account.
type Consent struct {
	Typed    json.RawMessage // an object of strings, by the names of ConsentFields
	Redirect string          // where the network sends the browser back to
	State    string          // comes back with the browser; says that the answer belongs to the question
	Verifier string          // of PKCE (RFC 7636)
	Kept     json.RawMessage // what BeginConsent answered; nil before
	Issuer   string          // "iss" of the answer (RFC 9207); "" where none came
}

// Revoker is a Network that can end credentials when their channel is disconnected.
type Revoker interface {
	// Revoke makes the credentials useless. It answers nil where they were so already.
	Revoke(ctx context.Context, settings json.RawMessage) error
}

// Renewer is a Network whose credentials end and can be renewed.
type Renewer interface {
	// Expires is when the credentials end; zero where they do not, so that nothing is to be renewed.
	Expires(settings json.RawMessage) time.Time
	// Renew gets new settings. The old ones may be worthless after it, so the new ones are stored before they are used.
	Renew(ctx context.Context, settings json.RawMessage, now time.Time) (json.RawMessage, error)
}

// Pace is how fast a channel sends: Burst posts at once, then one each Every.
type Pace struct {
	Burst int
	Every time.Duration
}
