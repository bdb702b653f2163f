package content

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
)

// User is a person with an account.
type User struct {
	ID           string
	Email        string
	Name         string
	Role         Role
	Lang         Lang // of the admin UI, "" for the browser's
	PasswordHash string
	Created      time.Time
	Disabled     time.Time // zero while the account works
}

// Actor is the user acting.
func (u User) Actor(via string) Actor {
	return Actor{UserID: u.ID, Name: u.Name, Role: u.Role, Via: via}
}

// Token is an API token; the secret itself is shown once and stored only as a hash.
type Token struct {
	ID      string
	Name    string
	User    string
	Created time.Time
	Expires time.Time // zero: never
	Revoked time.Time
	Used    time.Time
}

// Session is a login in a browser.
type Session struct {
	User    string
	Created time.Time
	Seen    time.Time
}

// How long sessions and links live. A session ends after SessionIdle without a request and after SessionMax in any case.
const (
	SessionIdle   = 2 * time.Hour
	SessionMax    = 12 * time.Hour
	LoginLinkLife = 24 * time.Hour
)

// UserStore keeps accounts.
type UserStore interface {
	Users(ctx context.Context) ([]User, error)
	// User answers NotFound with CodeUserUnknown.
	User(ctx context.Context, id string) (User, error)
	UserByEmail(ctx context.Context, email string) (User, error)
	CreateUser(ctx context.Context, user User, audit Audit) error
	// UpdateUser loads the user and the number of working admins beside them under a lock.
	UpdateUser(ctx context.Context, id string, change func(u *User, otherAdmins int) error, audit Audit) (User, error)
	// UpdateAccess is UpdateUser for what a login rests on. Where role, password or whether the account works are not
	// what they were, all sessions end in the same transaction; with the latter two unused login links do, too.
	// A disabled account's tokens are revoked.
	UpdateAccess(ctx context.Context, id string, change func(u *User, otherAdmins int) error, audit Audit) (User, error)
}

// CredentialStore keeps what proves who somebody is, always as a hash.
type CredentialStore interface {
	CreateLoginLink(ctx context.Context, hash, user string, created, expires time.Time, audit Audit) error
	// UseLoginLink answers the user's id once, and Conflict with CodeLinkUsed ever after.
	UseLoginLink(ctx context.Context, hash string, now time.Time) (string, error)
	CreateSession(ctx context.Context, hash string, s Session, audit Audit) error
	// TouchSession answers Unknown for a session that ended or is older than the limits; it notes that it was seen, where that can be written.
	TouchSession(ctx context.Context, hash string, now, createdAfter, seenAfter time.Time) (Session, error)
	EndSessions(ctx context.Context, user, hash string, now time.Time) error // hash "" ends all of the user's
}

// TokenStore keeps API tokens.
type TokenStore interface {
	Tokens(ctx context.Context, user string) ([]Token, error) // user "" lists all
	CreateToken(ctx context.Context, t Token, hash string, audit Audit) error
	// UseToken answers Unknown for a token that is unknown, revoked or expired; it notes the use, where that can be written.
	UseToken(ctx context.Context, hash string, now time.Time) (Token, error)
	RevokeToken(ctx context.Context, id, user string, now time.Time, audit Audit) error // user "" revokes anybody's
}

// FailureStore counts failed logins.
type FailureStore interface {
	// LoginFailures answers how many there were and when the last one was.
	LoginFailures(ctx context.Context, subject string) (int, time.Time, error)
	AddLoginFailure(ctx context.Context, subject string, now time.Time) error
	ForgetLoginFailures(ctx context.Context, subject string) error
}

// AccountStore is what Accounts needs.
type AccountStore interface {
	UserStore
	CredentialStore
	TokenStore
	FailureStore
	AuditStore
}

// Passwords hashes passwords, expensively.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	// Verify tells whether the password fits; an empty hash costs the same time and never fits.
	Verify(ctx context.Context, password, hash string) (bool, error)
	// Outdated tells whether a stored hash costs less than what Hash makes now.
	Outdated(hash string) bool
	// Common tells whether the password stands in a list that attackers try first.
	Common(password string) bool
}

// Accounts is the service for people and what proves who they are.
type Accounts struct {
	Store     AccountStore
	Passwords Passwords
	Now       Clock
}

