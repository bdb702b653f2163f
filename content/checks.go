package content

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
)

// ChecksStore is what the Checks need.
type ChecksStore interface {
	EditorStore
	VerdictStore
	IgnoredStore
	Terms(ctx context.Context) ([]Term, error)
}

// Checks is the service that reads texts with this site's words: for the editor, for the gate, for lists.
type Checks struct {
	Store   ChecksStore
	Checker Checker
	Now     Clock

	mu     sync.Mutex
	known  map[string]Clarity         // by what was read; emptied when it is full
	points map[string]rememberedPoint // by words and hash of the text; emptied when it is full
}

// maxKnown bounds how many texts are remembered with all that was found in them.
const maxKnown = 300

// Words are what the site says about words in each language, read at one moment.
type Words struct {
	settings Settings
	terms    []Term
	prints   map[Lang]string
}

// Words reads settings and glossary.
func (s *Checks) Words(ctx context.Context) (*Words, error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	terms, err := s.Store.Terms(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the glossary: %w", err)
	}
	return NewWords(settings, terms), nil
}

// NewWords are the words of a site with these settings and this glossary.
func NewWords(settings Settings, terms []Term) *Words {
	w := &Words{settings: settings, terms: terms, prints: map[Lang]string{}}
	for _, lang := range settings.Languages {
		w.prints[lang] = w.print(lang)
	}
	return w
}

// In are the words in one language.
func (w *Words) In(lang Lang) SiteWords {
	gates := &w.settings.Gates
	return SiteWords{
		Known: gates.KnownWords, RulesOff: gates.RulesOff, Replacements: gates.Replacements[lang],
		Glossary: TermsIn(w.terms, lang), Print: w.prints[lang],
	}
}

// Settings of the site, read with the words.
func (w *Words) Settings() Settings { return w.settings }

// print names what In answers, so that what was made of it can be kept.
func (w *Words) print(lang Lang) string {
	words := w.In(lang)
	body, err := json.Marshal([]any{lang, words.Known, words.RulesOff, words.Replacements, words.Glossary})
	if err != nil {
		panic(fmt.Sprintf("content: words always encode: %v", err))
	}
	return digest(body)
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Reading is one text as it is to be checked.
type Reading struct {
	Entry       string // "" where nothing was put aside in it
	Lang        Lang
	Kind        CheckKind
	Parts       []TextPart
	MessageLang Lang
}

// ReadingOf is the text of an entry or policy as readers should understand it.
func ReadingOf(e Entry, lang Lang, w *Writing, messages Lang) Reading {
	kind := CheckFAQ
	if e.Kind == Policy {
		kind = CheckText
	}
	return Reading{Entry: e.ID, Lang: lang, Kind: kind, Parts: w.PlainParts(e.Kind), MessageLang: messages}
}

// Read checks a text with the site's words. A language that the checker does not know has nothing to say.
func (s *Checks) Read(ctx context.Context, words *Words, r Reading) (Clarity, error) {
	if !s.Checker.Speaks(r.Lang) {
		return Clarity{Findings: []Finding{}}, nil
	}
	c, err := s.read(ctx, words, r)
	if err != nil || r.Entry == "" {
		return c, err
	}
	list, err := s.Store.Ignored(ctx, r.Entry, r.Lang)
	if err != nil {
		return c, fmt.Errorf("read what was put aside in %s: %w", r.Entry, err)
	}
	c.Findings = putAside(c.Findings, list)
	return c, nil
}

func (s *Checks) read(ctx context.Context, words *Words, r Reading) (Clarity, error) {
	site := words.In(r.Lang)
	whole := join(r.Parts)
	key := digest([]byte(site.Print + string(r.Lang) + string(r.Kind) + string(r.MessageLang) + whole.text + fmt.Sprint(whole.starts)))
	if c, ok := s.remembered(key); ok {
		return c, nil
	}
	c, err := s.check(ctx, words, r, whole)
	if err != nil {
		return c, err
	}
	s.remember(key, c)
	return c, nil
}

func (s *Checks) check(ctx context.Context, words *Words, r Reading, whole joined) (Clarity, error) {
	return readWith(ctx, s.Checker, words, r, whole)
}

// ReadWith checks a text without asking what was put aside in it.
func ReadWith(ctx context.Context, checker Checker, words *Words, r Reading) (Clarity, error) {
	return readWith(ctx, checker, words, r, join(r.Parts))
}

func readWith(ctx context.Context, checker Checker, words *Words, r Reading, whole joined) (Clarity, error) {
	c, err := checker.Check(ctx, CheckInput{Text: whole.text, Lang: r.Lang, Kind: r.Kind, MessageLang: r.MessageLang, Words: words.In(r.Lang)})
	c.Findings = whole.place(c.Findings)
	return c, err
}

func (s *Checks) remembered(key string) (Clarity, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.known[key]
	return c, ok
}

func (s *Checks) remember(key string, c Clarity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) >= maxKnown {
		s.known = make(map[string]Clarity, maxKnown)
	}
	s.known[key] = c
}

// DraftClarity is what the editor of a text is told.
type DraftClarity struct {
	Clarity
	Gate    Gate
	Live    *Clarity // of what readers see now; nil where they see nothing
	Ignored []Ignored
}

// Draft checks what stands in the editor, saved or not.
func (s *Checks) Draft(ctx context.Context, actor Actor, e EntryState, lang Lang, w *Writing, messages Lang) (DraftClarity, error) {
	var d DraftClarity
	if err := actor.May(WriteRevision); err != nil {
		return d, err
	}
	words, err := s.Words(ctx)
	if err != nil {
		return d, err
	}
	d.Gate = words.settings.Gates
	if d.Clarity, err = s.Read(ctx, words, ReadingOf(e.Entry, lang, w, messages)); err != nil {
		return d, err
	}
	if d.Ignored, err = s.Store.Ignored(ctx, e.ID, lang); err != nil {
		return d, err
	}
	if head := e.Lang(lang).Head; head.Live() {
		d.Live, err = s.readRevision(ctx, words, e, head.Revision, messages)
	}
	return d, err
}
