// Package postgres opens PostgreSQL databases the way Klartext needs them. It
// knows nothing of Klartext's tables.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Database is an open PostgreSQL database.
type Database struct{ *sql.DB }

// maxConnections leaves room for several nodes under PostgreSQL's default of 100.
const maxConnections = 16

// Open connects to a postgres:// address.
func Open(ctx context.Context, url string) (*Database, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to the database: %w", err), db.Close())
	}
	return &Database{DB: db}, nil
}

// Migrate brings the schema up to date; a lock in a table lets one node migrate while the others wait.
func (d *Database) Migrate(ctx context.Context, migrations fs.FS) error {
	locker, err := lock.NewPostgresTableLocker()
	if err != nil {
		return fmt.Errorf("make the migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, d.DB, migrations, goose.WithLocker(locker))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Snapshot are the options of a transaction that reads one state throughout.
func (d *Database) Snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// Columns selects "table.column" of the whole schema.
func (d *Database) Columns() string {
	return `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1`
}

// Retryable tells whether the same transaction may end otherwise when run again: after a serialization failure, a
// deadlock, or a unique violation. The last means that somebody wrote between its look and its write; the next look finds that.
func Retryable(err error) bool {
	switch codeOf(err) {
	case "40001", "40P01", "23505":
		return true
	}
	return false
}

// Full tells whether the disk is full.
func Full(err error) bool { return codeOf(err) == "53100" }

// NotText tells whether a value was refused for bytes that are no text: NUL, or what is not UTF-8.
func NotText(err error) bool { return codeOf(err) == "22021" }

func codeOf(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
