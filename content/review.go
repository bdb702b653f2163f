package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// SetAnnouncements replaces the announcements of a change. Like every edit it voids approvals.
func (s *Changes) SetAnnouncements(ctx context.Context, actor Actor, id string, list []Announcement) (Change, error) {
	return s.SetAnnouncementsFrom(ctx, actor, id, 0, list)
}

// SetAnnouncementsFrom is SetAnnouncements for somebody who read the change at
// this edition. It answers Conflict with CodeEditionOld where somebody else wrote since; edition 0 writes over whatever is there.
func (s *Changes) SetAnnouncementsFrom(ctx context.Context, actor Actor, id string, edition int, list []Announcement) (Change, error) {
	if err := actor.May(WriteChange); err != nil {
		return Change{}, err
	}
	channels, err := s.Channels.Channels(ctx)
	if err != nil {
		return Change{}, fmt.Errorf("read channels: %w", err)
	}
	list = kept(list, func(a *Announcement) bool { a.Text = strings.TrimSpace(lines(a.Text)); return a.Text != "" })
	if err := checkAnnouncements(list, channels); err != nil {
		return Change{}, err
	}
	return s.edit(ctx, actor, id, "change.announcements", func(c *Change) error {
		if edition != 0 && edition != c.Edition {
			return Fail(Conflict, CodeEditionOld, nil)
		}
		c.Announcements = list
		return nil
	})
}

func checkAnnouncements(list []Announcement, channels []Channel) error {
	var p problems
	if checkCount(&p, "announcements", len(list), maxAnnouncements); len(p) > 0 {
		return p.err() // a complaint about each would be a flood of its own
	}
	for i, a := range list {
		field := fmt.Sprintf("announcements.%d", i)
		checkLength(&p, field+".text", a.Text, maxAnnouncement)
		checkLength(&p, field+".content_warning", a.ContentWarning, maxLabel)
		at := slices.IndexFunc(channels, func(c Channel) bool { return c.ID == a.Channel })
		switch {
		case at < 0:
			p.add(field+".channel", CodeChannelUnknown, Args{"Value": a.Channel})
		case !slices.Contains(channels[at].Languages, a.Lang):
			p.add(field+".lang", CodeChannelLang, Args{"Lang": string(a.Lang), "Channel": channels[at].Name})
		}
		if slices.ContainsFunc(list[:i], func(o Announcement) bool { return o.Channel == a.Channel && o.Lang == a.Lang }) {
			p.add(field+".channel", CodeTwice, Args{"Value": a.Channel})
		}
	}
	return p.err()
}

// Compose makes and counts an announcement exactly as it will be sent.
func (s *Changes) Compose(channel Channel, c *Change, a Announcement) (Composed, error) {
	network, ok := s.Networks[channel.Network]
	if !ok {
		return Composed{}, Fail(Invalid, CodeNetworkUnknown, Args{"Network": channel.Network})
	}
	permalink := s.Permalink(c, a.Lang)
	composed := network.Compose(channel.Account, Post{
		Text: a.Text, ContentWarning: a.ContentWarning, Lang: a.Lang, Permalink: permalink, Link: a.Link, Media: a.Media,
	})
	composed.Permalink = permalink
	return composed, nil
}

// Permalink is the public address of a change in one language.
func (s *Changes) Permalink(c *Change, lang Lang) string {
	return s.BaseURL + "/" + string(lang) + "/changes/" + c.Slug
}

// Submit asks for approval. Where the site needs none the change is approved at once.
func (s *Changes) Submit(ctx context.Context, actor Actor, id string) (Change, error) {
	if err := actor.May(SubmitChange); err != nil {
		return Change{}, err
	}
	settings, channels, err := s.gateInput(ctx)
	if err != nil {
		return Change{}, err
	}
	j, err := s.judgeStored(ctx, id)
	if err != nil {
		return Change{}, err
	}
	if err := s.keepPassed(ctx, j); err != nil {
		return Change{}, err
	}
	now := s.Now()
	return s.Store.UpdateChange(ctx, id, func(c *Change) error {
		next, err := c.State.Next(StepSubmit)
		if err != nil {
			return err
		}
		if err := s.gate(c, settings, channels, j); err != nil {
			return err
		}
		c.State, c.Updated, c.Note, c.Failure = next, now, "", nil
		if settings.ApprovalsRequired == 0 {
			c.State, err = c.State.Next(StepApprove)
		}
		return err
	}, NewAudit(actor, now, "change.submit", id, nil))
}

func (s *Changes) gateInput(ctx context.Context) (Settings, []Channel, error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return settings, nil, fmt.Errorf("read settings: %w", err)
	}
	channels, err := s.Channels.Channels(ctx)
	if err != nil {
		return settings, nil, fmt.Errorf("read channels: %w", err)
	}
	return settings, channels, nil
}

// Problems lists what would keep the change from being submitted now; nil where nothing would.
func (s *Changes) Problems(ctx context.Context, c *Change) (*Error, error) {
	settings, channels, err := s.gateInput(ctx)
	if err != nil {
		return nil, err
	}
	j, err := s.judge(ctx, c)
	if err != nil {
		return nil, err
	}
	gate, _ := s.gate(c, settings, channels, j).(*Error) //nolint:errorlint // gate makes this very type
	return gate, nil
}

// gate holds back what readers could not understand or a network would refuse.
func (s *Changes) gate(c *Change, settings Settings, channels []Channel, j judged) error {
	var p problems
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
	s.gateAnnouncements(&p, c, channels)
	if err := c.gatePlain(&p, j); err != nil {
		return err
	}
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

func (s *Changes) gateAnnouncements(p *problems, c *Change, channels []Channel) {
	for i, a := range c.Announcements {
		field := fmt.Sprintf("announcements.%d", i)
		at := slices.IndexFunc(channels, func(ch Channel) bool { return ch.ID == a.Channel && ch.State != ChannelDisconnected })
		if at < 0 {
			p.add(field+".channel", CodeChannelGone, Args{"Channel": a.Channel})
			continue
		}
		composed, err := s.Compose(channels[at], c, a)
		if err != nil {
			p.addErr(field+".channel", err)
			continue
		}
		if over := composed.Over(); over > 0 {
			p.add(field+".text", CodeAnnouncementLong, Args{
				"Channel": channels[at].Name, "Length": composed.Length, "Limit": composed.Limit, "Over": over,
			})
		}
	}
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
