package content

import (
	"context"
	"fmt"
	"slices"
)

// ChangeClarity is what the checker says about all that a change would publish.
type ChangeClarity struct {
	Pieces []PieceClarity
	// Said are the findings in what the change itself says, and in its announcements. They are advice: no gate asks for them.
	Said []Finding
}

// PieceClarity is what the checker says about one text of a change.
type PieceClarity struct {
	Index    int // in the change's revisions
	Revision RevisionRef
	Clarity  Clarity
	Live     *Clarity // of what readers see now; nil where they see nothing
	Passed   bool     // the gate is open for it
	Override string   // why it goes out although the gate is closed
}

// Clarity reads everything that a change says. It speaks the language of messages.
func (s *Changes) Clarity(ctx context.Context, actor Actor, c *Change, messages Lang) (ChangeClarity, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return ChangeClarity{}, err
	}
	var out ChangeClarity
	if s.Checks == nil {
		return out, nil
	}
	words, err := s.Checks.Words(ctx)
	if err != nil {
		return out, err
	}
	for i, r := range c.Revisions {
		if r.Lang == NoLang || !s.Checks.Checker.Speaks(r.Lang) {
			continue
		}
		piece, err := s.Checks.piece(ctx, words, r, messages)
		if err != nil {
			return out, fmt.Errorf("check revision %s: %w", r.ID, err)
		}
		piece.Index, piece.Override = i, c.Override(r.ID)
		out.Pieces = append(out.Pieces, piece)
	}
	for _, text := range c.saidTexts(words.settings.Languages) {
		found, err := s.Checks.Read(ctx, words, Reading{Lang: text.lang, Kind: CheckShort, Parts: []TextPart{text.TextPart}, MessageLang: messages})
		if err != nil && KindOf(err) != Invalid {
			return out, err
		}
		out.Said = append(out.Said, found.Findings...)
	}
	return out, nil
}

func (s *Checks) piece(ctx context.Context, words *Words, r RevisionRef, messages Lang) (PieceClarity, error) {
	j, err := s.judge(ctx, words, r)
	if err != nil {
		return PieceClarity{}, err
	}
	state, err := s.Store.Entry(ctx, r.Entry)
	if err != nil {
		return PieceClarity{}, err
	}
	piece := PieceClarity{Revision: r, Passed: j.passed}
	is, err := s.readRevision(ctx, words, state, r.ID, messages)
	if err != nil {
		return piece, err
	}
	piece.Clarity = *is
	if head := state.Lang(r.Lang).Head; head.Live() && head.Revision != r.ID {
		piece.Live, err = s.readRevision(ctx, words, state, head.Revision, messages)
	}
	return piece, err
}

// readRevision checks a saved text. What cannot be read has nothing to say.
func (s *Checks) readRevision(ctx context.Context, words *Words, state EntryState, id string, messages Lang) (*Clarity, error) {
	revision, err := s.Store.Revision(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.Read(ctx, words, ReadingOf(state.Entry, revision.Lang, orNoWriting(revision.Text), messages))
	if err != nil && KindOf(err) != Invalid {
		return nil, err
	}
	return &c, nil
}

func orNoWriting(w *Writing) *Writing {
	if w == nil {
		return &Writing{}
	}
	return w
}

// langPart is a short text in its language.
type langPart struct {
	TextPart
	lang Lang
}

// saidTexts are the change's own words and those of its announcements.
func (c *Change) saidTexts(languages []Lang) []langPart {
	var out []langPart
	add := func(field string, lang Lang, text string) {
		if text != "" && slices.Contains(languages, lang) {
			out = append(out, langPart{TextPart{field, text}, lang})
		}
	}
	for _, lang := range languages {
		add("title."+string(lang), lang, c.Title[lang])
		add("summary."+string(lang), lang, c.Summary[lang])
		add("why."+string(lang), lang, c.Why[lang])
	}
	for i, a := range c.Announcements {
		add(fmt.Sprintf("announcements.%d.text", i), a.Lang, a.Text)
	}
	return out
}
