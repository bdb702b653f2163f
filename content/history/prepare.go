package history

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"klartext/content"
	"klartext/content/diff"
	"klartext/content/markdown"
)

// Writer checks and renders a text as if a person had written it. *content.Editor is one.
type Writer interface {
	Preview(ctx context.Context, actor content.Actor, kind content.EntryKind, w content.Writing) (content.Writing, content.Rendered, error)
}

// Prepared is a state with its text as it will be kept.
type Prepared struct {
	State
	Text       content.Writing
	HTML       content.Rendered
	Conversion markdown.Conversion
	Links      int // links that lead to other entries' pages now
	// Before is the state of the same document before this one in the file, or nil.
	Before *Prepared
	// Words counts the words by which it differs from Before.
	Words   int
	convert func() (conversion, error)
}

// renderers is how many texts are prepared at a time, which is how many the renderer takes.
const renderers = 2

// prepare converts, checks and renders each state that is wanted; progress is told how
// many are done. A text that is refused is told with its line. The states are by date.
func prepare(ctx context.Context, w Writer, actor content.Actor, states []State, l links, wanted func(StateKey) bool, progress func(done, total int)) ([]*Prepared, error) {
	all, work := chain(states, l, wanted)
	results := make([]error, len(work))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var report sync.Mutex
	for range min(renderers, len(work)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(work) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				results[i] = work[i].prepare(ctx, w, actor)
				report.Lock()
				progress(int(done.Add(1)), len(work))
				report.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("prepare the texts: %w", err)
	}
	return all, refusals(work, results)
}

// chain links each state to the one before it and lists those to be prepared.
func chain(states []State, l links, wanted func(StateKey) bool) (all, work []*Prepared) {
	last := map[document]*Prepared{}
	for _, s := range states {
		p := &Prepared{State: s, Before: last[s.document()], convert: s.converter(l)}
		last[s.document()] = p
		all = append(all, p)
		if wanted(s.ID()) {
			work = append(work, p)
		}
	}
	return all, work
}

// refusals tells every text that cannot be taken, in the order of the file.
func refusals(work []*Prepared, results []error) error {
	var b broken
	for i, err := range results {
		if err == nil {
			continue
		}
		if err := b.refused(&work[i].State, err); err != nil {
			return err
		}
		if b.full() {
			break
		}
	}
	slices.SortStableFunc(b, func(x, y content.FieldError) int { return x.Args["Line"].(int) - y.Args["Line"].(int) })
	return b.err()
}

func (p *Prepared) prepare(ctx context.Context, w Writer, actor content.Actor) error {
	converted, err := p.convert()
	if err != nil {
		return refusal(err)
	}
	if !p.Withdrawn {
		text := content.Writing{Title: p.Title, Body: converted.body}
		p.Conversion, p.Links = converted.report, converted.links
		if p.Text, p.HTML, err = w.Preview(ctx, actor, p.Kind, text); err != nil {
			return err
		}
	}
	p.Words = diff.CountWords(p.Before.words(), p.words())
	return nil
}

// conversion is a text without raw HTML, and what was done to it.
type conversion struct {
	body   string
	report markdown.Conversion
	links  int
}

// converter converts a text when it is first asked for: the one before a new state is
// needed for counting words, even where it is known already.
func (s State) converter(l links) func() (conversion, error) {
	return sync.OnceValues(func() (conversion, error) {
		if s.Withdrawn {
			return conversion{}, nil
		}
		body, report, err := markdown.FromHTML(s.Markdown)
		body, count := l.rewrite(body, s.Lang)
		return conversion{body, report, count}, err
	})
}

// words is the text in which changed words are counted; nothing where readers saw nothing.
func (p *Prepared) words() string {
	if p == nil || p.Withdrawn {
		return ""
	}
	converted, err := p.convert()
	if err != nil {
		return p.Title
	}
	return p.Title + "\n" + converted.body
}
