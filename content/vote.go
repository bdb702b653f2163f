package content

import (
	"context"
	"fmt"
	"strings"
)

// Vote is one reader's word on whether a version can be understood. Nothing in it says whose.
type Vote struct {
	ID       string
	Entry    string
	Lang     Lang
	Version  int
	Clear    bool
	Sentence string // what else the reader said, or ""
	Cast     Date
}

// VoteCount counts the votes on one version.
type VoteCount struct {
	Entry   string
	Lang    Lang
	Version int
	Yes, No int
}

// Share is how many of a hundred understood it.
func (c VoteCount) Share() int {
	if c.Yes+c.No == 0 {
		return 0
	}
	return (100*c.Yes + (c.Yes+c.No)/2) / (c.Yes + c.No)
}

// VoteStore keeps votes.
type VoteStore interface {
	AddVote(ctx context.Context, v Vote) error
	// Sentences lists the votes that say more than yes or no, newest first.
	Sentences(ctx context.Context) ([]Vote, error)
	VoteCounts(ctx context.Context) ([]VoteCount, error)
	Version(ctx context.Context, entry string, lang Lang, number int) (Version, error)
	Settings(ctx context.Context) (Settings, error)
}

// maxSentence is how long a vote's sentence may be.
const maxSentence = 300

// Votes is the service for the readers' votes.
type Votes struct {
	Store VoteStore
	Now   Clock
}

// Cast keeps a vote of anybody on a published version.
func (s *Votes) Cast(ctx context.Context, v Vote) error {
	var p problems
	// A sentence is one line.
	v.Sentence = strings.Join(strings.Fields(v.Sentence), " ")
	if checkLength(&p, "sentence", v.Sentence, maxSentence); len(p) > 0 {
		return p.err()
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return fmt.Errorf("vote: %w", err)
	}
	if _, err := s.Store.Version(ctx, v.Entry, v.Lang, v.Version); err != nil {
		return err
	}
	v.Cast = DateOf(s.Now(), settings.Zone())
	v.ID = NewID(v.Cast.Time(settings.Zone())) // tells the day and no more
	return s.Store.AddVote(ctx, v)
}

// VoteCounts counts the votes on every version that has any.
func (s *Votes) VoteCounts(ctx context.Context, actor Actor) ([]VoteCount, error) {
	if err := actor.May(HearReaders); err != nil {
		return nil, err
	}
	return s.Store.VoteCounts(ctx)
}

// Sentences lists the votes that say more than yes or no, newest first.
func (s *Votes) Sentences(ctx context.Context, actor Actor) ([]Vote, error) {
	if err := actor.May(HearReaders); err != nil {
		return nil, err
	}
	return s.Store.Sentences(ctx)
}
