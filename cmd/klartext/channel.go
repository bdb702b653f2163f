package main

import (
	"fmt"
	"strings"

	"klartext/content"
)

// channelCommand is about connected accounts.
type channelCommand struct {
	List channelList `cmd:"" help:"List the connected accounts."`
	Test channelTest `cmd:"" help:"Check the credentials and limits of an account, without posting."`
}

type channelList struct{}

// Run prints a table of the channels.
func (*channelList) Run(p *program) error {
	return p.with(func(s *services) error {
		channels, err := s.channels.List(p.ctx, content.Operator())
		if err != nil {
			return err
		}
		rows := [][]string{{"ID", "NETWORK", "NAME", "LANGUAGES", "STATE", "ACCOUNT"}}
		for _, c := range channels {
			rows = append(rows, []string{c.ID, c.Network, c.Name, langList(c.Languages), string(c.State), c.Account.Handle})
		}
		return p.table(rows)
	})
}

func langList(langs []content.Lang) string {
	names := make([]string, len(langs))
	for i, lang := range langs {
		names[i] = string(lang)
	}
	return strings.Join(names, " ")
}

type channelTest struct {
	ID string `arg:"" help:"As channel list shows it."`
}

// Run asks the network who the account is; nothing is posted.
func (c *channelTest) Run(p *program) error {
	return p.with(func(s *services) error {
		channel, err := s.channels.Test(p.ctx, content.Operator(), c.ID)
		if err != nil {
			return err
		}
		return p.say("%s\n", printable(works(channel)))
	})
}

// works says what the network told about the account.
func works(channel content.Channel) string {
	text := channel.Name + " works: " + channel.Account.Handle
	if channel.Account.Software != "" {
		text += " on " + channel.Account.Software
	}
	if channel.Account.Limit > 0 {
		text += fmt.Sprintf(", posts of at most %d characters", channel.Account.Limit)
	}
	return text + "."
}
