package sqlstore

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

// A full disk must be told as such, keep what was saved before, and let writing go on when there is room again.
func TestFullDisk(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "klartext.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	entry := content.Entry{ID: content.NewID(now), Kind: content.Policy, Slug: "privacy", Created: now}
	if err := s.CreateEntry(ctx, entry, content.NewAudit(content.System(), now, "entry.create", entry.ID, nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(ctx, "PRAGMA max_page_count=300"); err != nil {
		t.Fatal(err)
	}
	save := func(base string) (content.Revision, error) {
		text := &content.Writing{Title: "T", Body: strings.Repeat("word ", 10_000)}
		r := content.Revision{RevisionRef: content.RevisionRef{ID: content.NewID(now), Entry: entry.ID, Lang: "en"}, Base: base, Created: now, Text: text}
		return s.SaveRevision(ctx, r, content.NewAudit(content.System(), now, "revision.save", r.ID, nil))
	}
	base, saved := "", 0
	for ; saved < 1000; saved++ {
		r, err := save(base)
		if err != nil {
			if e, ok := errors.AsType[*content.Error](err); !ok || e.Code != content.CodeDiskFull {
				t.Fatalf("after %d revisions: %v, want %s", saved, err, content.CodeDiskFull)
			}
			break
		}
		base = r.ID
	}
	if list, err := s.Revisions(ctx, entry.ID, "en"); err != nil || len(list) != saved {
		t.Errorf("%d revisions are there, %d were acknowledged, %v", len(list), saved, err)
	}
	if _, err := s.write.ExecContext(ctx, "PRAGMA max_page_count=100000"); err != nil {
		t.Fatal(err)
	}
	if _, err := save(base); err != nil {
		t.Errorf("with room again: %v", err)
	}
	var verdict string
	if err := s.read.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity: %s, %v", verdict, err)
	}
}

// What was acknowledged must survive a loss of power, which needs synchronous=FULL on the writing connection.
func TestDurablePragmas(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "klartext.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := s.write.QueryRowContext(t.Context(), fmt.Sprintf("PRAGMA %s", pragma)).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
	if _, err := s.read.ExecContext(t.Context(), "DELETE FROM settings"); err == nil {
		t.Error("a reading connection can write")
	}
}
