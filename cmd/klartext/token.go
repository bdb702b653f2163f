package main

import (
	"errors"
	"time"

	"klartext/content"
)

// tokenCommand is about API tokens.
type tokenCommand struct {
	Add    tokenAdd    `cmd:"" help:"Make an API token and print it, once."`
	List   tokenList   `cmd:"" help:"List the tokens; the secrets themselves are not kept."`
	Revoke tokenRevoke `cmd:"" help:"End a token at once."`
}

type tokenAdd struct {
	Name    string        `arg:"" help:"What the token is for."`
	User    string        `required:"" placeholder:"EMAIL" help:"Whose rights it has."`
	Expires time.Duration `placeholder:"720h" help:"How long it works; without it, until it is revoked."`
}

// Run prints the token alone on the last line, for scripts.
func (c *tokenAdd) Run(p *program) error {
	if c.Expires < 0 {
		return &usageError{errors.New("--expires must be a time to come, such as 720h")}
	}
	return p.with(func(s *services) error {
		user, err := s.accounts.UserByEmail(p.ctx, content.Operator(), c.User)
		if err != nil {
			return err
		}
		token, secret, err := s.accounts.AddToken(p.ctx, content.Operator(), c.Name, user.ID, c.Expires)
		if err != nil {
			return err
		}
		return p.say("Token %s has the rights of %s (%s) %s.\nIt is shown only now:\n%s\n",
			token.ID, user.Email, user.Role, until(token), secret)
	})
}

func until(t content.Token) string {
	if t.Expires.IsZero() {
		return "until it is revoked"
	}
	return "until " + t.Expires.UTC().Format(time.RFC3339)
}

type tokenList struct{}

// Run prints a table of all tokens.
func (*tokenList) Run(p *program) error {
	return p.with(func(s *services) error {
		users, err := s.accounts.Users(p.ctx, content.Operator())
		if err != nil {
			return err
		}
		emails := map[string]string{}
		for _, u := range users {
			emails[u.ID] = u.Email
		}
		tokens, err := s.accounts.Tokens(p.ctx, content.Operator(), "")
		if err != nil {
			return err
		}
		rows := [][]string{{"ID", "NAME", "USER", "MADE", "LAST USED", "STATE"}}
		for _, t := range tokens {
			rows = append(rows, []string{t.ID, t.Name, emails[t.User], day(t.Created), day(t.Used), tokenState(t, p.now())})
		}
		return p.table(rows)
	})
}

func tokenState(t content.Token, now time.Time) string {
	switch {
	case !t.Revoked.IsZero():
		return "revoked " + day(t.Revoked)
	case t.Expires.IsZero():
		return "works"
	case t.Expires.After(now):
		return "works until " + day(t.Expires)
	}
	return "ended " + day(t.Expires)
}

func day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}

type tokenRevoke struct {
	ID string `arg:"" help:"As token list shows it."`
}

// Run ends the token.
func (c *tokenRevoke) Run(p *program) error {
	return p.with(func(s *services) error {
		if err := s.accounts.RevokeToken(p.ctx, content.Operator(), c.ID); err != nil {
			return err
		}
		return p.say("Token %s no longer works.\n", c.ID)
	})
}
