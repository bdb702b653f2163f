package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// CreateLoginLink stores the hash of a one-time secret.
func (s *Store) CreateLoginLink(ctx context.Context, hash, user string, created, expires time.Time, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.AddLoginLink(ctx, db.AddLoginLinkParams{TokenHash: hash, UserID: user, CreatedAt: ms(created), ExpiresAt: ms(expires)})
		if err != nil {
			return fmt.Errorf("add a login link: %w", err)
		}
		return tx.audit(ctx, audit)
	})
}

// UseLoginLink answers the user once and Conflict ever after.
func (s *Store) UseLoginLink(ctx context.Context, hash string, now time.Time) (string, error) {
	var user string
	err := s.inTx(ctx, func(tx *tx) (err error) {
		user, err = tx.UseLoginLink(ctx, db.UseLoginLinkParams{TokenHash: hash, UsedAt: ms(now)})
		if errors.Is(err, sql.ErrNoRows) {
			return content.Fail(content.Conflict, content.CodeLinkUsed, nil)
		}
		return err
	})
	return user, err
}

// CreateSession stores a session under the hash of its secret.
func (s *Store) CreateSession(ctx context.Context, hash string, session content.Session, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.AddSession(ctx, db.AddSessionParams{TokenHash: hash, UserID: session.User, CreatedAt: ms(session.Created), SeenAt: ms(session.Seen)})
		if err != nil {
			return fmt.Errorf("add a session: %w", err)
		}
		return tx.audit(ctx, audit)
	})
}

// seenStep is how exactly the last sight of a session or token is kept: writing it at every request would cost a commit each.
const seenStep = time.Minute

// withoutRoom lets people go on reading where the disk is full or the database busy: that they were seen need not be kept.
func withoutRoom(err error) error {
	if content.KindOf(err) == content.Unavailable {
		return nil
	}
	return err
}

// TouchSession finds a session that is still good.
func (s *Store) TouchSession(ctx context.Context, hash string, now, createdAfter, seenAfter time.Time) (content.Session, error) {
	row, err := s.reader().Session(ctx, db.SessionParams{TokenHash: hash, CreatedAt: ms(createdAfter), SeenAt: ms(seenAfter)})
	if errors.Is(err, sql.ErrNoRows) {
		return content.Session{}, content.Fail(content.Unknown, content.CodeLoginNeeded, nil)
	}
	if err != nil {
		return content.Session{}, fmt.Errorf("read a session: %w", classify(err))
	}
	if now.Sub(at(row.SeenAt)) > seenStep {
		err = withoutRoom(s.inTx(ctx, func(tx *tx) error { return tx.SeeSession(ctx, db.SeeSessionParams{TokenHash: hash, SeenAt: ms(now)}) }))
	}
	return content.Session{User: row.UserID, Created: at(row.CreatedAt), Seen: at(row.SeenAt)}, err
}

// EndSessions ends one session of a user, or all of them where hash is "".
func (s *Store) EndSessions(ctx context.Context, user, hash string, now time.Time) error {
	return s.inTx(ctx, func(tx *tx) error {
		if hash == "" {
			return tx.EndSessions(ctx, db.EndSessionsParams{UserID: user, EndedAt: ms(now)})
		}
		return tx.EndSession(ctx, db.EndSessionParams{UserID: user, TokenHash: hash, EndedAt: ms(now)})
	})
}

func tokenOf(row db.Token) content.Token {
	return content.Token{
		ID: row.ID, Name: row.Name, User: row.UserID, Created: at(row.CreatedAt), Expires: at(row.ExpiresAt),
		Revoked: at(row.RevokedAt), Used: at(row.UsedAt),
	}
}

// Tokens lists the tokens of a user, or all of them where user is "", newest first.
func (s *Store) Tokens(ctx context.Context, user string) ([]content.Token, error) {
	var rows []db.Token
	var err error
	if user == "" {
		rows, err = s.reader().Tokens(ctx)
	} else {
		rows, err = s.reader().TokensOf(ctx, user)
	}
	if err != nil {
		return nil, fmt.Errorf("read tokens: %w", classify(err))
	}
	list := make([]content.Token, 0, len(rows))
	for _, row := range rows {
		list = append(list, tokenOf(row))
	}
	return list, nil
}

