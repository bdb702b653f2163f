package content

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Length of a password in letters. No rule asks for digits or signs: they make passwords harder to remember, not to guess.
const (
	minPassword = 12
	maxPassword = 256
)

func (a *Accounts) checkPassword(user User, password string) error {
	var p problems
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		p.add("password", CodePasswordShort, Args{"Length": n, "Limit": minPassword})
	case n > maxPassword:
		p.add("password", CodePasswordLong, Args{"Limit": maxPassword})
	case a.Passwords.Common(password):
		p.add("password", CodePasswordCommon, nil)
	case personal(password, user):
		p.add("password", CodePasswordPersonal, nil)
	}
	return p.err()
}

// personal finds a password that is little more than the person's own name or
// address: whoever guesses at this account tries those first.
func personal(password string, user User) bool {
	const rest = 8 // letters that must be left without name and address
	left := strings.ToLower(password)
	about := strings.FieldsFunc(user.Email+" "+user.Name, func(r rune) bool { return strings.ContainsRune(" @.-_+", r) })
	for _, word := range about {
		if utf8.RuneCountInString(word) >= 3 {
			left = strings.ReplaceAll(left, strings.ToLower(word), "")
		}
	}
	return left != strings.ToLower(password) && utf8.RuneCountInString(left) < rest
}

// renew hashes the password anew where its hash costs less than today's, now
// that it is known. The login counts all the same where that fails.
func (a *Accounts) renew(ctx context.Context, user User, password string) error {
	if !a.Passwords.Outdated(user.PasswordHash) {
		return nil
	}
	hash, err := a.Passwords.Hash(ctx, password)
	if err != nil {
		return fmt.Errorf("hash a password anew: %w", err)
	}
	_, err = a.Store.UpdateUser(ctx, user.ID, func(u *User, _ int) error {
		if u.PasswordHash == user.PasswordHash {
			u.PasswordHash = hash
		}
		return nil
	}, NewAudit(System(), a.Now(), "user.rehash", user.ID, nil))
	return err
}
