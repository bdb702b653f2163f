package content

import (
	"context"
	"fmt"
	"time"
)

// LoginLink makes a one-time secret that lets the user in once; it replaces no password.
func (a *Accounts) LoginLink(ctx context.Context, actor Actor, user string) (string, error) {
	if err := actor.May(ManageUsers); err != nil {
		return "", err
	}
	if _, err := a.Store.User(ctx, user); err != nil {
		return "", err
	}
	now := a.Now()
	secret, hash := NewSecret("")
	err := a.Store.CreateLoginLink(ctx, hash, user, now, now.Add(LoginLinkLife), NewAudit(actor, now, "user.link", user, nil))
	return secret, err
}

// EnterByLink turns a one-time secret into a session and answers the session's secret.
func (a *Accounts) EnterByLink(ctx context.Context, secret string) (User, string, error) {
	id, err := a.Store.UseLoginLink(ctx, HashSecret(secret), a.Now())
	if err != nil {
		return User{}, "", err
	}
	user, err := a.Store.User(ctx, id)
	if err != nil {
		return User{}, "", fmt.Errorf("read the user of a login link: %w", err)
	}
	return a.enter(ctx, user, "login.link")
}

// Enter checks email and password. origin is a keyed hash of where the request
// comes from, so that guessing is slowed down without keeping an address. Every
// refusal reads the same and costs the same time.
func (a *Accounts) Enter(ctx context.Context, email, password, origin string) (User, string, error) {
	user, err := a.Store.UserByEmail(ctx, normalEmail(email))
	if err != nil && KindOf(err) != NotFound {
		return User{}, "", err
	}
	subjects := []string{"account:" + HashSecret(normalEmail(email)), "origin:" + origin}
	if err := a.slowDown(ctx, subjects); err != nil {
		return User{}, "", err
	}
	fits, err := a.Passwords.Verify(ctx, password, user.PasswordHash)
	if err != nil {
		return User{}, "", err
	}
	if !fits || user.ID == "" || !user.Disabled.IsZero() {
		return User{}, "", a.refuse(ctx, subjects)
	}
	if err := a.Store.ForgetLoginFailures(ctx, subjects[0]); err != nil {
		return User{}, "", fmt.Errorf("forget failed logins: %w", err)
	}
	if err := a.renew(ctx, user, password); err != nil && KindOf(err) != Unavailable {
		return User{}, "", err
	}
	return a.enter(ctx, user, "login.password")
}

// Free tries before waiting begins, and the longest wait: a slow-down, never a lock-out.
const (
	freeTries = 5
	maxWait   = 5 * time.Minute
)

func (a *Accounts) slowDown(ctx context.Context, subjects []string) error {
	for _, subject := range subjects {
		failures, last, err := a.Store.LoginFailures(ctx, subject)
		if err != nil {
			return fmt.Errorf("read failed logins: %w", err)
		}
		if failures < freeTries {
			continue
		}
		wait := min(maxWait, time.Second<<min(failures-freeTries, 20))
		if left := last.Add(wait).Sub(a.Now()); left > 0 {
			return Fail(Unavailable, CodeLoginSlow, Args{"Seconds": int(left.Seconds()) + 1})
		}
	}
	return nil
}

func (a *Accounts) refuse(ctx context.Context, subjects []string) error {
	for _, subject := range subjects {
		if err := a.Store.AddLoginFailure(ctx, subject, a.Now()); err != nil {
			return fmt.Errorf("count a failed login: %w", err)
		}
	}
	return Fail(Unknown, CodeLoginWrong, nil)
}

func (a *Accounts) enter(ctx context.Context, user User, action string) (User, string, error) {
	if !user.Disabled.IsZero() {
		return User{}, "", Fail(Unknown, CodeLoginWrong, nil)
	}
	now := a.Now()
	secret, hash := NewSecret("")
	s := Session{User: user.ID, Created: now, Seen: now}
	if err := a.Store.CreateSession(ctx, hash, s, NewAudit(user.Actor("session"), now, action, user.ID, nil)); err != nil {
		return User{}, "", err
	}
	return user, secret, nil
}

// BySession finds who a session's secret belongs to.
func (a *Accounts) BySession(ctx context.Context, secret string) (User, error) {
	now := a.Now()
	s, err := a.Store.TouchSession(ctx, HashSecret(secret), now, now.Add(-SessionMax), now.Add(-SessionIdle))
	if err != nil {
		return User{}, err
	}
	return a.working(ctx, s.User)
}

// Leave ends a session.
func (a *Accounts) Leave(ctx context.Context, user User, secret string) error {
	return a.Store.EndSessions(ctx, user.ID, HashSecret(secret), a.Now())
}

// ByToken finds who an API token belongs to.
func (a *Accounts) ByToken(ctx context.Context, secret string) (User, error) {
	t, err := a.Store.UseToken(ctx, HashSecret(secret), a.Now())
	if err != nil {
		return User{}, err
	}
	return a.working(ctx, t.User)
}

func (a *Accounts) working(ctx context.Context, id string) (User, error) {
	user, err := a.Store.User(ctx, id)
	if err != nil {
		return User{}, err
	}
	if !user.Disabled.IsZero() {
		return User{}, Fail(Unknown, CodeLoginNeeded, nil)
	}
	return user, nil
}

// AddToken makes an API token for a user and answers its secret, once. It works as long as life, or for ever where that is 0.
func (a *Accounts) AddToken(ctx context.Context, actor Actor, name, user string, life time.Duration) (Token, string, error) {
	act := ManageUserTokens
	if actor.UserID == user && user != "" {
		act = ManageOwnTokens
	}
	if err := actor.May(act); err != nil {
		return Token{}, "", err
	}
	var p problems
	if name == "" {
		p.add("name", CodeRequired, nil)
	}
	checkLength(&p, "name", name, maxLabel)
	if life < 0 {
		p.add("expires_at", CodePublishPast, nil)
	}
	if err := p.err(); err != nil {
		return Token{}, "", err
	}
	now := a.Now()
	t := Token{ID: NewID(now), Name: name, User: user, Created: now}
	if life > 0 {
		t.Expires = now.Add(life)
	}
	secret, hash := NewSecret("klartext_")
	err := a.Store.CreateToken(ctx, t, hash, NewAudit(actor, now, "token.create", t.ID, map[string]string{"user": user}))
	return t, secret, err
}

// Tokens lists the tokens of a user, or all of them for an admin where user is "".
func (a *Accounts) Tokens(ctx context.Context, actor Actor, user string) ([]Token, error) {
	act := ManageUserTokens
	if actor.UserID == user && user != "" {
		act = ManageOwnTokens
	}
	if err := actor.May(act); err != nil {
		return nil, err
	}
	return a.Store.Tokens(ctx, user)
}

// RevokeToken ends a token at once: one's own, or anybody's for an admin.
func (a *Accounts) RevokeToken(ctx context.Context, actor Actor, id string) error {
	owner := actor.UserID
	if actor.Role.May(ManageUserTokens) {
		owner = ""
	} else if err := actor.May(ManageOwnTokens); err != nil {
		return err
	}
	return a.Store.RevokeToken(ctx, id, owner, a.Now(), NewAudit(actor, a.Now(), "token.revoke", id, nil))
}
