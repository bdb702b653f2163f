package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Submit asks for approval. Where the site needs none the change is approved at once.
func (s *Changes) Submit(ctx context.Context, actor Actor, id string) (Change, error) {
	if err := actor.May(SubmitChange); err != nil {
		return Change{}, err
	}
	in, err := s.gateInput(ctx, id)
	if err != nil {
		return Change{}, err
	}
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepSubmit)
		if err != nil {
			return err
		}
		if err := s.gate(c, in); err != nil {
			return err
		}
		c.State, c.Updated, c.Note, c.Failure = next, now, "", nil
		if in.settings.ApprovalsRequired == 0 {
			c.State, err = c.State.Next(StepApprove)
		}
		return err
	}, NewAudit(actor, now, "change.submit", id, nil))
}

// gateInput is what the gate must know besides the change.
type gateInput struct {
	settings Settings
	channels []Channel
	pictures pictures
}

func (s *Changes) gateInput(ctx context.Context, id string) (in gateInput, err error) {
	if in.settings, err = s.Store.Settings(ctx); err != nil {
		return in, fmt.Errorf("read settings: %w", err)
	}
	if in.channels, err = s.Channels.Channels(ctx); err != nil {
		return in, fmt.Errorf("read channels: %w", err)
	}
	in.pictures, err = s.picturesOf(ctx, id)
	return in, err
}

// picturesOf reads the pictures of a change's announcements as they stand now.
// Where somebody adds another one meanwhile the gate does not know it and stays closed.
func (s *Changes) picturesOf(ctx context.Context, id string) (pictures, error) {
	c, err := s.Store.Change(ctx, id)
	if err != nil {
		return nil, err
	}
	return loadPictures(ctx, s.Store, c.Announcements)
}

// Problems lists what would keep the change from being submitted now; nil where nothing would.
func (s *Changes) Problems(ctx context.Context, c *Change) (*Error, error) {
	in, err := s.gateInput(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	gate, _ := s.gate(c, in).(*Error) //nolint:errorlint // gate makes this very type
	return gate, nil
}

// gate holds back what readers could not understand or a network would refuse.
func (s *Changes) gate(c *Change, in gateInput) error {
	var p problems
	settings := in.settings
	if len(c.Revisions) == 0 && len(c.Withdraw) == 0 {
		p.add("revisions", CodeNothingToPublish, nil)
	}
	for _, lang := range c.spoken(settings) {
		if c.Title[lang] == "" {
			p.add("title."+string(lang), CodeTitleMissing, Args{"Lang": string(lang)})
		}
		if c.Why[lang] == "" {
			p.add("why."+string(lang), CodeWhyMissing, Args{"Lang": string(lang)})
		}
	}
	for i, r := range c.Revisions {
		if r.Lang != NoLang {
			checkLang(&p, fmt.Sprintf("revisions.%d", i), r.Lang, settings.Languages)
		}
	}
	for i, a := range c.Announcements {
		checkLang(&p, fmt.Sprintf("announcements.%d.lang", i), a.Lang, settings.Languages)
	}
	for i, w := range c.Withdraw {
		checkLang(&p, fmt.Sprintf("withdraw.%d.lang", i), w.Lang, settings.Languages)
		if w.Reason == "" {
			p.add(fmt.Sprintf("withdraw.%d.reason", i), CodeReasonMissing, nil)
		}
	}
	s.gateAnnouncements(&p, c, in)
	return p.err()
}

// spoken lists the languages in which the change must explain itself: those in
// which readers get something new. Facts concern all of them.
func (c *Change) spoken(settings Settings) []Lang {
	if slices.ContainsFunc(c.Revisions, func(r RevisionRef) bool { return r.Lang == NoLang }) || len(c.Langs()) == 0 {
		return settings.Languages
	}
	return slices.DeleteFunc(c.Langs(), func(l Lang) bool { return !slices.Contains(settings.Languages, l) })
}

// Approve agrees to exactly what the hash names. Nobody approves what they wrote a part of.
func (s *Changes) Approve(ctx context.Context, actor Actor, id, hash string) (Change, error) {
	if err := actor.May(ApproveChange); err != nil {
		return Change{}, err
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return Change{}, fmt.Errorf("read settings: %w", err)
	}
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		return c.approve(actor, hash, settings.ApprovalsRequired, now)
	}, NewAudit(actor, now, "change.approve", id, map[string]string{"hash": hash}))
}

func (c *Change) approve(actor Actor, hash string, required int, now time.Time) error {
	if actor.UserID == "" || slices.Contains(c.Contributors, actor.UserID) {
		return Fail(Forbidden, CodeOwnText, nil)
	}
	next, err := c.State.Next(StepApprove)
	if err != nil {
		return err
	}
	if hash != c.Hash() {
		return Fail(Conflict, CodeHashMismatch, nil)
	}
	valid := c.ValidApprovals()
	if slices.ContainsFunc(valid, func(a Approval) bool { return a.User == actor.UserID }) {
		return Fail(Conflict, CodeApprovedAlready, nil)
	}
	c.Approvals = append(c.Approvals, Approval{ID: NewID(now), User: actor.UserID, Name: actor.Name, Hash: hash, At: now})
	if len(valid)+1 >= required {
		c.State = next
	}
	c.Updated = now
	return nil
}

// RequestEdits sends a change back to its authors with a note.
func (s *Changes) RequestEdits(ctx context.Context, actor Actor, id, note string) (Change, error) {
	if err := actor.May(ApproveChange); err != nil {
		return Change{}, err
	}
	var p problems
	checkLength(&p, "note", note, maxChangeText)
	if err := p.err(); err != nil {
		return Change{}, err
	}
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepRequestEdits)
		if err != nil {
			return err
		}
		c.State, c.Note, c.PublishAt, c.Updated = next, strings.TrimSpace(note), time.Time{}, now
		c.voidApprovals(now)
		return nil
	}, NewAudit(actor, now, "change.request_edits", id, nil))
}

// Cancel ends a change that is not published.
func (s *Changes) Cancel(ctx context.Context, actor Actor, id string) (Change, error) {
	if err := actor.May(CancelChange); err != nil {
		return Change{}, err
	}
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepCancel)
		if err != nil {
			return err
		}
		c.State, c.PublishAt, c.Updated = next, time.Time{}, now
		return nil
	}, NewAudit(actor, now, "change.cancel", id, nil))
}
