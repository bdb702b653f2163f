package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Proposal is a text for one channel in one language that fits at once.
type Proposal struct {
	Announcement Announcement // without a text where none can be proposed
	Composed     Composed     // with the link
	Reason       Reason       // why there is no text, or why it is not the whole summary
}

// Codes of proposals.
const (
	CodeProposalNoSummary Code = "proposal_no_summary"
	CodeProposalNoFit     Code = "proposal_no_fit"
	CodeProposalPart      Code = "proposal_part"
)

// Propose makes an announcement for each connected channel and language of the
// change's summary. What is too long is cut between sentences only, never within one.
func (s *Changes) Propose(ctx context.Context, actor Actor, id string) ([]Proposal, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	c, err := s.Store.Change(ctx, id)
	if err != nil {
		return nil, err
	}
	in, err := s.gateInput(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []Proposal
	for _, channel := range in.channels {
		for _, lang := range channel.Languages {
			if channel.State == ChannelDisconnected || !slices.Contains(in.settings.Languages, lang) {
				continue
			}
			p, err := s.propose(channel, &c, lang)
			if err != nil {
				return nil, fmt.Errorf("propose an announcement for channel %s: %w", channel.ID, err)
			}
			all = append(all, p)
		}
	}
	return all, nil
}

func (s *Changes) propose(channel Channel, c *Change, lang Lang) (Proposal, error) {
	p := Proposal{Announcement: Announcement{Channel: channel.ID, Lang: lang, Link: true}}
	summary := strings.TrimSpace(c.Summary[lang])
	if summary == "" {
		p.Reason = Reason{Code: CodeProposalNoSummary, Args: Args{"Lang": string(lang)}}
		return p, nil
	}
	beginnings := s.beginnings(summary, lang)
	for i, text := range beginnings {
		a := p.Announcement
		a.Text = text
		parts, err := s.Compose(channel, c, a)
		if err != nil {
			return p, err
		}
		whole := Together(parts)
		if over := whole.Over(); over > 0 {
			if i == 0 {
				p.Reason = Reason{Code: CodeProposalNoFit, Args: Args{"Over": over}}
			} else {
				p.Reason = Reason{Code: CodeProposalPart, Args: Args{"Count": i, "Of": len(beginnings)}}
			}
			return p, nil
		}
		p.Announcement, p.Composed = a, whole
	}
	return p, nil
}

// beginnings lists the first sentence, the first two, and so on up to the whole text.
func (s *Changes) beginnings(text string, lang Lang) []string {
	var all []string
	if s.SentenceEnds != nil {
		for _, end := range s.SentenceEnds(text, string(lang)) {
			all = append(all, strings.TrimSpace(text[:end]))
		}
	}
	if len(all) == 0 {
		return []string{text}
	}
	all[len(all)-1] = text // with whatever stands behind the last sentence
	return all
}
