package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"klartext/content"
	"klartext/content/search"
)

const (
	// otherLanguage is what a hit in another language of the site counts, and
	// sameWords where the reader's own has all the words: German texts say "open" of other things than English ones.
	otherLanguage = 0.75
	sameWords     = 0.4
	// A topic leads to answers, and is none.
	topicFactor = 0.7
	perPolicy   = 3
)

// hit is a document that fits: its id in the reader's language and, before that, in the one in which it was found.
type hit struct {
	search.Hit
	lang content.Lang
	own  string
}

// hits are what all languages have, the best first.
func (s *searching) hits(limit int) []hit {
	best, elsewhere := map[string]hit{}, float32(otherLanguage)
	if own := s.queries[s.lang]; !own.Empty() && own.Known() {
		elsewhere = sameWords
	}
	for _, lang := range s.Languages() {
		for _, found := range s.queries[lang].Find(3 * limit) {
			h := hit{found, lang, found.ID}
			if lang != s.lang {
				h.ID, h.Score = s.translated(h.ID), h.Score*elsewhere
			}
			if strings.HasPrefix(h.ID, "t/") {
				h.Score *= topicFactor
			}
			if h.Score > best[h.ID].Score {
				best[h.ID] = h
			}
		}
	}
	return slices.SortedFunc(maps.Values(best), func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
}

func (s *searching) results(limit int) []Result {
	policies := map[string]int{}
	hits := s.hits(limit)
	floor := worthShowing(hits)
	var results []Result
	gone := withdrawn{floor: floor * 2}
	for _, h := range hits {
		if h.Score < floor {
			break
		}
		if len(results) == limit && !strings.HasPrefix(h.ID, "w/") {
			continue
		}
		result, ok := s.result(h)
		switch {
		case !ok:
			continue
		case result.Withdrawn != nil:
			gone.add(h, result)
			continue
		}
		if result.Entry != nil && result.Entry.Kind == content.Policy {
			if policies[result.Entry.ID]++; policies[result.Entry.ID] > perPolicy {
				continue
			}
		}
		results = append(results, result)
	}
	if s.loose {
		return results
	}
	return gone.after(results, limit)
}

// worthShowing is the least score: a sixth of the best, of what still stands where anything does.
func worthShowing(hits []hit) float32 {
	for _, h := range hits {
		if !strings.HasPrefix(h.ID, "w/") {
			return h.Score / 6
		}
	}
	if len(hits) > 0 {
		return hits[0].Score / 6
	}
	return 0
}
