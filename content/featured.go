package content

import (
	"context"
	"fmt"
	"slices"
)

func (s *Settings) checkFeatured(p *problems) {
	checkCount(p, "featured", len(s.Featured), MaxFeatured)
	for i, id := range s.Featured {
		if slices.Contains(s.Featured[:i], id) {
			p.add(fmt.Sprintf("featured.%d", i), CodeTwice, Args{"Value": id})
		}
	}
}

// checkFeatured looks, before the transaction, whether the entries that f asks for
// exist. An entry is never deleted, so they still do when it is written down.
func (s *Site) checkFeatured(ctx context.Context, f func(*Settings)) error {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	before := slices.Clone(settings.Featured)
	f(&settings)
	var p problems
	for i, id := range settings.Featured {
		if slices.Contains(before, id) || i >= MaxFeatured {
			continue
		}
		entry, err := s.Store.Entry(ctx, id)
		switch {
		case KindOf(err) == NotFound || KindOf(err) == Invalid:
			p.add(fmt.Sprintf("featured.%d", i), CodeEntryUnknown, Args{"Value": id})
		case err != nil:
			return fmt.Errorf("look for the entry %s: %w", id, err)
		case entry.Kind != FAQ:
			p.add(fmt.Sprintf("featured.%d", i), CodeFeaturedKind, Args{"Value": entry.Slug})
		}
	}
	return p.err()
}

// SetLogo takes a picture as somebody sent it; none takes the logo away.
func (s *Site) SetLogo(ctx context.Context, actor Actor, raw []byte) (Settings, error) {
	if err := actor.May(ManageSettings); err != nil {
		return Settings{}, err
	}
	audit := NewAudit(actor, s.Now(), "settings.logo", "site", nil)
	if len(raw) == 0 {
		return s.Store.SetLogo(ctx, nil, audit)
	}
	logo, err := s.Logos.Logo(raw)
	if err != nil {
		return Settings{}, err
	}
	return s.Store.SetLogo(ctx, &logo, audit)
}
