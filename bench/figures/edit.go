package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// written is an entry and its newest revision.
type written struct {
	id, slug, revision string
}

type answer struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`
}

// saveMany makes entries and saves rounds of revisions of each, one after the other.
func (p *process) saveMany(ctx context.Context, entries, rounds int) ([]time.Duration, []written, error) {
	var topic answer
	if err := p.call(ctx, http.MethodPost, "/api/v1/topics", map[string]any{"slug": "bench", "title": map[string]string{"en": "Bench"}}, &topic); err != nil {
		return nil, nil, err
	}
	var times []time.Duration
	list := make([]written, entries)
	for i := range list {
		list[i].slug = fmt.Sprintf("bench-%d", i)
		var made answer
		if err := p.call(ctx, http.MethodPost, "/api/v1/entries", map[string]any{"kind": "entry", "slug": list[i].slug, "topic": topic.ID}, &made); err != nil {
			return nil, nil, err
		}
		list[i].id = made.ID
		for round := range rounds {
			took, err := p.save(ctx, &list[i], fmt.Sprintf("Round %d", round))
			if err != nil {
				return nil, nil, err
			}
			times = append(times, took)
		}
	}
	return times, list, nil
}

func (p *process) save(ctx context.Context, w *written, title string) (time.Duration, error) {
	body := map[string]any{
		"lang": "en", "title": title, "short_answer": "We keep it for six months.",
		"body":          strings.Repeat("We use your address to send you the parcel. We delete it after six months.\n\n", 20),
		"base_revision": nil,
	}
	if w.revision != "" {
		body["base_revision"] = w.revision
	}
	var made answer
	begin := time.Now()
	err := p.call(ctx, http.MethodPost, "/api/v1/entries/"+w.id+"/revisions", body, &made)
	took := time.Since(begin)
	w.revision = made.ID
	return took, err
}

// publishMany publishes a change with all entries several times and measures
// from the request to the first public page that shows the new text.
func (p *process) publishMany(ctx context.Context, entries []written, rounds int) ([]time.Duration, error) {
	var times []time.Duration
	for round := range rounds {
		took, err := p.publishOnce(ctx, entries, fmt.Sprint("bench-", round))
		if err != nil {
			return nil, err
		}
		times = append(times, took)
	}
	return times, nil
}

// publishOnce writes a new text of each entry and publishes them in one change.
func (p *process) publishOnce(ctx context.Context, entries []written, name string) (time.Duration, error) {
	title := "Published in " + name
	ids := make([]string, len(entries))
	for i := range entries {
		if _, err := p.save(ctx, &entries[i], title); err != nil {
			return 0, err
		}
		ids[i] = entries[i].revision
	}
	var change answer
	if err := p.call(ctx, http.MethodPost, "/api/v1/changes", map[string]any{
		"slug": name, "title": map[string]string{"en": title}, "why": map[string]string{"en": "To measure it."},
		"materiality": "editorial", "revisions": ids,
	}, &change); err != nil {
		return 0, err
	}
	if err := p.call(ctx, http.MethodPost, "/api/v1/changes/"+change.ID+"/submit", struct{}{}, nil); err != nil {
		return 0, err
	}
	return p.publish(ctx, change.ID, entries[len(entries)-1].slug, title)
}

// publishEvery publishes a new text of the entries at a steady pace.
func (p *process) publishEvery(ctx context.Context, entries []written, name string, pace, length time.Duration) ([]time.Duration, error) {
	var times []time.Duration
	begin := time.Now()
	for i := 0; time.Since(begin) < length; i++ {
		took, err := p.publishOnce(ctx, entries, fmt.Sprintf("%s-%d", name, i))
		if err != nil {
			return nil, err
		}
		times = append(times, took)
		time.Sleep(time.Until(begin.Add(time.Duration(i+1) * pace)))
	}
	return times, nil
}

func (p *process) publish(ctx context.Context, change, slug, title string) (time.Duration, error) {
	begin := time.Now()
	if err := p.call(ctx, http.MethodPost, "/api/v1/changes/"+change+"/publish", struct{}{}, nil); err != nil {
		return 0, err
	}
	for {
		body, err := get(ctx, p.base+"/en/faq/"+slug)
		if err == nil && strings.Contains(body, title) {
			return time.Since(begin), nil
		}
		if time.Since(begin) > 10*time.Second {
			return 0, fmt.Errorf("the public page does not show %q", title)
		}
	}
}
