// Package sqlstore keeps the domain in SQLite or PostgreSQL, with one SQL text
// for both. It knows nothing of HTTP, HTML or any social network, and decides
// nothing: rules come in as functions of package content.
package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"klartext/content"
	"klartext/content/sqlstore/db"
	"klartext/content/sqlstore/postgres"
	"klartext/content/sqlstore/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store implements the store interfaces of package content on one database.
type Store struct {
	read     *sql.DB
	write    *sql.DB
	snapshot *sql.TxOptions
	database database
	url      string
}

// database is what a dialect must bring.
type database interface {
	Migrate(ctx context.Context, migrations fs.FS) error
	Snapshot() *sql.TxOptions
	// Columns selects "table.column" of the whole schema.
	Columns() string
	Close() error
}

// Open opens "sqlite:PATH" or "postgres://..." and brings its schema up to date. Several processes may do so at once.
func Open(ctx context.Context, url string) (*Store, error) {
	s, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	if err := s.database.Migrate(ctx, files); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	for _, complete := range []func(context.Context) error{s.nameVersions, s.sealChanges} {
		if err := complete(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

func open(ctx context.Context, url string) (*Store, error) {
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		path, err := filepath.Abs(strings.TrimPrefix(url, "sqlite:"))
		if err != nil {
			return nil, fmt.Errorf("find the database: %w", err)
		}
		d, err := sqlite.Open(ctx, path)
		if err != nil {
			return nil, err
		}
		return &Store{read: d.Read, write: d.Write, database: d, snapshot: d.Snapshot(), url: url}, nil
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		d, err := postgres.Open(ctx, url)
		if err != nil {
			return nil, err
		}
		return &Store{read: d.DB, write: d.DB, database: d, snapshot: d.Snapshot(), url: url}, nil
	}
	return nil, fmt.Errorf("a database address begins with sqlite: or postgres://, not %.20q", url)
}

// Columns lists every column of every table, as "table.column".
func (s *Store) Columns(ctx context.Context) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, s.database.Columns())
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", classify(err))
	}
	defer func() { _ = rows.Close() }()
	var columns []string
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			return nil, fmt.Errorf("read the schema: %w", err)
		}
		columns = append(columns, column)
	}
	return columns, rows.Err()
}

// Close closes the database.
func (s *Store) Close() error { return s.database.Close() }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if _, err := s.reader().Counter(ctx, "site"); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}

// ErrServed says that another process serves this SQLite file already.
var ErrServed = sqlite.ErrServed

// LockServing takes the lock of the one process that serves a SQLite file. On PostgreSQL several may serve.
func (s *Store) LockServing() (unlock func(), err error) {
	if d, ok := s.database.(*sqlite.Database); ok {
		return d.LockServing()
	}
	return func() {}, nil
}

func (s *Store) reader() *db.Queries { return db.New(s.read) }

// Tries of a transaction that another one pushed aside, and the first wait between them.
const (
	maxTries  = 8
	firstWait = 5 * time.Millisecond
)

// inTx runs f in a write transaction and runs it again where the database asks
// for that. f must not do anything that a rollback cannot undo.
func (s *Store) inTx(ctx context.Context, f func(tx *tx) error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := s.once(ctx, f)
		if err == nil || try == maxTries || !retryable(err) {
			return classify(err)
		}
		select {
		case <-ctx.Done():
			return classify(err)
		case <-time.After(wait + rand.N(wait)): //nolint:gosec // jitter, no secret
		}
		wait *= 2
	}
}

func (s *Store) once(ctx context.Context, f func(tx *tx) error) (err error) {
	sqlTx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { // also when f panics: on SQLite nobody could write any more
		if undo := sqlTx.Rollback(); !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, undo)
		}
	}()
	if err := f(&tx{Queries: db.New(sqlTx), sql: sqlTx}); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// inSnapshot runs f on one unchanging state of the database.
func (s *Store) inSnapshot(ctx context.Context, f func(q *db.Queries) error) error {
	sqlTx, err := s.read.BeginTx(ctx, s.snapshot)
	if err != nil {
		return classify(fmt.Errorf("begin to read: %w", err))
	}
	defer func() { _ = sqlTx.Rollback() }() // nothing was written
	return classify(f(db.New(sqlTx)))
}

// tx is an open write transaction. Its methods never begin one.
type tx struct {
	*db.Queries
	sql *sql.Tx
}

func retryable(err error) bool { return sqlite.Retryable(err) || postgres.Retryable(err) }

// classify turns what people can do something about into an Error of theirs.
func classify(err error) error {
	var known *content.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case sqlite.Full(err), postgres.Full(err):
		return &content.Error{Kind: content.Unavailable, Code: content.CodeDiskFull, Err: err}
	case postgres.NotText(err): // what is checked as text never comes this far; ids are not
		return &content.Error{Kind: content.Invalid, Code: content.CodeNotText, Err: err}
	case retryable(err), errors.Is(err, context.DeadlineExceeded):
		return &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: err}
	}
	return err
}

// missing turns "no rows" into NotFound with the code; other errors are wrapped with what was tried.
func missing(err error, code content.Code, what, id string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return content.Fail(content.NotFound, code, content.Args{"Value": id})
	}
	return fmt.Errorf("read %s %s: %w", what, id, classify(err))
}
