package content

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// RankedText is a published text among all others, by how hard it is to read.
type RankedText struct {
	Entry   Entry
	Lang    Lang
	Title   string
	Version int
	Clarity ClarityPoint
	// Legal is true for a policy without any summary: its legal text is all that readers have.
	Legal bool
	// Trend are its latest versions, oldest first, the one that readers see last, all read by the same rules.
	Trend []ClarityPoint
}

// ClarityPoint is how hard one version is to read.
type ClarityPoint struct {
	Version    int
	At         time.Time
	Score      *int
	Difficulty *float64
	Band       string
	Words      int
	Errors     int
	Warnings   int
	Hints      int
}

// maxTrend is how many versions of a text are looked back at.
const maxTrend = 24

// maxPoints bounds how many versions are remembered by how hard they are.
const maxPoints = 20_000

// Ranking lists all published texts, the hardest first.
func (s *Checks) Ranking(ctx context.Context, actor Actor) ([]RankedText, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	words, err := s.Words(ctx)
	if err != nil {
		return nil, err
	}
	states, err := s.Store.Entries(ctx)
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	list := []RankedText{}
	for _, state := range states {
		for _, lang := range words.settings.Languages {
			if !state.Lang(lang).Head.Live() || !s.Checker.Speaks(lang) {
				continue
			}
			ranked, err := s.rank(ctx, words, state.Entry, lang)
			if err != nil {
				return nil, fmt.Errorf("rank %s in %s: %w", state.Slug, lang, err)
			}
			list = append(list, ranked)
		}
	}
	slices.SortStableFunc(list, harder)
	return list, nil
}

// harder compares by the score, which means the same in all languages, then by what it is made of. Texts too short for
// a score come last.
func harder(a, b RankedText) int {
	score := func(t RankedText) int {
		if t.Clarity.Score == nil {
			return maxScore + 1
		}
		return *t.Clarity.Score
	}
	difficulty := func(t RankedText) float64 {
		if t.Clarity.Difficulty == nil {
			return -1
		}
		return *t.Clarity.Difficulty
	}
	return cmp.Or(cmp.Compare(score(a), score(b)), cmp.Compare(difficulty(b), difficulty(a)))
}

func (s *Checks) rank(ctx context.Context, words *Words, e Entry, lang Lang) (RankedText, error) {
	versions, err := s.Store.Versions(ctx, e.ID, lang)
	if err != nil {
		return RankedText{}, err
	}
	aside, err := s.Store.Ignored(ctx, e.ID, lang)
	if err != nil {
		return RankedText{}, err
	}
	versions = versions[:min(len(versions), maxTrend)]
	out := RankedText{Entry: e, Lang: lang}
	for i, meta := range versions {
		point, legal, err := s.point(ctx, words, e, meta, aside)
		if err != nil {
			return out, err
		}
		point.Version, point.At = meta.Number, meta.PublishedAt
		if i == 0 {
			out.Title, out.Version, out.Clarity, out.Legal = meta.Title, meta.Number, point, legal
		}
		out.Trend = append(out.Trend, point)
	}
	slices.Reverse(out.Trend)
	return out, nil
}

// remembered is a point with what kind of text it is of.
type rememberedPoint struct {
	ClarityPoint
	legal bool
}

// point reads a version, or remembers how hard it was: what a hash names never changes. What was put aside in the text
// does not count, as it does not for the gate.
func (s *Checks) point(ctx context.Context, words *Words, e Entry, meta VersionMeta, aside []Ignored) (ClarityPoint, bool, error) {
	parts := []string{words.prints[meta.Lang], meta.Hash, string(e.Kind)}
	for _, i := range aside {
		parts = append(parts, i.Rule, i.Quote)
	}
	key := strings.Join(parts, "\x00")
	s.mu.Lock()
	known, ok := s.points[key]
	s.mu.Unlock()
	if ok {
		return known.ClarityPoint, known.legal, nil
	}
	revision, err := s.Store.Revision(ctx, meta.Revision)
	if err != nil {
		return ClarityPoint{}, false, err
	}
	text := orNoWriting(revision.Text)
	reading := ReadingOf(e, meta.Lang, text, "en")
	legal := e.Kind == Policy && !text.summarised()
	if legal {
		reading.Parts = text.LegalParts()
	}
	c, err := s.check(ctx, words, reading, join(reading.Parts))
	if err != nil && KindOf(err) != Invalid {
		return ClarityPoint{}, false, err
	}
	c.Findings = putAside(c.Findings, aside)
	point := ClarityPoint{
		Score: c.Score, Difficulty: c.Difficulty, Band: c.Band, Words: c.Words,
		Errors: c.Count(SeverityError), Warnings: c.Count(SeverityWarning), Hints: c.Count(SeverityHint),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.points == nil || len(s.points) >= maxPoints {
		s.points = map[string]rememberedPoint{}
	}
	s.points[key] = rememberedPoint{point, legal}
	return point, legal, nil
}

func (w *Writing) summarised() bool {
	return slices.ContainsFunc(w.Sections, func(s Section) bool { return s.Summary != "" })
}
