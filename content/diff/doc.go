// Package diff compares texts word by word, lists of blocks or of phrases, and durations. It is pure
// and knows nothing of Markdown, HTML, entries or versions.
package diff

// Op says what happened to a piece on the way from the old text to the new one.
type Op int8

// The operations. Replace and Skip are for blocks only: a block with changes inside,
// and equal blocks that Collapse took out.
const (
	Equal Op = iota
	Insert
	Delete
	Replace
	Skip
)

// String returns a small name, for tests and class names.
func (o Op) String() string {
	switch o {
	case Equal:
		return "equal"
	case Insert:
		return "insert"
	case Delete:
		return "delete"
	case Replace:
		return "replace"
	case Skip:
		return "skip"
	}
	return "unknown"
}

// Segment is a run of text with one fate: Equal, Insert or Delete.
type Segment struct {
	Op   Op
	Text string
}
