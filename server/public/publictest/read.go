package publictest

import (
	"context"
	"strconv"
	"time"

	"klartext/content"
)

// SiteSeq counts everything that was published.
func (s *Store) SiteSeq(context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq, nil
}

// Published is the whole site where since is 0, else what was touched after it.
func (s *Store) Published(_ context.Context, since int64) (content.SiteData, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data := content.SiteData{Seq: s.seq, Whole: since == 0, Settings: s.settings, Topics: append([]content.Topic(nil), s.topics...), Accounts: s.accounts, Explains: true, Glossary: s.terms}
	for id, entry := range s.entries {
		if s.touched[id] > since {
			data.Entries = append(data.Entries, *entry)
		}
	}
	for id, change := range s.changes {
		if s.touched[id] > since {
			data.Changes = append(data.Changes, *change)
		}
	}
	return data, nil
}

// Version is one version with its text.
func (s *Store) Version(_ context.Context, entry string, lang content.Lang, number int) (content.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	v, ok := s.versions[key(entry, lang, number)]
	if !ok {
		return v, content.Fail(content.NotFound, content.CodeVersionUnknown, content.Args{"Value": strconv.Itoa(number)})
	}
	return v, nil
}

// Reads is how often Version was asked.
func (s *Store) Reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads
}

// Versions lists newest first.
func (s *Store) Versions(_ context.Context, entry string, lang content.Lang) ([]content.VersionMeta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []content.VersionMeta
	for _, meta := range s.entries[entry].Versions {
		if lang == content.EveryLang || meta.Lang == lang {
			list = append([]content.VersionMeta{meta}, list...)
		}
	}
	return list, nil
}

// Tombstones lists where an entry was taken down.
func (s *Store) Tombstones(_ context.Context, entry string) ([]content.Tombstone, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.entries[entry].Tombstones, nil
}

// Ledger reads rows after a number.
func (s *Store) Ledger(_ context.Context, after int64, limit int) ([]content.LedgerRow, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.ledger[min(int(after), len(s.ledger)):]
	return rows[:min(limit, len(rows))], nil
}

// At is a time on a day of the shop's life, 10:00 UTC.
func At(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic("publictest: " + err.Error())
	}
	return t.Add(10 * time.Hour)
}
