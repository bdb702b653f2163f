package content

import "time"

// KeyedRequest is a request that its sender marked with a key, so that sending it twice does it once.
type KeyedRequest struct {
	Actor string // id of the user who sent it; the keys of two people never meet
	Key   string
	Hash  string // SHA-256 of what was asked for, in hex
	Begun time.Time
	// Status and Answer are what was answered; Status is 0 until the request is finished.
	Status int
	Answer string
}
