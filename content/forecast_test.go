package content

import (
	"fmt"
	"testing"
	"time"
)

func TestForecastPlaysTheQueueThrough(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return now.Add(time.Duration(seconds) * time.Second) }
	queue := func(channel string, states ...DeliveryState) (list []InQueue) {
		for i, state := range states {
			list = append(list, InQueue{Delivery: fmt.Sprintf("%s%d", channel, i), Channel: channel, State: state, NextAttempt: now})
		}
		return list
	}
	state := QueueState{Paced: map[string]time.Time{"b": at(30)}}
	state.Queued = append(state.Queued, queue("a", Sending, Queued, Queued, Queued, Queued)...)
	state.Queued = append(state.Queued, queue("b", Waiting, Queued)...)
	state.Queued = append(state.Queued, queue("c", UnknownFate, Queued)...)
	state.Queued = append(state.Queued, queue("d", Queued)...)
	state.Queued[2].NextAttempt = at(100) // the second that waits on a
	got := forecast(state, map[string]Pace{"a": {2, 10 * time.Second}, "b": {1, time.Minute}, "c": {2, time.Second}}, now)
	want := map[string]time.Time{"a1": now, "a2": at(100), "a3": at(100), "a4": at(110), "b0": at(30), "b1": at(90)}
	for id, when := range want {
		if !got[id].Equal(when) {
			t.Errorf("%s goes at %s, want %s", id, got[id], when)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v; what is on c and d has no time", got)
	}
}
