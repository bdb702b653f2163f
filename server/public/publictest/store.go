// Package publictest is a published site in memory, for tests of what readers
// see. It knows the rules of content only as far as it numbers versions.
package publictest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"klartext/content"
	"klartext/content/markdown"
)

// Store is a content.PublishedStore, and a ledger, that tests fill by Publish.
type Store struct {
	mu       sync.Mutex
	renderer *markdown.Renderer
	seq      int64
	settings content.Settings
	topics   []content.Topic
	entries  map[string]*content.PublishedEntry
	changes  map[string]*content.PublishedChange
	versions map[string]content.Version
	touched  map[string]int64 // id of an entry or change -> seq
	ledger   []content.LedgerRow
	reads    int
	logo     content.Logo
	accounts []content.PublicAccount
	terms    []content.Term
}

// New is a site in German and English without any content.
func New(name content.Text) *Store {
	settings := content.DefaultSettings()
	settings.SiteName = name
	return &Store{
		renderer: markdown.New(), settings: settings, entries: map[string]*content.PublishedEntry{},
		changes: map[string]*content.PublishedChange{}, versions: map[string]content.Version{}, touched: map[string]int64{},
	}
}

// Piece is a text, facts, or a withdrawal that a change publishes.
type Piece struct {
	Entry    content.Entry
	Lang     content.Lang
	Text     content.Writing
	Facts    *content.Facts // of the entry from here on; nil leaves them
	Withdraw string         // the reason; Text is empty then
}

// AddTopic adds a topic; its position is the order of adding.
func (s *Store) AddTopic(slug string, title content.Text) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := "topic-" + slug
	s.topics = append(s.topics, content.Topic{ID: id, Slug: slug, Title: title, Position: len(s.topics)})
	s.seq++
	return id
}

// Publish makes a change public at c.PublishedAt. It panics where a text cannot be rendered.
func (s *Store) Publish(c content.Change, pieces ...Piece) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	c.State = content.Published
	if c.ID == "" {
		c.ID = "change-" + c.Slug
	}
	s.changes[c.ID] = &content.PublishedChange{Change: c, SHA256: c.Hash()}
	s.touched[c.ID] = s.seq
	s.record(content.LedgerBody{Type: "change", Change: c.Slug, Title: c.Title, Why: c.Why, Published: c.PublishedAt})
	for _, piece := range pieces {
		s.put(&c, piece)
	}
}

func (s *Store) put(c *content.Change, piece Piece) {
	id := piece.Entry.ID
	before := s.entries[id]
	entry := &content.PublishedEntry{Entry: piece.Entry, Current: map[content.Lang]content.Version{}}
	if before != nil {
		*entry = *before
		entry.Current, entry.Versions, entry.Tombstones = maps.Clone(before.Current), slices.Clone(before.Versions), slices.Clone(before.Tombstones)
	}
	s.entries[id], s.touched[id] = entry, s.seq
	number := 1
	for _, meta := range entry.Versions {
		if meta.Lang == piece.Lang {
			number++
		}
	}
	if piece.Withdraw != "" {
		delete(entry.Current, piece.Lang)
		entry.Tombstones = append(entry.Tombstones, content.Tombstone{
			Entry: id, Lang: piece.Lang, Change: c.ID, AfterVersion: number - 1, At: c.PublishedAt, Reason: piece.Withdraw,
		})
		return
	}
	version := s.version(c, piece, number)
	if version.Facts == nil {
		version.Facts, version.VersionMeta.Facts = lastFacts(entry)
	}
	entry.Versions = append(entry.Versions, version.VersionMeta)
	entry.Current[piece.Lang] = withoutSource(version)
	s.versions[key(id, piece.Lang, number)] = version
	s.record(content.LedgerBody{Type: "version", Change: c.Slug, Entry: id, Slug: entry.Slug, Lang: piece.Lang, Number: number, Published: c.PublishedAt})
}

// withoutSource leaves the Markdown out, as every store does for readers' pages.
func withoutSource(v content.Version) content.Version {
	v.Text.Body, v.Text.Examples = "", nil
	v.Text.Perspectives, v.Text.Sections = slices.Clone(v.Text.Perspectives), slices.Clone(v.Text.Sections)
	for i := range v.Text.Perspectives {
		v.Text.Perspectives[i].Text = ""
	}
	for i := range v.Text.Sections {
		v.Text.Sections[i].Body, v.Text.Sections[i].Summary = "", ""
	}
	return v
}

func lastFacts(entry *content.PublishedEntry) (*content.Facts, string) {
	for _, current := range entry.Current {
		if current.Facts != nil {
			return current.Facts, current.VersionMeta.Facts
		}
	}
	return nil, ""
}

func (s *Store) version(c *content.Change, piece Piece, number int) content.Version {
	html, err := content.RenderWriting(context.Background(), markdown.NewDomain(), &piece.Text)
	if err != nil {
		panic(fmt.Sprintf("publictest: render %s: %v", piece.Entry.Slug, err))
	}
	v := content.Version{
		VersionMeta: content.VersionMeta{
			Entry: piece.Entry.ID, Lang: piece.Lang, Number: number, Revision: key(piece.Entry.ID, piece.Lang, number),
			Hash: content.ContentHash(piece.Lang, &piece.Text, nil), Title: piece.Text.Title, Change: c.ID,
			PublishedAt: c.PublishedAt, Effective: c.Effective(s.settings.Zone()), Imported: c.Imported,
		},
		Text: piece.Text, HTML: html, Facts: piece.Facts,
	}
	if piece.Facts != nil {
		v.VersionMeta.Facts = content.ContentHash(content.NoLang, nil, piece.Facts)
	}
	return v
}

func key(entry string, lang content.Lang, number int) string {
	return fmt.Sprintf("%s/%s/%d", entry, lang, number)
}

// Follow gives the site accounts that readers can follow.
func (s *Store) Follow(accounts ...content.PublicAccount) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	s.accounts = accounts
}

// Rename gives an entry another slug; the old one redirects.
func (s *Store) Rename(id, slug string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	entry := *s.entries[id]
	entry.OldSlugs = append(slices.Clone(entry.OldSlugs), entry.Slug)
	entry.Slug = slug
	s.entries[id], s.touched[id] = &entry, s.seq
}

// Post notes that a change's announcement went out.
func (s *Store) Post(change string, post content.PostLink) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	c := *s.changes[change]
	c.Posts = append(slices.Clone(c.Posts), post)
	s.changes[change], s.touched[change] = &c, s.seq
}

func (s *Store) record(body content.LedgerBody) {
	s.ledger = append(s.ledger, content.LedgerRow{Seq: int64(len(s.ledger) + 1), At: body.Published, Body: content.MarshalLedger(body)})
}