// CreateToken stores a token under the hash of its secret.
func (s *Store) CreateToken(ctx context.Context, t content.Token, hash string, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if _, err := tx.User(ctx, t.User); err != nil {
			return missing(err, content.CodeUserUnknown, "user", t.User)
		}
		err := tx.AddToken(ctx, db.AddTokenParams{ID: t.ID, Name: t.Name, UserID: t.User, TokenHash: hash, CreatedAt: ms(t.Created), ExpiresAt: ms(t.Expires)})
		if err != nil {
			return fmt.Errorf("add a token: %w", err)
		}
		return tx.audit(ctx, audit)
	})
}

// UseToken finds a token that is still good.
func (s *Store) UseToken(ctx context.Context, hash string, now time.Time) (content.Token, error) {
	row, err := s.reader().TokenByHash(ctx, hash)
	expired := err == nil && row.ExpiresAt != 0 && row.ExpiresAt <= ms(now)
	if errors.Is(err, sql.ErrNoRows) || expired {
		return content.Token{}, content.Fail(content.Unknown, content.CodeTokenUnknown, nil)
	}
	if err != nil {
		return content.Token{}, fmt.Errorf("read a token: %w", classify(err))
	}
	if now.Sub(at(row.UsedAt)) > seenStep {
		err = withoutRoom(s.inTx(ctx, func(tx *tx) error { return tx.SeeToken(ctx, db.SeeTokenParams{ID: row.ID, UsedAt: ms(now)}) }))
	}
	return tokenOf(row), err
}

// RevokeToken ends a token; only the owner's where user is not "".
func (s *Store) RevokeToken(ctx context.Context, id, user string, now time.Time, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		var n int64
		var err error
		if user == "" {
			n, err = tx.RevokeToken(ctx, db.RevokeTokenParams{ID: id, RevokedAt: ms(now)})
		} else {
			n, err = tx.RevokeTokenOf(ctx, db.RevokeTokenOfParams{ID: id, RevokedAt: ms(now), UserID: user})
		}
		if err != nil {
			return fmt.Errorf("revoke token %s: %w", id, err)
		}
		if n == 0 {
			return content.Fail(content.NotFound, content.CodeTokenUnknown, nil)
		}
		return tx.audit(ctx, audit)
	})
}

// LoginFailures answers how often a login failed and when it last did.
func (s *Store) LoginFailures(ctx context.Context, subject string) (int, time.Time, error) {
	row, err := s.reader().LoginFailures(ctx, subject)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read failed logins: %w", classify(err))
	}
	return int(row.Failures), at(row.LastAt), nil
}

// failureLife is how long failed logins are remembered.
const failureLife = 24 * time.Hour

// AddLoginFailure counts one and forgets what is older than a day.
func (s *Store) AddLoginFailure(ctx context.Context, subject string, now time.Time) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.ForgetOldLoginFailures(ctx, ms(now.Add(-failureLife))); err != nil {
			return fmt.Errorf("forget old failed logins: %w", err)
		}
		return tx.AddLoginFailure(ctx, db.AddLoginFailureParams{Subject: subject, LastAt: ms(now)})
	})
}

// ForgetLoginFailures is for a login that went well.
func (s *Store) ForgetLoginFailures(ctx context.Context, subject string) error {
	return s.inTx(ctx, func(tx *tx) error { return tx.ForgetLoginFailures(ctx, subject) })
}

// Audits reads the audit, newest first, going on from before.
func (s *Store) Audits(ctx context.Context, before string, limit int) ([]content.Audit, error) {
	var rows []db.Audit
	var err error
	count := int32(min(max(limit, 1), 1000))
	if before == "" {
		rows, err = s.reader().Audits(ctx, count)
	} else {
		rows, err = s.reader().AuditsBefore(ctx, db.AuditsBeforeParams{ID: before, Limit: count})
	}
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", classify(err))
	}
	list := make([]content.Audit, 0, len(rows))
	for _, row := range rows {
		a := content.Audit{ID: row.ID, At: at(row.At), Actor: row.ActorID, Name: row.ActorName, Via: row.Via, Action: row.Action, Subject: row.Subject}
		if err := decode(row.Detail, &a.Detail, "audit", row.ID); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}
