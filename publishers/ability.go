package publishers

import (
	"context"

	"klartext/content"
)

// Media is a picture of a post, ready to be uploaded.
type Media struct {
	ID    string
	Type  string // "image/png" or "image/jpeg"
	Alt   string // in the post's language, never empty
	Bytes []byte
}

// Reader is a Publisher that can read one of the account's own posts back.
type Reader interface {
	// Read asks for the post with this id and compares it with what was sent. A post that is gone is no error.
	Read(ctx context.Context, post Post, id string) (Seen, error)
}

// Seen is what a network shows of a post.
type Seen struct {
	Gone    bool
	Receipt Receipt // with the Warning where fewer people see it than asked, or where the text is another
	Intact  bool    // the words are those that were sent
}

// Editor is a Publisher that can change a post in place.
type Editor interface {
	// Edit sends every field of the post again. Doing it twice does no harm.
	Edit(ctx context.Context, post Post, id string) (Receipt, error)
}

// Withdrawer is a Publisher that can take a post down.
type Withdrawer interface {
	// Withdraw answers nil where the post is gone already.
	Withdraw(ctx context.Context, post Post, id string) error
}

// Paced is a Publisher that says how fast its network wants posts.
type Paced interface {
	// Pace is what the network's limits allow for good, with room for other programs of the account.
	Pace(account content.Account) content.Pace
}

// Answerer is a Publisher whose network shows a post with ReplyTo as an answer to the other, so that followers find a correction.
type Answerer interface {
	// Answers does nothing: to have it says all.
	Answers()
}
