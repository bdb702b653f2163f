package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Rotation is the right to change a key file, held by one process at a time.
type Rotation struct {
	vault *Vault
	lock  *os.File
}

// ErrNoFile says that the keys of a vault do not come from a file that could be changed.
var ErrNoFile = errors.New("the keys do not come from a file")

// ErrRotating says that another process changes the keys right now.
var ErrRotating = errors.New("the keys are being changed by another process")

// Rotate begins to change the key file; Close ends it. It answers ErrNoFile or ErrRotating where that cannot be.
func (v *Vault) Rotate() (*Rotation, error) {
	if v.path == "" {
		return nil, ErrNoFile
	}
	// The file itself is replaced, so the lock is on one beside it.
	lock, err := os.OpenFile(v.path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the key file: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrRotating
		}
		return nil, errors.Join(fmt.Errorf("lock the key file: %w", err), lock.Close())
	}
	return &Rotation{vault: v, lock: lock}, nil
}

// Close lets others change the keys.
func (r *Rotation) Close() error { return r.lock.Close() }

// Add puts a new key before all others and answers its id. It is on the disk before anything is encrypted with it.
func (r *Rotation) Add() (string, error) {
	raw, err := os.ReadFile(r.vault.path)
	if err != nil {
		return "", fmt.Errorf("read the key file: %w", err)
	}
	id, line := newKey()
	return id, r.write(line + string(raw))
}

// Retire takes keys out of the file that nothing needs: all but the newest, the
// one before it, which a server that has not noticed yet may still encrypt with,
// and those in use. It answers which it took.
func (r *Rotation) Retire(used []string) ([]string, error) {
	raw, err := os.ReadFile(r.vault.path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	var kept strings.Builder
	var gone []string
	keys := 0
	for line := range strings.Lines(string(raw)) {
		k, err := parseKey(strings.TrimSpace(line))
		isKey := err == nil
		if isKey {
			keys++
		}
		if isKey && keys > 2 && !slices.Contains(used, k.id) {
			gone = append(gone, k.id)
			continue
		}
		kept.WriteString(line)
	}
	if len(gone) == 0 {
		return nil, nil
	}
	return gone, r.write(kept.String())
}

// write replaces the file by a complete one with the same owner and rights, so
// that a crash leaves the old or the new one and a server under another account can still read it.
func (r *Rotation) write(content string) error {
	path := r.vault.path
	if _, err := Parse(content); err != nil {
		return fmt.Errorf("the keys would not be readable, so nothing was changed: %w", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // made with 0600
	if err != nil {
		return fmt.Errorf("write the key file: %w", err)
	}
	defer func() { _ = os.Remove(temp.Name()) }() // it is gone once it is in its place
	_, err = temp.WriteString(content)
	if err := errors.Join(err, keepOwner(path, temp), temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("write the key file: %w", err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("put the key file in its place: %w", err)
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	r.vault.follow()
	return nil
}

func keepOwner(path string, temp *os.File) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("see whose the key file is: %w", err)
	}
	if err := temp.Chmod(info.Mode().Perm()); err != nil {
		return fmt.Errorf("keep the rights of the key file: %w", err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Geteuid() {
		return nil
	}
	if err := temp.Chown(int(owner.Uid), int(owner.Gid)); err != nil {
		return fmt.Errorf("keep the owner of the key file (run this as its owner): %w", err)
	}
	return nil
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the folder of the key file: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("write the folder of the key file: %w", err)
	}
	return nil
}
