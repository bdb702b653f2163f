package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"klartext/content/vault"
)

// rotateCommand changes the key under which credentials are stored.
type rotateCommand struct {
	KeepKeys bool `help:"Make no new key: re-encrypt with the newest there is. For keys in KLARTEXT_SECRET_KEY, and for several nodes."`
}

// Run makes a new key, re-encrypts what is stored, and takes out keys that nothing needs any more. Stopped half-way it can be run again.
func (c *rotateCommand) Run(p *program) error {
	if p.config.SecretKey != "" && !c.KeepKeys {
		return errors.New(rotateVariable)
	}
	return p.with(func(s *services) error {
		if p.config.SecretKey != "" {
			return p.reseal(s)
		}
		rotation, err := s.vault.Rotate()
		if errors.Is(err, vault.ErrRotating) {
			return errors.New("another rotate-keys is running; wait until it is done")
		}
		if err != nil {
			return err
		}
		return errors.Join(p.rotate(s, rotation, c.KeepKeys), rotation.Close())
	})
}

// rotateVariable says what to do where no file can be written.
const rotateVariable = `the keys stand in KLARTEXT_SECRET_KEY, which this command cannot change. Do it by hand:
  1. Make a line for a new key:  echo "k$(date +%Y%m%d):$(openssl rand -base64 32)"
  2. Put it before the lines that are in KLARTEXT_SECRET_KEY, and keep those.
  3. Start every server again with it.
  4. Run: klartext rotate-keys --keep-keys
  5. Take out the lines of keys that it does not name as in use`

func (p *program) rotate(s *services, rotation *vault.Rotation, keepKeys bool) error {
	if !keepKeys {
		id, err := rotation.Add()
		if err != nil {
			return err
		}
		if err := p.say("New key %s is in %s.\n", id, p.config.SecretKeyFile); err != nil {
			return err
		}
	}
	if err := p.reseal(s); err != nil {
		return err
	}
	used, err := p.keysInUse(s)
	if err != nil {
		return err
	}
	gone, err := rotation.Retire(used)
	if err != nil || len(gone) == 0 {
		return err
	}
	return p.say("Taken out, because nothing needs them any more: %s.\n", strings.Join(gone, ", "))
}

// reseal encrypts with the newest key what is stored under any other, until
// nothing is: a running server may write meanwhile.
func (p *program) reseal(s *services) error {
	// Those that ran out are not worth a key that may be lost.
	if err := s.store.ForgetConsents(p.ctx, p.now()); err != nil {
		return err
	}
	total := 0
	for {
		n, err := s.store.Reseal(p.ctx, func(sealed, place string) (string, error) {
			return again(s.vault, sealed, place)
		})
		total += n
		if err != nil {
			return fmt.Errorf("%w (%d re-encrypted so far; run this again when that is mended)", err, total)
		}
		if n == 0 {
			break
		}
	}
	used, err := p.keysInUse(s)
	if err != nil {
		return err
	}
	if len(used) == 0 {
		return p.say("Nothing is stored that needs a key.\n")
	}
	return p.say("Re-encrypted: %d. In use now: %s; other keys are needed for old backups only.\n", total, strings.Join(used, ", "))
}

// again is a text under the newest key, "" where it is so already.
func again(keys *vault.Vault, sealed, place string) (string, error) {
	id, err := vault.KeyOf(sealed)
	if err == nil && id == keys.Newest() {
		return "", nil
	}
	secret, err := keys.Open(sealed, place)
	if err != nil {
		return "", fmt.Errorf("%s: %w", place, err)
	}
	return keys.Seal(secret, place)
}

// keysInUse lists the keys that something stored was encrypted with.
func (p *program) keysInUse(s *services) ([]string, error) {
	sealed, err := s.store.Sealed(p.ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for place, text := range sealed {
		id, err := vault.KeyOf(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", place, err)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
