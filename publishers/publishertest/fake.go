package publishertest

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Route names a call in every network's terms.
type Route string

// The calls that moods are for.
const (
	Publish  Route = "publish"  // create a post
	Upload   Route = "upload"   // bring a picture over, describe it, ask whether it is ready
	Look     Route = "look"     // list the account's own posts
	Check    Route = "check"    // who am I, what are the limits
	Read     Route = "read"     // read one post back
	Edit     Route = "edit"     // change one post
	Withdraw Route = "withdraw" // delete one post
	SignIn   Route = "sign-in"  // register a program, ask the owner, exchange, renew and revoke tokens
)

// Request is a request that came in, without its secrets.
type Request struct {
	Method string
	Path   string
	Route  Route
	Key    string // Idempotency-Key or webhook-id
	Body   string
	At     time.Time
}

// Held is a post that the network holds.
type Held struct {
	ID         string    `json:"id"`
	Text       string    `json:"text"`
	Link       string    `json:"link,omitempty"` // beside the text, where a network has a field for it
	Warning    string    `json:"warning,omitempty"`
	Lang       string    `json:"lang,omitempty"`
	Visibility string    `json:"visibility,omitempty"`
	URL        string    `json:"url"`
	At         time.Time `json:"at"`
	Edited     time.Time `json:"edited,omitzero"`
	Arrivals   int       `json:"arrivals"`        // how often it came in, recognised copies included
	Boost      bool      `json:"boost,omitempty"` // somebody else's post, shared by the account
	ReplyTo    string    `json:"reply_to,omitempty"`
	Pictures   []Picture `json:"pictures,omitempty"`
	key        string
}

// Picture is a picture that the network holds.
type Picture struct {
	ID    string `json:"id"`
	Type  string `json:"type"`
	Alt   string `json:"alt"`
	Bytes int    `json:"bytes"`

	waits  int  // how often it is not ready yet when asked for
	broken bool // it never will be
}

// Fake is what all fake networks have: moods, memory and an address.
type Fake struct {
	// URL is the address, without a slash at the end; known once it listens.
	URL string
	// Now tells the time; set it before the first request.
	Now func() time.Time

	mux       *http.ServeMux
	server    *http.Server
	refusal   func(status int) reply // the network's own words for a status
	limits    limits
	address   func(id string) string // where a post is read
	name      func(at time.Time, n int64) string
	reference string // the header with the id of a request

	mu       sync.Mutex
	next     map[Route][]Mood
	always   map[Route]Mood
	requests []Request
	held     []Held
	pictures map[string]*Picture // uploaded, in a post or not
	last     int64
	released chan struct{}
	silences chan struct{}
}

func newFake(now func() time.Time) *Fake {
	if now == nil {
		now = time.Now
	}
	f := &Fake{
		Now: now, mux: http.NewServeMux(), next: map[Route][]Mood{}, always: map[Route]Mood{}, released: make(chan struct{}), silences: make(chan struct{}),
		pictures: map[string]*Picture{}, name: snowflake,
	}
	f.control()
	return f
}

// Next sets the moods of the next calls of a route, one each, in order.
func (f *Fake) Next(route Route, moods ...Mood) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next[route] = append(f.next[route], moods...)
}

// Always sets the mood of every call of a route until Calm.
func (f *Fake) Always(route Route, mood Mood) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.always[route] = mood
}

// Calm forgets all moods. What is silent already stays so until Release.
func (f *Fake) Calm() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next, f.always = map[Route][]Mood{}, map[Route]Mood{}
}

// Release ends every silence.
func (f *Fake) Release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.released)
	f.released = make(chan struct{})
}

// Reset forgets moods, posts and requests.
func (f *Fake) Reset() {
	f.Calm()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held, f.requests, f.pictures = nil, nil, map[string]*Picture{}
}

// Copies counts the posts that contain mark in their text or link.
func (f *Fake) Copies(mark string) int {
	n := 0
	for _, post := range f.Posts() {
		if strings.Contains(post.Text, mark) || strings.Contains(post.Link, mark) {
			n++
		}
	}
	return n
}

// Posts lists what the network holds, oldest first.
func (f *Fake) Posts() []Held {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Held{}, f.held...)
}

// Requests lists what came in, oldest first. Headers are left out, and so are
// the bodies of sign-in calls: both carry secrets.
func (f *Fake) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Request{}, f.requests...)
}

// Hold puts a post into the network behind everybody's back.
func (f *Fake) Hold(post Held) Held {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hold(post)
}

// Lose takes a post away, as moderation does. It answers whether there was one.
func (f *Fake) Lose(id string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lose(id)
}

// hold stores a post under the lock.
func (f *Fake) hold(post Held) Held {
	post = f.born(post)
	f.held = append(f.held, post)
	return post
}

// born gives a post what every new one has. Ids grow with time, as on real networks.
func (f *Fake) born(post Held) Held {
	if post.At.IsZero() {
		post.At = f.Now().UTC()
	}
	if post.ID == "" {
		post.ID = f.newID(post.At)
	}
	if post.URL == "" && f.address != nil {
		post.URL = f.address(post.ID)
	}
	post.Arrivals = max(post.Arrivals, 1)
	return post
}

// newID is an id that no other thing has; later ones are greater.
func (f *Fake) newID(at time.Time) string {
	f.last = max(f.last+1, at.UnixMilli()<<16)
	return f.name(at, f.last)
}

// snowflake is a number, as Mastodon and X give them.
func snowflake(_ time.Time, n int64) string { return strconv.FormatInt(n, 10) }

// ulid is 26 letters and figures, as GoToSocial gives them.
func ulid(_ time.Time, n int64) string {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	id := []byte("01J0000000000000KLARTEXT00")
	for i := 25; n > 0 && i > 12; i-- {
		id[i] = alphabet[n&31]
		n >>= 5
	}
	return string(id)
}

// Alter changes the words of a post behind everybody's back. It answers whether there is one.
func (f *Fake) Alter(id string, change func(*Held)) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := f.find(withID(id))
	if i >= 0 {
		change(&f.held[i])
	}
	return i >= 0
}

// keep takes an uploaded picture in.
func (f *Fake) keep(picture Picture, mood Mood) *Picture {
	picture.ID = f.newID(f.Now())
	switch mood.Act {
	case Slow:
		picture.waits = 2
	case Endless:
		picture.waits = 1 << 30
	case Broken:
		picture.waits, picture.broken = 1, true
	default:
	}
	f.pictures[picture.ID] = &picture
	return &picture
}

// attached are the pictures with these ids; false where one is not there or not ready.
func (f *Fake) attached(ids []string) ([]Picture, bool) {
	var list []Picture
	for _, id := range ids {
		picture, known := f.pictures[id]
		if !known || picture.waits > 0 || picture.broken {
			return nil, false
		}
		list = append(list, *picture)
	}
	return list, true
}

// find answers where a post lies under the lock, or -1.
func (f *Fake) find(is func(Held) bool) int {
	for i, post := range f.held {
		if is(post) {
			return i
		}
	}
	return -1
}

func withID(id string) func(Held) bool { return func(h Held) bool { return h.ID == id } }

func (f *Fake) lose(id string) bool {
	i := f.find(withID(id))
	if i < 0 {
		return false
	}
	f.held = append(f.held[:i:i], f.held[i+1:]...)
	return true
}
