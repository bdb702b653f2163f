package view

import (
	"time"

	"klartext/content"
)

// LoginPage asks who somebody is.
type LoginPage struct {
	Admin
	Email string
	Next  string // where to go on
}

// EnterPage is where a one-time link leads. The link is used by its button
// only, because mail programs open links to look at them.
type EnterPage struct {
	Admin
	Token string
}

// EndedPage gives a form back to a person whose session ended while they were typing.
type EndedPage struct {
	Admin
	Action string // where the form goes
	Kept   []Kept
}

// Kept is one value that was typed.
type Kept struct {
	Name  string
	Value string
}

// AccountPage is for one's own account.
type AccountPage struct {
	Admin
	Langs  []content.Lang // that the admin UI speaks
	Chosen content.Lang
	// Fresh proves that the person came by a one-time link just now and need not know the current password.
	Fresh       string
	HasPassword bool
	Tokens      []content.Token
	TokenName   string
	TokenLife   string
	Secret      string // of a new token, shown this once
	Now         time.Time
}

// Ended tells whether a token no longer works.
func (a AccountPage) Ended(t content.Token) bool {
	return !t.Revoked.IsZero() || !t.Expires.IsZero() && !t.Expires.After(a.Now)
}

// UsersPage lists the accounts and adds one.
type UsersPage struct {
	Admin
	Users []content.User
	Roles []content.Role
	New   content.User // what was typed and not accepted
}

// UserPage changes one account.
type UserPage struct {
	Admin
	Account content.User
	Roles   []content.Role
	Link    string // a new one-time link, shown this once
	Self    bool
}

// AuditPage shows who did what.
type AuditPage struct {
	Admin
	Rows []AuditRow
	Next string // address of older lines, "" at the end
}

// AuditRow is one line of it.
type AuditRow struct {
	At      time.Time
	Who     string
	Via     string
	Action  string // in the reader's words
	Subject string
	Href    string // of what was acted on, "" where it has no page
	Detail  string
}
