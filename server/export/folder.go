package export

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// listName is the file in which a build writes down what it made, so that the next one removes nothing else.
const listName = ".klartext-build"

// ErrForeign says that a folder holds files that no build made.
var ErrForeign = errors.New("the folder is not empty and holds no earlier build; name an empty one")

// packFrom is the size from which compressing is worth a file of its own.
const packFrom = 1024

// folder is what a build writes into. Nothing gets out of it, whatever an address looks like.
type folder struct {
	root *os.Root

	mu               sync.Mutex
	list             *os.File
	before, now      map[string]bool
	written, removed int
}

func open(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a web server must be able to read it
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	f := &folder{root: root, before: map[string]bool{}, now: map[string]bool{}}
	if err := f.begin(dir); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return f, nil
}

func (f *folder) begin(dir string) error {
	raw, err := f.root.ReadFile(listName)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("look into the folder: %w", err)
		}
		if len(entries) > 0 {
			return ErrForeign
		}
	} else if err != nil {
		return fmt.Errorf("read the list of the earlier build: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Scan() {
		f.before[lines.Text()] = true
	}
	f.list, err = f.root.OpenFile(listName, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("open the list of the build: %w", err)
	}
	return nil
}

// put brings one file, and the compressed ones beside it, to these bytes. What is that already is not touched.
func (f *folder) put(name string, body []byte, pack func([]byte) (map[string][]byte, error)) error {
	same, err := f.putOne(name, body)
	if err != nil || pack == nil || len(body) < packFrom {
		return err
	}
	if same && f.keepPacked(name) {
		return nil
	}
	packed, err := pack(body)
	if err != nil {
		return fmt.Errorf("compress %s: %w", name, err)
	}
	for end, bytes := range packed {
		if _, err := f.putOne(name+end, bytes); err != nil {
			return err
		}
	}
	return nil
}

// keepPacked is whether the compressed files of a file that did not change are all there.
func (f *folder) keepPacked(name string) bool {
	for _, end := range []string{".br", ".gz", ".zst"} {
		if info, err := f.root.Stat(name + end); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			return false
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, end := range []string{".br", ".gz", ".zst"} {
		f.now[name+end] = true
	}
	return true
}

// keep is whether an earlier build wrote this file and it is still there; then it stays.
func (f *folder) keep(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.before[name] {
		return false
	}
	info, err := f.root.Stat(name)
	there := err == nil && info.Mode().IsRegular() && info.Size() > 0
	if there {
		f.now[name] = true
	}
	return there
}

func (f *folder) putOne(name string, body []byte) (same bool, err error) {
	old, err := f.root.ReadFile(name)
	if err == nil && bytes.Equal(old, body) {
		return true, f.note(name, 0)
	}
	if err := f.note(name, 1); err != nil {
		return false, err
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return false, fmt.Errorf("make the folder of %s: %w", name, err)
	}
	// A reader meets the old file or the new one, never half of it.
	next := path.Join(path.Dir(name), ".next-"+path.Base(name))
	if err := f.root.WriteFile(next, body, 0o644); err != nil {
		return false, fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.root.Rename(next, name); err != nil {
		return false, fmt.Errorf("write %s: %w", name, err)
	}
	return false, nil
}

// note writes a new file's name down before it is made, so that a build that is cut off leaves nothing unknown.
func (f *folder) note(name string, written int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now[name] = true
	f.written += written
	if written == 0 || f.before[name] {
		return nil
	}
	if _, err := f.list.WriteString(name + "\n"); err != nil {
		return fmt.Errorf("write %s into the list of the build: %w", name, err)
	}
	return nil
}

// close removes what is gone, where the build is whole, and writes the list anew where it changed.
func (f *folder) close(whole bool) error {
	err := f.list.Close()
	if whole && err == nil {
		err = f.tidy()
	}
	return errors.Join(err, f.root.Close())
}

func (f *folder) tidy() error {
	for name := range f.before {
		if f.now[name] {
			continue
		}
		if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", name, err)
		}
		f.removed++
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if f.root.Remove(dir) != nil {
				break // something is still in it
			}
		}
	}
	names := make([]string, 0, len(f.now))
	for name := range f.now {
		names = append(names, name)
	}
	slices.Sort(names)
	list := []byte(strings.Join(names, "\n") + "\n")
	if old, err := f.root.ReadFile(listName); err == nil && bytes.Equal(old, list) {
		return nil
	}
	if err := f.root.WriteFile(listName, list, 0o644); err != nil {
		return fmt.Errorf("write the list of the build: %w", err)
	}
	return nil
}
