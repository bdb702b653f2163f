package public

import (
	"encoding/json"
	"slices"

	"klartext/content"
)

// FeedsOf lists the addresses of the feeds in which these rows of the ledger show; false where
// readers do not see all of it yet. What was imported is no news.
func (h *Handlers) FeedsOf(rows []content.LedgerRow) ([]string, bool) {
	s := h.current.Load()
	if s == nil {
		return nil, false
	}
	var paths []string
	for _, row := range rows {
		var body content.LedgerBody
		if err := json.Unmarshal(row.Body, &body); err != nil || body.Imported {
			continue
		}
		if _, seen := s.site.Change(body.Change); !seen {
			return nil, false
		}
		paths = append(paths, s.feedsOf(body)...)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	feeds := make([]string, 0, len(paths)*len(feedFormats()))
	for _, path := range paths {
		for _, format := range feedFormats() {
			feeds = append(feeds, h.deps.BaseURL+path+format)
		}
	}
	return feeds, true
}

// feedsOf are the pages whose feeds tell of a row. New facts number the texts that show them, in rows of their own.
func (s *snapshot) feedsOf(body content.LedgerBody) []string {
	if body.Type == "change" {
		var paths []string
		for _, lang := range s.site.Languages() {
			paths = append(paths, changesPath(lang))
		}
		return paths
	}
	entry, ok := s.site.EntryByID(body.Entry)
	if !ok || !s.site.HasLang(body.Lang) {
		return nil
	}
	paths := []string{entryPath(body.Lang, entry.Entry)}
	if topic, ok := s.site.TopicOf(entry); ok {
		paths = append(paths, topicPath(body.Lang, topic))
	}
	return paths
}
