package publishertest

import (
	"net/http"
	"time"
)

// Mood is one way to misbehave. The zero Mood is to behave well.
type Mood struct {
	Name string
	// Store: the request is carried out before the answer below is given. Where
	// carrying it out is refused, the refusal is the answer.
	Store  bool
	Act    Act
	Status int
	Header map[string]string
	Body   string
	// Own: the answer has the network's own words for the status, not Header and Body.
	Own bool
	// Wait is when the limit ends by the headers, counted from now; negative for
	// a clock that is wrong. Zero: at the end of the network's window.
	Wait time.Duration
	// Long: clients that know of silences are not told of this one.
	Long bool
}

// Act is what happens on the connection, or in the network.
type Act int

// Ways to answer, or not to.
const (
	Usual    Act = iota // the usual answer
	Answer              // status, header and body as they stand in the mood
	Cut                 // the head and half a body, then the connection is closed
	Reset               // the connection is reset; without Store before the body is read
	Silence             // nothing, until the client leaves or the fake is released
	Drip                // the head and one byte, then silence
	Huge                // a body of 64 MB
	Drop                // the usual answer, but nothing is stored
	Forget              // the key is ignored, a repeated post is a second one
	Replay              // the first call is as usual, a repeated key gets 500
	Unlisted            // the post is shown to fewer people than asked
	Slow                // an uploaded picture is ready only after some time
	Endless             // an uploaded picture is never ready
	Broken              // an uploaded picture turns out to be none
	Deny                // the owner of the account says no
)

// bends tells whether the call is answered by the network itself, though perhaps wrongly.
func (m Mood) bends() bool { return m.Act == Usual || m.Act >= Drop }

const (
	problemType = "application/problem+json"
	htmlType    = "text/html; charset=utf-8"
	jsonType    = "application/json; charset=utf-8"
)

const badGateway = "<!doctype html><title>Bad gateway</title><p>The server is having a moment.</p>"

func says(name string, status int, contentType, body string) Mood {
	return Mood{Name: name, Act: Answer, Status: status, Header: map[string]string{"Content-Type": contentType}, Body: body}
}

func own(name string, status int) Mood {
	return Mood{Name: name, Act: Answer, Status: status, Own: true}
}

func waits(name string, wait time.Duration) Mood {
	m := own(name, http.StatusTooManyRequests)
	m.Wait = wait
	return m
}

func stored(m Mood) Mood {
	m.Store = true
	return m
}

// Moods are the ready-made moods of every network.
func Moods() []Mood {
	var moods []Mood
	moods = append(moods, refusals()...)
	moods = append(moods, xRefusals()...)
	moods = append(moods, oddAnswers()...)
	return append(moods,
		Mood{Name: "reset before", Act: Reset},
		Mood{Name: "silence", Act: Silence},
		stored(Mood{Name: "cut", Act: Cut}),
		stored(Mood{Name: "reset after", Act: Reset}),
		stored(Mood{Name: "silence after storing", Act: Silence}),
		stored(Mood{Name: "drip", Act: Drip}),
		stored(Mood{Name: "huge", Act: Huge}),
		Mood{Name: "drop", Act: Drop},
		Mood{Name: "key ignored", Act: Forget},
		Mood{Name: "500 on replay", Act: Replay},
		Mood{Name: "unlisted", Act: Unlisted},
		Mood{Name: "picture slow", Act: Slow},
		Mood{Name: "picture never ready", Act: Endless},
		Mood{Name: "picture broken", Act: Broken},
		Mood{Name: "denied", Act: Deny},
	)
}

func refusals() []Mood {
	return []Mood{
		own("400", http.StatusBadRequest),
		own("401", http.StatusUnauthorized),
		own("403", http.StatusForbidden),
		own("404", http.StatusNotFound),
		says("404 html", http.StatusNotFound, htmlType, badGateway),
		own("409", http.StatusConflict),
		says("413", http.StatusRequestEntityTooLarge, htmlType, badGateway),
		says("410 empty", http.StatusGone, jsonType, ""),
		own("422", http.StatusUnprocessableEntity),
		says("422 media", http.StatusUnprocessableEntity, jsonType, `{"error":"Cannot attach files that have not finished processing. Try again in a moment!"}`),
		own("429", http.StatusTooManyRequests),
		says("429 no reset", http.StatusTooManyRequests, htmlType, badGateway),
		waits("429 soon", time.Second),
		waits("429 reset past", -time.Hour),
		waits("429 reset far", 1000*time.Hour),
		own("500", http.StatusInternalServerError),
		says("502", http.StatusBadGateway, htmlType, badGateway),
		says("503 before", http.StatusServiceUnavailable, htmlType, badGateway),
		says("504", http.StatusGatewayTimeout, htmlType, badGateway),
	}
}

func oddAnswers() []Mood {
	return []Mood{
		says("200 empty", http.StatusOK, jsonType, ""),
		says("200 html", http.StatusOK, htmlType, badGateway),
		says("200 no id", http.StatusOK, jsonType, `{}`),
		says("201 no id", http.StatusCreated, jsonType, `{"data":{}}`),
		says("206", http.StatusPartialContent, jsonType, `{}`),
		{Name: "301", Act: Answer, Status: http.StatusMovedPermanently, Header: map[string]string{"Location": "/elsewhere"}},
		stored(own("500 after storing", http.StatusInternalServerError)),
		stored(says("502 after storing", http.StatusBadGateway, htmlType, badGateway)),
		stored(says("503 after storing", http.StatusServiceUnavailable, htmlType, badGateway)),
		stored(says("200 empty after storing", http.StatusOK, jsonType, "")),
		stored(says("200 html after storing", http.StatusOK, htmlType, badGateway)),
		stored(says("200 no id after storing", http.StatusOK, jsonType, `{}`)),
		stored(says("206 after storing", http.StatusPartialContent, jsonType, `{}`)),
	}
}

// Named finds a ready-made mood.
func Named(name string) (Mood, bool) {
	for _, m := range Moods() {
		if m.Name == name {
			return m, true
		}
	}
	return Mood{}, false
}
