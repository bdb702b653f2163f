package api

import (
	"time"

	"klartext/content"
)

// paceJSON is how fast a channel sends.
type paceJSON struct {
	Burst        int `json:"burst" doc:"posts at once"`
	EverySeconds int `json:"every_seconds" doc:"then one each so many seconds"`
}

func paceOf(p content.Pace) *paceJSON {
	if p == (content.Pace{}) {
		return nil
	}
	return &paceJSON{Burst: p.Burst, EverySeconds: int(p.Every / time.Second)}
}

type paceInput struct {
	Burst        int `json:"burst" need:"true" doc:"posts at once; 0 with 0 takes what the network wants"`
	EverySeconds int `json:"every_seconds" need:"true" doc:"then one each so many seconds"`
}

func (p *paceInput) pace() *content.Pace {
	if p == nil {
		return nil
	}
	// A number that no duration can hold is as wrong as the longest one.
	seconds := min(max(p.EverySeconds, -1), 1<<30)
	return &content.Pace{Burst: p.Burst, Every: time.Duration(seconds) * time.Second}
}
