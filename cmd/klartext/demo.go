package main

import (
	"klartext/content"
	"klartext/content/demo"
)

// demoCommand fills an empty installation.
type demoCommand struct {
	Keep bool `help:"Where there is content already, leave it as it is; if it is the demo's, print new login links."`
}

// Run fills the site and prints where it will be and how to log in.
func (d *demoCommand) Run(p *program) error {
	return p.with(func(s *services) error {
		users, err := demo.Fill(p.ctx, s.store, s.renderer, s.checker, p.now())
		if err != nil && content.KindOf(err) == content.Conflict && d.Keep {
			if users, err = demo.Users(p.ctx, s.accounts); len(users) == 0 {
				return err
			}
		}
		if err != nil {
			return err
		}
		return p.welcome(s, users)
	})
}

// welcome prints a one-time link for each account of the demo.
func (p *program) welcome(s *services, users []content.User) error {
	var rows [][]string
	for _, user := range users {
		if !user.Disabled.IsZero() {
			continue
		}
		link, err := p.loginLink(s, user)
		if err != nil {
			return err
		}
		rows = append(rows, []string{"  " + string(user.Role), link})
	}
	if err := p.say(welcome, p.config.BaseURL, int(content.LoginLinkLife.Hours())); err != nil {
		return err
	}
	if err := p.table(rows); err != nil {
		return err
	}
	return p.say("\n")
}

const welcome = `The demo site is in place. Once the program serves, readers find it at

  %s/

Log in with one of these links. Each works once, for %d hours:

`
