package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
)

// Hit is a document that fits a query.
type Hit struct {
	ID    string
	Score float32
}

const (
	saturation = 2.0 // how fast more of the same word stops counting
	lengthPart = 0.4 // how much a long text is held against it
	// A title that says all that was asked, and nothing else, is worth this more.
	titleBonus = 0.4
)

// board is where the scores of one query are added up, by document.
type board struct {
	score, covered, title []float32
	best, named           []float32 // of the word at hand
	touched, slot         []int32
}

var boards = sync.Pool{New: func() any { return new(board) }} // scratch space, no state

// Find gives the documents that fit, the best first, at most limit.
func (q Query) Find(limit int) []Hit {
	if q.total == 0 {
		return nil
	}
	b := boards.Get().(*board)
	defer boards.Put(b)
	b.reset(len(q.index.docs))
	for i := range q.slots {
		q.addSlot(b, &q.slots[i])
	}
	return q.top(b, limit)
}

func (b *board) reset(n int) {
	if len(b.score) < n {
		n += n / 4
		b.score, b.covered, b.title = make([]float32, n), make([]float32, n), make([]float32, n)
		b.best, b.named = make([]float32, n), make([]float32, n)
	}
	for _, d := range b.touched {
		b.score[d], b.covered[d], b.title[d] = 0, 0, 0
	}
	b.touched = b.touched[:0]
}

// addSlot adds what the best alternative of a word is worth in each document.
func (q Query) addSlot(b *board, s *slot) {
	x := q.index
	average := float32(x.length/float64(max(x.Len(), 1))) + 1
	b.slot = b.slot[:0]
	for _, alt := range s.alts {
		for _, p := range x.terms[alt.term].postings {
			size := &x.sizes[p.doc]
			norm := saturation * (1 - lengthPart + lengthPart*size.length/average)
			worth := alt.weight * p.weight * (saturation + 1) / (p.weight + norm)
			if b.best[p.doc] == 0 {
				b.slot = append(b.slot, p.doc)
			}
			b.best[p.doc] = max(b.best[p.doc], worth)
			if p.weight >= size.called {
				b.named[p.doc] = max(b.named[p.doc], alt.weight)
			}
		}
	}
	weight := s.idf * s.factor
	for _, d := range b.slot {
		if b.score[d] == 0 {
			b.touched = append(b.touched, d)
		}
		b.score[d] += weight * b.best[d]
		b.covered[d] += weight * min(1, b.best[d])
		b.title[d] += b.named[d]
		b.best[d], b.named[d] = 0, 0
	}
}

func (q Query) top(b *board, limit int) []Hit {
	var hits []Hit
	floor := float32(0)
	for _, d := range b.touched {
		// A document that has only a part of what was asked for counts less than that part.
		covered := b.covered[d] / q.total
		score := b.score[d] * covered * float32(math.Sqrt(float64(covered)))
		score *= 1 + titleBonus*min(1, b.title[d]/max(q.index.docs[d].title, 1))
		if score <= floor {
			continue
		}
		hits = append(hits, Hit{q.index.docs[d].id, score})
		if len(hits) >= 8*limit {
			slices.SortFunc(hits, better)
			hits = hits[:limit]
			floor = hits[limit-1].Score * 0.999999 // equals stay in, and the id decides
		}
	}
	slices.SortFunc(hits, better)
	return hits[:min(len(hits), limit)]
}

func better(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
}
