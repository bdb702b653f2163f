package admin

import (
	"strconv"
	"strings"
	"time"

	"klartext/content"
	"klartext/server/view"
	"klartext/server/web"
)

// paceForm shows a channel's own pace, and beside it what the network wants.
func paceForm(channel content.Channel, network content.Network) view.PaceForm {
	form := view.PaceForm{Default: content.DefaultPace(channel.Account, network)}
	own := channel.Pace
	if own == (content.Pace{}) {
		return form
	}
	form.Burst, form.Minutes = strconv.Itoa(own.Burst), own.Every%time.Minute == 0
	unit := time.Second
	if form.Minutes {
		unit = time.Minute
	}
	form.Every = strconv.FormatInt(int64(own.Every/unit), 10)
	return form
}

// readPace reads the pace; empty fields take what the network wants. Nil where the form does not ask for it.
func readPace(form web.Form) *content.Pace {
	if !form.Has("pace.burst") || !form.Has("pace.every_seconds") {
		return nil
	}
	if strings.TrimSpace(form.Get("pace.burst"))+strings.TrimSpace(form.Get("pace.every_seconds")) == "" {
		return &content.Pace{}
	}
	// What is no number is as wrong as a number below all bounds.
	burst, _ := form.Int("pace.burst")
	every, _ := form.Int("pace.every_seconds")
	unit := time.Second
	if form.Get("pace.unit") == "minutes" {
		unit = time.Minute
	}
	pace := content.Pace{Burst: max(burst, -1), Every: time.Duration(min(max(every, 0), 1<<20)) * unit}
	if pace == (content.Pace{}) {
		pace.Burst = -1
	}
	return &pace
}
