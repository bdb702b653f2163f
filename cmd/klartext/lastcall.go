package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// stamp is a file beside the database that knows of the youngest call to a
// network. A database that knows only of older ones was restored from a backup:
// what it takes for unsent may be out.
type stamp string

func (p *program) stamp() stamp { return stamp(filepath.Join(p.config.Data, "last-call")) }

func (s stamp) read() (time.Time, error) {
	raw, err := os.ReadFile(string(s))
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, s.unreadable(err)
	}
	ms, err := strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64)
	if err != nil {
		return time.Time{}, s.unreadable(errors.New("it holds no time"))
	}
	return time.UnixMilli(ms), nil
}

// unreadable says what the file is for and how to go on without it.
func (s stamp) unreadable(err error) error {
	return fmt.Errorf(`the file %s cannot be read: %w
It says when this server last called a network. That is how Klartext notices that the database was restored from a backup,
so that no post goes out twice. To go on without it, start once with: klartext serve --hold
Everything that is not out waits then until somebody decides under Deliveries, and the file is written anew. If you are sure
that the database was not restored, delete the file instead and start as usual`, string(s), err)
}

// write replaces the file in one step that also holds when the power fails: the call that it tells of is only made after it.
func (s stamp) write(at time.Time) error {
	if err := s.replace(strconv.FormatInt(at.UnixMilli(), 10) + "\n"); err != nil {
		return fmt.Errorf("write when networks were last called: %w", err)
	}
	return nil
}

func (s stamp) replace(text string) error {
	next := string(s) + ".new"
	file, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err //nolint:wrapcheck // write says what for
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(next, string(s)); err != nil {
		return err //nolint:wrapcheck // write says what for
	}
	return syncFolder(filepath.Dir(string(s)))
}

// syncFolder makes a new name in a folder last.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err //nolint:wrapcheck // write says what for
	}
	return errors.Join(folder.Sync(), folder.Close())
}
