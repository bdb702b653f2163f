package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"klartext/content"
)

// userCommand is about accounts.
type userCommand struct {
	Add   userAdd   `cmd:"" help:"Make an account and print a one-time login link."`
	List  userList  `cmd:"" help:"List the accounts."`
	Reset userReset `cmd:"" help:"Print a new one-time login link for an account."`
}

type userAdd struct {
	Email         string `arg:"" help:"Email address; it is the name to log in with."`
	Name          string `required:"" help:"Name, as colleagues see it."`
	Role          string `required:"" enum:"author,approver,admin" help:"author (writes), approver (also approves and publishes) or admin (everything)."`
	PasswordStdin bool   `help:"Read a password from standard input instead of printing a link."`
}

// Run makes the account.
func (c *userAdd) Run(p *program) error {
	password, err := p.password(c.PasswordStdin)
	if err != nil {
		return err
	}
	return p.with(func(s *services) error {
		user, err := s.accounts.AddUser(p.ctx, content.Operator(), content.User{Email: c.Email, Name: c.Name, Role: content.Role(c.Role)})
		if err != nil {
			return err
		}
		if err := p.say("%s has an account as %s.\n", user.Email, user.Role); err != nil {
			return err
		}
		if err := p.letIn(s, user, password); err != nil {
			return fmt.Errorf("%s\nThe account is there, without a password: klartext user reset %s", explain(err), user.Email)
		}
		return nil
	})
}

type userList struct{}

// Run prints a table of the accounts.
func (*userList) Run(p *program) error {
	return p.with(func(s *services) error {
		users, err := s.accounts.Users(p.ctx, content.Operator())
		if err != nil {
			return err
		}
		rows := [][]string{{"EMAIL", "NAME", "ROLE", "SINCE", "STATE"}}
		for _, u := range users {
			state := "active"
			if !u.Disabled.IsZero() {
				state = "disabled " + day(u.Disabled)
			}
			rows = append(rows, []string{u.Email, u.Name, string(u.Role), day(u.Created), state})
		}
		return p.table(rows)
	})
}

type userReset struct {
	Email         string `arg:"" help:"Email address of the account."`
	PasswordStdin bool   `help:"Read a new password from standard input instead of printing a link."`
}

// Run prints a link or sets the password.
func (c *userReset) Run(p *program) error {
	password, err := p.password(c.PasswordStdin)
	if err != nil {
		return err
	}
	return p.with(func(s *services) error {
		user, err := s.accounts.UserByEmail(p.ctx, content.Operator(), c.Email)
		if err != nil {
			return err
		}
		return p.letIn(s, user, password)
	})
}

// letIn sets the password where there is one, else prints a one-time link on a line of its own.
func (p *program) letIn(s *services, user content.User, password string) error {
	if password != "" {
		if err := s.accounts.SetPassword(p.ctx, content.Operator(), user.ID, password); err != nil {
			return err
		}
		return p.say("The password is set. All other logins of this account have ended.\n")
	}
	link, err := p.loginLink(s, user)
	if err != nil {
		return err
	}
	return p.say("This link logs in once, within %d hours:\n%s\n", int(content.LoginLinkLife.Hours()), link)
}

// loginLink is the address that logs a user in once.
func (p *program) loginLink(s *services, user content.User) (string, error) {
	secret, err := s.accounts.LoginLink(p.ctx, content.Operator(), user.ID)
	if err != nil {
		return "", fmt.Errorf("make a login link for %s: %w", user.Email, err)
	}
	return p.config.BaseURL + "/admin/enter?token=" + secret, nil
}

// longestPassword is more than any password may have, in bytes.
const longestPassword = 4096

// password reads the first line of standard input where that is asked for.
func (p *program) password(asked bool) (string, error) {
	if !asked {
		return "", nil
	}
	line, err := bufio.NewReader(io.LimitReader(p.stdin, longestPassword)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", &usageError{errors.New("there is no password on standard input")}
	}
	return line, nil
}
