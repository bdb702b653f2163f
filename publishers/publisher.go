package publishers

import (
	"context"
	"encoding/json"
	"time"

	"klartext/content"
)

// Publisher sends posts to one network.
type Publisher interface {
	// Publish sends the post once. It answers with a receipt that has an id, or
	// with a *FateError; any other error counts as Unsure. It never repeats a
	// request by itself.
	Publish(ctx context.Context, post Post) (Receipt, error)
	// Look searches the account's own recent posts for this one and lists what
	// it found, oldest first. Errors are fates, too: Unsure means that the look
	// itself failed.
	Look(ctx context.Context, post Post) ([]Receipt, error)
	// Rules says what is proven about sending again to this account.
	Rules(account content.Account) Rules
}

// Driver is all that a network brings: what the domain asks, and what the worker asks.
type Driver interface {
	content.Network
	Publisher
}

// Post is one delivery on its way out.
type Post struct {
	Settings       json.RawMessage // decrypted; never logged
	Account        content.Account
	Delivery       string
	Change         string
	Text           string
	ContentWarning string
	Lang           content.Lang
	Permalink      string
	Media          []Media   // to be uploaded before the post; a failed upload means that nothing is out
	ReplyTo        string    // remote id of the post that this one continues or corrects; "" for none
	Key            string    // the same for every attempt
	First          time.Time // the first attempt to send; a look goes back to before it
	Now            time.Time
}

// Receipt is the network's word that a post is out.
type Receipt struct {
	ID      string // never empty
	URL     string // "" where the network has no page for it
	Warning content.Reason
}

// Rules is what is proven about sending again.
type Rules struct {
	// Looks are the times to look, counted from when the fate became unknown. None: the network cannot be searched.
	Looks []time.Duration
	// SameKey is how long after the first attempt the network takes the same
	// key as the same post; 0 where it does not, so that a person must decide.
	SameKey time.Duration
}

// Networks splits the table of drivers into what the domain and what the worker need.
func Networks(drivers ...Driver) (map[string]content.Network, map[string]Publisher) {
	networks, senders := map[string]content.Network{}, map[string]Publisher{}
	for _, d := range drivers {
		networks[d.Name()], senders[d.Name()] = d, d
	}
	return networks, senders
}

// Abilities tells what each network can do with a post that is out.
func Abilities(senders map[string]Publisher) map[string]content.Abilities {
	can := make(map[string]content.Abilities, len(senders))
	for name, p := range senders {
		_, edit := p.(Editor)
		_, withdraw := p.(Withdrawer)
		_, read := p.(Reader)
		_, answer := p.(Answerer)
		can[name] = content.Abilities{Edit: edit, Withdraw: withdraw, Read: read, Answer: answer}
	}
	return can
}
