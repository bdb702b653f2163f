package vault

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const keySize = 32

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

type key struct {
	id     string
	secret []byte
}

// Parse reads a key ring: lines id:base64 of 32 bytes, newest first; empty
// lines and lines that begin with # are skipped. Errors name the line, never the key.
func Parse(ring string) (*Vault, error) {
	var keys []key
	seen := map[string]bool{}
	for i, line := range strings.Split(ring, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k, err := parseKey(line)
		if err != nil {
			return nil, fmt.Errorf("line %d of the keys: %w", i+1, err)
		}
		if seen[k.id] {
			return nil, fmt.Errorf("line %d of the keys: the id %q stands there twice", i+1, k.id)
		}
		seen[k.id] = true
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, errors.New("there is no key; a line reads id:base64 of 32 bytes")
	}
	return newVault(keys)
}

func parseKey(line string) (key, error) {
	id, encoded, ok := strings.Cut(line, ":")
	if !ok || !idForm.MatchString(id) {
		return key{}, errors.New("it must read id:base64, the id of letters, digits, - and _")
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil {
		return key{}, fmt.Errorf("key %q is not base64", id) // the cause would quote the key
	}
	if len(secret) != keySize {
		return key{}, fmt.Errorf("key %q has %d bytes instead of %d", id, len(secret), keySize)
	}
	return key{id: id, secret: secret}, nil
}

// Load reads the key file and makes it, readable to its owner alone, where there
// is none. Of several processes that start at once all get the same key.
func Load(path string) (*Vault, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		raw, err = create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	return parseFile(path, raw)
}

func parseFile(path string, raw []byte) (*Vault, error) {
	v, err := Parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	v.path = path
	return v, nil
}

// read reads a key file that must be there.
func read(path string) (*Vault, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	return parseFile(path, raw)
}

// create writes a complete file beside the target and links it into place, which
// fails where somebody else was faster: nobody ever reads half a key.
func create(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the key file: %w", err)
	}
	_, line := newKey()
	temp, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // made with 0600
	if err != nil {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.WriteString(line)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, fmt.Errorf("write the key file: %w", err)
	}
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("put the key file in its place: %w", err)
	}
	return os.ReadFile(path)
}

// newKey makes a key and its line. Every key has an id of its own, or a new one would pass for the one that was lost.
func newKey() (id, line string) {
	var name [4]byte
	var secret [keySize]byte
	_, _ = rand.Read(name[:]) // crypto/rand never fails since Go 1.24
	_, _ = rand.Read(secret[:])
	id = "k" + hex.EncodeToString(name[:])
	return id, id + ":" + base64.StdEncoding.EncodeToString(secret[:]) + "\n"
}