// NewSecret makes a secret of 256 random bits in URL-safe letters, and the hash under which it is stored.
func NewSecret(prefix string) (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails since Go 1.24
	secret = prefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, HashSecret(secret)
}

// HashSecret is the SHA-256 of a random secret, in hex; it needs no salt because it has 256 random bits.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// AddUser makes an account without a password; a login link or a password lets the person in.
func (a *Accounts) AddUser(ctx context.Context, actor Actor, user User) (User, error) {
	if err := actor.May(ManageUsers); err != nil {
		return User{}, err
	}
	if err := user.check(); err != nil {
		return User{}, err
	}
	now := a.Now()
	user.ID, user.Created, user.PasswordHash = NewID(now), now, ""
	err := a.Store.CreateUser(ctx, user, NewAudit(actor, now, "user.create", user.ID, map[string]string{"role": string(user.Role)}))
	return user, err
}

func normalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (u *User) check() error {
	var p problems
	u.Email, u.Name = normalEmail(u.Email), strings.TrimSpace(u.Name)
	if at, err := mail.ParseAddress(u.Email); err != nil || at.Address != u.Email || len(u.Email) > 254 {
		p.add("email", CodeEmailForm, Args{"Value": u.Email})
	}
	if u.Name == "" {
		p.add("name", CodeRequired, nil)
	}
	checkLength(&p, "name", u.Name, maxLabel)
	if !slices.Contains(Roles(), u.Role) {
		p.add("role", CodeRoleUnknown, Args{"Value": string(u.Role)})
	}
	return p.err()
}

// UpdateUser changes name, address, role or whether the account works. The last admin stays one. Whoever gets another role
// must log in again; tokens have the role that their user has when they are used.
func (a *Accounts) UpdateUser(ctx context.Context, actor Actor, id string, change func(*User)) (User, error) {
	if err := actor.May(ManageUsers); err != nil {
		return User{}, err
	}
	return a.Store.UpdateAccess(ctx, id, func(u *User, otherAdmins int) error {
		before := *u
		change(u)
		u.ID, u.PasswordHash, u.Created = before.ID, before.PasswordHash, before.Created
		if before.Role == Admin && (u.Role != Admin || !u.Disabled.IsZero()) && otherAdmins == 0 {
			return Fail(Conflict, CodeLastAdmin, nil)
		}
		return u.check()
	}, NewAudit(actor, a.Now(), "user.update", id, nil))
}

// Users lists the accounts.
func (a *Accounts) Users(ctx context.Context, actor Actor) ([]User, error) {
	if err := actor.May(ManageUsers); err != nil {
		return nil, err
	}
	return a.Store.Users(ctx)
}

// UserByEmail finds an account.
func (a *Accounts) UserByEmail(ctx context.Context, actor Actor, email string) (User, error) {
	if err := actor.May(ManageUsers); err != nil {
		return User{}, err
	}
	return a.Store.UserByEmail(ctx, normalEmail(email))
}

// Names gives the name of each user id, for those who may read drafts.
func (a *Accounts) Names(ctx context.Context, actor Actor) (map[string]string, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	users, err := a.Store.Users(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	names := make(map[string]string, len(users))
	for _, u := range users {
		names[u.ID] = u.Name
	}
	return names, nil
}

// SetPassword gives a user a password. People set their own; an admin may set anybody's. All sessions and unused login
// links end; tokens stay until they are revoked.
func (a *Accounts) SetPassword(ctx context.Context, actor Actor, user, password string) error {
	if actor.UserID != user || user == "" {
		if err := actor.May(ManageUsers); err != nil {
			return err
		}
	}
	owner, err := a.Store.User(ctx, user)
	if err != nil {
		return err
	}
	if err := a.checkPassword(owner, password); err != nil {
		return err
	}
	hash, err := a.Passwords.Hash(ctx, password)
	if err != nil {
		return fmt.Errorf("hash a password: %w", err)
	}
	_, err = a.Store.UpdateAccess(ctx, user, func(u *User, _ int) error { u.PasswordHash = hash; return nil },
		NewAudit(actor, a.Now(), "user.password", user, nil))
	return err
}

// Audits reads who did what, newest first.
func (a *Accounts) Audits(ctx context.Context, actor Actor, before string, limit int) ([]Audit, error) {
	if err := actor.May(ReadAudit); err != nil {
		return nil, err
	}
	return a.Store.Audits(ctx, before, limit)
}
