// Package sqlite opens SQLite files the way Klartext needs them: durable, with
// one writer and many readers. It knows nothing of Klartext's tables.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/pressly/goose/v3"
	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Database is an open SQLite file.
type Database struct {
	Read  *sql.DB // many connections that cannot write
	Write *sql.DB // one connection
	path  string
}

// Open opens or creates the file. Pragmas stand in the DSN, because one given
// through Exec would reach a single pooled connection. synchronous=FULL keeps
// every acknowledged commit through a power loss; NORMAL lost all of them when
// it was measured. Immediate transactions avoid the read-then-write upgrade
// that fails at once whatever the busy timeout.
func Open(ctx context.Context, path string) (*Database, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	common := "_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)"
	write, err := sql.Open("sqlite", dsn(path, common+"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	read, err := sql.Open("sqlite", dsn(path, common+"&_pragma=query_only(ON)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s for reading: %w", path, err), write.Close())
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	read.SetMaxIdleConns(max(4, runtime.NumCPU()))
	return &Database{Read: read, Write: write, path: path}, nil
}

func dsn(path, query string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?" + query
}

// Migrate brings the schema up to date. A lock on a file beside the database
// lets one process migrate while others that start at the same time wait.
func (d *Database) Migrate(ctx context.Context, migrations fs.FS) error {
	unlock, err := lockFile(d.path+".migrate", syscall.LOCK_EX)
	if err != nil {
		return err
	}
	defer unlock()
	provider, err := goose.NewProvider(goose.DialectSQLite3, d.Write, migrations)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// ErrServed says that another process serves this file already.
var ErrServed = errors.New("another process serves this database")

// LockServing takes the lock of the one process that serves this file; it is freed by unlock or when the process dies.
func (d *Database) LockServing() (unlock func(), err error) {
	unlock, err = lockFile(d.path+".serve", syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, ErrServed
	}
	return unlock, err
}

func lockFile(path string, how int) (func(), error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// Close writes the log back into the file and closes it.
func (d *Database) Close() error {
	_, err := d.Write.Exec("PRAGMA wal_checkpoint(TRUNCATE)") //nolint:noctx // closing must not be cut short
	return errors.Join(err, d.Read.Close(), d.Write.Close())
}

// Snapshot are the options of a transaction that reads one state throughout.
func (d *Database) Snapshot() *sql.TxOptions { return nil }

// Columns selects "table.column" of the whole schema.
func (d *Database) Columns() string {
	return `SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1`
}

// Retryable tells whether the same transaction may succeed when run again.
func Retryable(err error) bool { return codeOf(err)&0xff == sqlite3.SQLITE_BUSY }

// Full tells whether the disk is full.
func Full(err error) bool {
	code := codeOf(err)
	return code&0xff == sqlite3.SQLITE_FULL || errors.Is(err, syscall.ENOSPC)
}

func codeOf(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
