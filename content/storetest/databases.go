// Package storetest is what every database must do, run on SQLite files and on
// a real PostgreSQL. It knows nothing of how the store does it.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"klartext/content/sqlstore"
)

// Each runs a test on a fresh store of every database. Where PostgreSQL is not
// installed its half is skipped, loudly; in CI it fails instead.
func Each(t *testing.T, test func(t *testing.T, store *sqlstore.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t))
	})
}

// SQLite opens a store on a new, migrated file.
func SQLite(t testing.TB) *sqlstore.Store {
	t.Helper()
	return SQLiteIn(t, t.TempDir())
}

// SQLiteIn opens a store on a new, migrated file in a folder that the test wants to look into.
func SQLiteIn(t testing.TB, folder string) *sqlstore.Store {
	t.Helper()
	file, err := migratedFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "klartext.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

// migratedFile is what a new SQLite file holds; copying it takes a hundredth of the time of all migrations.
var migratedFile = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "klartext-template")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the template: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "klartext.db")
	store, err := sqlstore.Open(context.Background(), "sqlite:"+path)
	if err != nil {
		return nil, fmt.Errorf("migrate the template: %w", err)
	}
	if err := store.Close(); err != nil { // writes the log back: the one file is the whole database
		return nil, fmt.Errorf("close the template: %w", err)
	}
	return os.ReadFile(path)
})

// SQLiteURL is the address of a file that is not there yet.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "klartext.db")
}

// Postgres opens a store on a new, migrated database.
func Postgres(t testing.TB) *sqlstore.Store {
	t.Helper()
	return open(t, running(t).fresh(t, "template"))
}

// PostgresURL is the address of a new database without any table.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return running(t).fresh(t, "template0")
}

func running(t testing.TB) *cluster {
	t.Helper()
	c := startCluster()
	switch {
	case errors.Is(c.err, errNoPostgres) && os.Getenv("CI") == "":
		t.Skipf("SKIPPED on PostgreSQL: %v", c.err)
	case c.err != nil:
		t.Fatal(c.err)
	}
	return c
}

func open(t testing.TB, url string) *sqlstore.Store {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return store
}
