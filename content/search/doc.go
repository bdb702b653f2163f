// Package search finds texts by the words that people type: an index per
// language, immutable, replaced for what changed. It knows nothing of entries,
// pages, databases or HTTP.
package search
