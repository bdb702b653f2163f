package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

func userOf(row db.User) content.User {
	return content.User{
		ID: row.ID, Email: row.Email, Name: row.Name, Role: content.Role(row.Role), Lang: content.Lang(row.Lang),
		PasswordHash: row.PasswordHash, Created: at(row.CreatedAt), Disabled: at(row.DisabledAt),
	}
}

// Users lists the accounts, oldest first.
func (s *Store) Users(ctx context.Context) ([]content.User, error) {
	rows, err := s.reader().Users(ctx)
	if err != nil {
		return nil, fmt.Errorf("read users: %w", classify(err))
	}
	list := make([]content.User, 0, len(rows))
	for _, row := range rows {
		list = append(list, userOf(row))
	}
	return list, nil
}

// User is one account, or NotFound.
func (s *Store) User(ctx context.Context, id string) (content.User, error) {
	row, err := s.reader().User(ctx, id)
	return userOf(row), missing(err, content.CodeUserUnknown, "user", id)
}

// UserByEmail is one account, or NotFound.
func (s *Store) UserByEmail(ctx context.Context, email string) (content.User, error) {
	row, err := s.reader().UserByEmail(ctx, email)
	return userOf(row), missing(err, content.CodeUserUnknown, "user", email)
}

func emailTaken(email string) error {
	args := content.Args{"Value": email}
	return &content.Error{Kind: content.Conflict, Code: content.CodeEmailTaken, Args: args, Fields: []content.FieldError{
		{Field: "email", Code: content.CodeEmailTaken, Args: args},
	}}
}

// CreateUser writes an account; Conflict where the address has one.
func (s *Store) CreateUser(ctx context.Context, u content.User, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		n, err := tx.AddUser(ctx, db.AddUserParams{
			ID: u.ID, Email: u.Email, Name: u.Name, Role: string(u.Role), Lang: string(u.Lang),
			PasswordHash: u.PasswordHash, CreatedAt: ms(u.Created), DisabledAt: ms(u.Disabled),
		})
		if err != nil {
			return fmt.Errorf("add user: %w", err)
		}
		if n == 0 {
			return emailTaken(u.Email)
		}
		return tx.audit(ctx, audit)
	})
}

// UpdateUser loads the user and counts the other working admins, all under a lock, and writes what change left.
func (s *Store) UpdateUser(ctx context.Context, id string, change func(u *content.User, otherAdmins int) error, audit content.Audit) (content.User, error) {
	var u content.User
	err := s.inTx(ctx, func(tx *tx) (err error) {
		if _, u, err = tx.updateUser(ctx, id, change); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return u, err
}

// UpdateAccess is UpdateUser that ends logins which rest on what is no longer so.
func (s *Store) UpdateAccess(ctx context.Context, id string, change func(u *content.User, otherAdmins int) error, audit content.Audit) (content.User, error) {
	var u content.User
	err := s.inTx(ctx, func(tx *tx) (err error) {
		var before content.User
		if before, u, err = tx.updateUser(ctx, id, change); err != nil {
			return err
		}
		if err := tx.endLogins(ctx, before, u, ms(audit.At)); err != nil {
			return err
		}
		return tx.audit(ctx, audit)
	})
	return u, err
}

func (t *tx) updateUser(ctx context.Context, id string, change func(u *content.User, otherAdmins int) error) (before, u content.User, err error) {
	locked, err := t.LockUsers(ctx, id)
	if err != nil {
		return before, u, fmt.Errorf("lock users: %w", err)
	}
	otherAdmins := 0
	for _, row := range locked {
		if row.ID != id && row.Role == string(content.Admin) && row.DisabledAt == 0 {
			otherAdmins++
		}
	}
	row, err := t.User(ctx, id)
	if err != nil {
		return before, u, missing(err, content.CodeUserUnknown, "user", id)
	}
	before, u = userOf(row), userOf(row)
	if err := change(&u, otherAdmins); err != nil {
		return before, u, err
	}
	if other, err := t.UserByEmail(ctx, u.Email); err == nil && other.ID != id {
		return before, u, emailTaken(u.Email)
	}
	_, err = t.SetUser(ctx, db.SetUserParams{
		ID: id, Email: u.Email, Name: u.Name, Role: string(u.Role), Lang: string(u.Lang), PasswordHash: u.PasswordHash, DisabledAt: ms(u.Disabled),
	})
	if err != nil {
		return before, u, fmt.Errorf("write user %s: %w", id, err)
	}
	return before, u, nil
}

func (t *tx) endLogins(ctx context.Context, before, u content.User, now int64) error {
	proof := u.PasswordHash != before.PasswordHash || !u.Disabled.Equal(before.Disabled)
	if proof || u.Role != before.Role {
		if err := t.EndSessions(ctx, db.EndSessionsParams{UserID: u.ID, EndedAt: now}); err != nil {
			return fmt.Errorf("end the sessions of user %s: %w", u.ID, err)
		}
	}
	if before.Disabled.IsZero() && !u.Disabled.IsZero() { // or its tokens would work again with the account
		if err := t.RevokeTokensOf(ctx, db.RevokeTokensOfParams{UserID: u.ID, RevokedAt: now}); err != nil {
			return fmt.Errorf("revoke the tokens of user %s: %w", u.ID, err)
		}
	}
	if proof {
		if err := t.EndLoginLinks(ctx, db.EndLoginLinksParams{UserID: u.ID, UsedAt: now}); err != nil {
			return fmt.Errorf("end the login links of user %s: %w", u.ID, err)
		}
	}
	return nil
}
