// Package compare says what differs between two states of an entry, part by
// part, as a reader sees it. It knows nothing of pages, storage or who may see which state.
package compare
