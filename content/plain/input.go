package plain

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the longest text that Check reads.
const MaxBytes = 2 << 20

// Kinds of text. The faq rules run on answers only. A short text is a post, a title or
// a reason of a few lines: it is read as it stands, without Markdown, a line's end ends a sentence,
// the rules on long texts are off, and it never has a score.
const (
	KindText  = "text"
	KindFAQ   = "faq"
	KindShort = "short"
)

// Kinds lists the kinds of text.
func Kinds() []string { return []string{KindText, KindFAQ, KindShort} }

// Input is one text with what the site knows about its readers.
type Input struct {
	Source      string // Markdown, UTF-8
	Lang        string // language of the text: "de" or "en" (a region after it is ignored)
	Kind        string // one of Kinds; KindText when empty
	MessageLang string // language of the messages; the text's when empty
	Site        *Site  // what the site says about its readers; nil for nothing
}

// Term is an entry of a glossary.
type Term struct {
	Term    string   // as it stands in a heading
	Forms   []string // inflected forms and other spellings
	Plain   string   // at most two plain sentences
	Example string   // one sentence from everyday life
	Law     string   // where the law defines it, or empty
	Core    bool     // leaving it unexplained is an error
}

// InputError says why a text cannot be checked at all.
type InputError struct {
	Code   string // "too_long", "invalid_utf8", "nul", "unknown_language", "unknown_kind", "too_many_brackets", "too_complex", "cannot_read"
	Limit  int    // the limit that was passed, or 0
	Found  int    // what was found instead, or 0
	Offset int    // byte offset in the source where the trouble is, or 0
}

// Error describes the trouble for a log; people see a text made from Code.
func (e *InputError) Error() string {
	switch {
	case e.Limit > 0:
		return fmt.Sprintf("check text: %s: %d, limit %d", e.Code, e.Found, e.Limit)
	case e.Offset > 0:
		return fmt.Sprintf("check text: %s at byte %d", e.Code, e.Offset)
	}
	return "check text: " + e.Code
}

// baseLang cuts a region off: "de-AT" is read as "de".
func baseLang(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	tag, _, _ = strings.Cut(tag, "_")
	return strings.ToLower(tag)
}

// validate refuses what no reading can make sense of.
func (in *Input) validate() error {
	if len(in.Source) > MaxBytes {
		return &InputError{Code: "too_long", Limit: MaxBytes, Found: len(in.Source)}
	}
	if in.Kind != "" && !slices.Contains(Kinds(), in.Kind) {
		return &InputError{Code: "unknown_kind"}
	}
	if i := strings.IndexByte(in.Source, 0); i >= 0 {
		return &InputError{Code: "nul", Offset: i}
	}
	if !utf8.ValidString(in.Source) {
		return &InputError{Code: "invalid_utf8", Offset: firstInvalid(in.Source)}
	}
	return nil
}

func firstInvalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return 0
}
