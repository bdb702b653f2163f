package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// judgement is what the gate says about one text of a change.
type judgement struct {
	asked   bool // false in a language that the checker does not know
	passed  bool // now, or when it was submitted before
	verdict Verdict
	reasons []FieldError // why it did not pass, for the field of the revision
}

// judged are the judgements on the texts of a change by their hashes; nil where the site has no checker.
type judged map[string]judgement

// judge reads the texts of a change as the gate does. Revisions never change, so that may be done before the
// transaction that trusts it.
func (s *Changes) judge(ctx context.Context, c *Change) (judged, error) {
	if s.Checks == nil {
		return nil, nil //nolint:nilnil // nothing is judged, and that is no mistake
	}
	words, err := s.Checks.Words(ctx)
	if err != nil {
		return nil, err
	}
	out := judged{}
	for _, r := range c.Revisions {
		if out[r.Hash], err = s.Checks.judge(ctx, words, r); err != nil {
			return nil, fmt.Errorf("check revision %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// judgeStored judges a change as it is stored now.
func (s *Changes) judgeStored(ctx context.Context, id string) (judged, error) {
	if s.Checks == nil {
		return nil, nil //nolint:nilnil // as above
	}
	c, err := s.Store.Change(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.judge(ctx, &c)
}

// keepPassed writes down which texts passed, so that they keep their verdicts until they are edited.
func (s *Changes) keepPassed(ctx context.Context, j judged) error {
	passed := j.passed()
	if len(passed) == 0 {
		return nil
	}
	return s.Checks.Store.KeepVerdicts(ctx, passed)
}

func (s *Checks) judge(ctx context.Context, words *Words, r RevisionRef) (judgement, error) {
	if r.Lang == NoLang || !s.Checker.Speaks(r.Lang) {
		return judgement{passed: true}, nil
	}
	if v, ok, err := s.Store.Verdict(ctx, r.Hash); err != nil || ok {
		return judgement{asked: true, passed: true, verdict: v}, err
	}
	revision, err := s.Store.Revision(ctx, r.ID)
	if err != nil {
		return judgement{}, err
	}
	state, err := s.Store.Entry(ctx, r.Entry)
	if err != nil {
		return judgement{}, err
	}
	name := textName(state, &revision)
	clarity, err := s.Read(ctx, words, ReadingOf(state.Entry, r.Lang, revision.Text, "en"))
	if KindOf(err) == Invalid {
		clarity.RuleSet = s.Checker.RuleSet()
		return judgement{asked: true, verdict: verdictOf(&clarity, s.Now()), reasons: []FieldError{{
			Code: CodeTextUnread, Args: Args{"Entry": name, "Lang": string(r.Lang)},
		}}}, nil
	}
	if err != nil {
		return judgement{}, err
	}
	reasons := words.settings.Gates.reasons("", name, r.Lang, &clarity)
	return judgement{asked: true, passed: len(reasons) == 0, verdict: verdictOf(&clarity, s.Now()), reasons: reasons}, nil
}

// textName is what a text is called in a sentence.
func textName(e EntryState, r *Revision) string {
	if r.Text != nil && r.Text.Title != "" {
		return r.Text.Title
	}
	return e.Slug
}

// gatePlain closes the gate for texts that are hard to read, unless somebody wrote why they go out all the same.
func (c *Change) gatePlain(p *problems, j judged) error {
	if j == nil {
		return nil
	}
	for i, r := range c.Revisions {
		found, read := j[r.Hash]
		if !read { // somebody put it in after the texts were read
			return Fail(Conflict, CodeEditionOld, nil)
		}
		if found.passed || c.Override(r.ID) != "" {
			continue
		}
		for _, reason := range found.reasons {
			p.add(fmt.Sprintf("revisions.%d", i), reason.Code, reason.Args)
		}
	}
	return nil
}

// verdicts are what the versions of the change keep.
func (c *Change) verdicts(j judged) map[string]Verdict {
	out := map[string]Verdict{}
	for _, r := range c.Revisions {
		found := j[r.Hash]
		if !found.asked {
			continue
		}
		v := found.verdict
		if !found.passed {
			v.Override = c.Override(r.ID)
		}
		out[r.Hash] = v
	}
	return out
}

// passed are the verdicts of the texts for which the gate is open by themselves.
func (j judged) passed() map[string]Verdict {
	out := map[string]Verdict{}
	for hash, found := range j {
		if found.asked && found.passed {
			out[hash] = found.verdict
		}
	}
	return out
}

// SetOverrides replaces the reasons why texts are published although the gate is closed for them. Like every edit it
// voids approvals, and who approves must be somebody else. edition is the one that was read, 0 writes over whatever is there.
func (s *Changes) SetOverrides(ctx context.Context, actor Actor, id string, edition int, list []Override) (Change, error) {
	if err := actor.May(WriteChange); err != nil {
		return Change{}, err
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return Change{}, fmt.Errorf("read settings: %w", err)
	}
	if err := settings.Gates.mayOverride(actor); err != nil {
		return Change{}, err
	}
	now := s.Now()
	return s.edit(ctx, actor, id, "change.override", func(c *Change) error {
		if edition != 0 && edition != c.Edition {
			return Fail(Conflict, CodeEditionOld, nil)
		}
		next := make([]Override, 0, len(list))
		for _, o := range list {
			o.Reason, o.By, o.At = strings.TrimSpace(lines(o.Reason)), actor.UserID, now
			if at := slices.IndexFunc(c.Overrides, func(old Override) bool { return old.Revision == o.Revision && old.Reason == o.Reason }); at >= 0 {
				o = c.Overrides[at] // whoever wrote it first
			}
			next = append(next, o)
		}
		if err := c.checkOverrides(next); err != nil {
			return err
		}
		c.Overrides = next
		return nil
	})
}

func (c *Change) checkOverrides(list []Override) error {
	var p problems
	if checkCount(&p, "overrides", len(list), maxRevisions); len(p) > 0 {
		return p.err()
	}
	for i, o := range list {
		field := fmt.Sprintf("overrides.%d", i)
		if o.Reason == "" {
			p.add(field+".reason", CodeOverrideReason, nil)
		}
		checkLength(&p, field+".reason", o.Reason, maxReason)
		if !slices.ContainsFunc(c.Revisions, func(r RevisionRef) bool { return r.ID == o.Revision && r.Lang != NoLang }) {
			p.add(field+".revision", CodeOverridePiece, Args{"Value": o.Revision})
		}
		if slices.ContainsFunc(list[:i], func(other Override) bool { return other.Revision == o.Revision }) {
			p.add(field+".revision", CodeTwice, Args{"Value": o.Revision})
		}
	}
	return p.err()
}
