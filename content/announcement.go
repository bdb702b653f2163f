package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Announcement is the text for one channel in one language, without the permalink.
type Announcement struct {
	Channel        string   `json:"channel"`
	Lang           Lang     `json:"lang"`
	Text           string   `json:"text"`
	ContentWarning string   `json:"content_warning,omitempty"`
	Link           bool     `json:"link"`
	Media          []string `json:"media,omitempty"`
	Thread         bool     `json:"thread,omitempty"`    // a line of --- in the text begins the next part
	Reference      bool     `json:"reference,omitempty"` // the change's short reference stands on a line of its own
}

// maxParts is how many posts a thread may have.
const maxParts = 25

// partLine is the line by which an author cuts a thread.
const partLine = "---"

// Parts cuts an announcement into the posts that it becomes: one, or where it is
// a thread one for each part that its author made. Link, reference and pictures go with the first.
func Parts(a Announcement) []Announcement {
	if !a.Thread {
		return []Announcement{a}
	}
	var parts []Announcement
	var part []string
	for _, line := range append(strings.Split(a.Text, "\n"), partLine) {
		if strings.TrimSpace(line) != partLine {
			part = append(part, line)
			continue
		}
		if text := strings.TrimSpace(strings.Join(part, "\n")); text != "" {
			next := Announcement{Channel: a.Channel, Lang: a.Lang, Text: text, ContentWarning: a.ContentWarning, Thread: true}
			if len(parts) == 0 {
				next.Link, next.Reference, next.Media = a.Link, a.Reference, a.Media
			}
			parts = append(parts, next)
		}
		part = nil
	}
	if len(parts) == 0 { // nothing but lines that cut
		a.Text = ""
		return []Announcement{a}
	}
	return parts
}

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
	found, err := loadPictures(ctx, s.Store, list)
	if err != nil {
		return Change{}, err
	}
	if err := checkAnnouncements(list, channels, found); err != nil {
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

func checkAnnouncements(list []Announcement, channels []Channel, found pictures) error {
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
		default:
			found.check(&p, field, a, channels[at].Account)
		}
		if parts := len(Parts(a)); parts > maxParts {
			p.add(field+".text", CodePartsMany, Args{"Count": parts, "Limit": maxParts})
		}
		if slices.ContainsFunc(list[:i], func(o Announcement) bool { return o.Channel == a.Channel && o.Lang == a.Lang }) {
			p.add(field+".channel", CodeTwice, Args{"Value": a.Channel})
		}
	}
	return p.err()
}

// Compose makes and counts an announcement exactly as it will be sent, each of its parts by itself.
func (s *Changes) Compose(channel Channel, c *Change, a Announcement) ([]Composed, error) {
	network, ok := s.Networks[channel.Network]
	if !ok {
		return nil, Fail(Invalid, CodeNetworkUnknown, Args{"Network": channel.Network})
	}
	parts := Parts(a)
	all := make([]Composed, len(parts))
	for i, part := range parts {
		post := Post{
			Text: part.Text, ContentWarning: part.ContentWarning, Lang: part.Lang, Link: part.Link, Media: part.Media, Part: i,
		}
		if i == 0 { // by the permalink only the first part can be found again
			post.Permalink = s.Permalink(c, a.Lang)
		}
		if part.Reference {
			post.Reference = c.Reference()
		}
		all[i] = network.Compose(channel.Account, post)
		all[i].Permalink = post.Permalink
	}
	return all, nil
}

// Permalink is the public address of a change in one language.
func (s *Changes) Permalink(c *Change, lang Lang) string {
	return s.BaseURL + "/" + string(lang) + "/changes/" + c.Slug
}

// Reference is a short name of exactly what the change says now: the beginning of its hash.
func (c *Change) Reference() string { return c.Hash()[:referenceSize] }

const referenceSize = 8

func (s *Changes) gateAnnouncements(p *problems, c *Change, in gateInput) {
	for i, a := range c.Announcements {
		field := fmt.Sprintf("announcements.%d", i)
		at := slices.IndexFunc(in.channels, func(ch Channel) bool { return ch.ID == a.Channel && ch.State != ChannelDisconnected })
		if at < 0 {
			p.add(field+".channel", CodeChannelGone, Args{"Channel": a.Channel})
			continue
		}
		in.pictures.check(p, field, a, in.channels[at].Account)
		parts, err := s.Compose(in.channels[at], c, a)
		if err != nil {
			p.addErr(field+".channel", err)
			continue
		}
		for _, part := range parts {
			if code, args := tooLong(in.channels[at], part); code != "" {
				p.add(field+".text", code, args)
				break
			}
		}
	}
}

// tooLong says by how much a post is too long for its network; "" where it fits.
func tooLong(channel Channel, post Composed) (Code, Args) {
	if post.Over() == 0 {
		return "", nil
	}
	return CodeAnnouncementLong, Args{"Channel": channel.Name, "Length": post.Length, "Limit": post.Limit, "Over": post.Over()}
}
