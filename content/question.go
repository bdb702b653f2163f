package content

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// QuestionState is what became of a reader's question.
type QuestionState string

// The states of a question.
const (
	QuestionNew      QuestionState = "new"
	QuestionAnswered QuestionState = "answered" // by a version of an entry
	QuestionClosed   QuestionState = "closed"   // with a word
)

// QuestionStates lists the states in the order in which editors look at them.
func QuestionStates() []QuestionState {
	return []QuestionState{QuestionNew, QuestionAnswered, QuestionClosed}
}

// Question is what a reader asked. Nothing in it says who: the receipt is the reader's only, and only its hash is kept.
type Question struct {
	ID    string
	Lang  Lang
	Text  string
	About string // id of the entry on whose page it was asked, or ""
	Asked Date
	State QuestionState
	// Answer is set once it is answered, Word once it is closed.
	Answer  AnswerRef
	Word    string
	Decided Date
}

// AnswerRef names the version that answers a question.
type AnswerRef struct {
	Entry   string
	Lang    Lang
	Version int
}

// QuestionStore keeps questions.
type QuestionStore interface {
	AddQuestion(ctx context.Context, q Question, receiptHash string) error
	// Questions lists newest first.
	Questions(ctx context.Context) ([]Question, error)
	Question(ctx context.Context, id string) (Question, error)
	QuestionByReceipt(ctx context.Context, receiptHash string) (Question, error)
	DecideQuestion(ctx context.Context, id string, change func(*Question) error, audit Audit) (Question, error)
	Entry(ctx context.Context, id string) (EntryState, error)
	Version(ctx context.Context, entry string, lang Lang, number int) (Version, error)
	Settings(ctx context.Context) (Settings, error)
}

// Limits of a question and of the word that closes one.
const (
	MinQuestion = 10
	MaxQuestion = 1000
	maxWord     = 500
)

// Questions is the service for what readers ask.
type Questions struct {
	Store QuestionStore
	Now   Clock
}

// Ask keeps a question of anybody and answers with its receipt, which is told once.
func (s *Questions) Ask(ctx context.Context, lang Lang, text, about string) (receipt string, err error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return "", fmt.Errorf("ask: %w", err)
	}
	// The day is all that is kept of the time, and so the id tells no more.
	today := DateOf(s.Now(), settings.Zone())
	q := Question{ID: NewID(today.Time(settings.Zone())), Lang: lang, Text: strings.TrimSpace(text), About: about, Asked: today, State: QuestionNew}
	if err := q.check(settings.Languages); err != nil {
		return "", err
	}
	if about != "" {
		if _, err := s.Store.Entry(ctx, about); err != nil {
			return "", err
		}
	}
	receipt = strings.ToLower(rand.Text())
	return receipt, s.Store.AddQuestion(ctx, q, receiptHash(receipt))
}

func (q *Question) check(languages []Lang) error {
	var p problems
	if !slices.Contains(languages, q.Lang) {
		p.add("lang", CodeLangUnknown, Args{"Lang": string(q.Lang), "Languages": joinLangs(languages)})
	}
	checkLength(&p, "text", q.Text, MaxQuestion)
	switch n := utf8.RuneCountInString(q.Text); {
	case n == 0:
		p.add("text", CodeRequired, nil)
	case n < MinQuestion:
		p.add("text", CodeQuestionShort, Args{"Limit": MinQuestion})
	}
	return p.err()
}

func receiptHash(receipt string) string {
	sum := sha256.Sum256([]byte(receipt))
	return hex.EncodeToString(sum[:])
}

// ByReceipt is the question that the holder of a receipt asked.
func (s *Questions) ByReceipt(ctx context.Context, receipt string) (Question, error) {
	return s.Store.QuestionByReceipt(ctx, receiptHash(receipt))
}

// List is for editors: in one state, or all where it is "".
func (s *Questions) List(ctx context.Context, actor Actor, state QuestionState) ([]Question, error) {
	if err := actor.May(HearReaders); err != nil {
		return nil, err
	}
	all, err := s.Store.Questions(ctx)
	return slices.DeleteFunc(all, func(q Question) bool { return state != "" && q.State != state }), err
}

// One is one question, for editors.
func (s *Questions) One(ctx context.Context, actor Actor, id string) (Question, error) {
	if err := actor.May(HearReaders); err != nil {
		return Question{}, err
	}
	return s.Store.Question(ctx, id)
}

// Answer says which published version answers the question.
func (s *Questions) Answer(ctx context.Context, actor Actor, id string, ref AnswerRef) (Question, error) {
	if err := actor.May(HearReaders); err != nil {
		return Question{}, err
	}
	if _, err := s.Store.Version(ctx, ref.Entry, ref.Lang, ref.Version); err != nil {
		if KindOf(err) != NotFound {
			return Question{}, err
		}
		var p problems
		p.add("version", CodeVersionUnknown, Args{"Value": fmt.Sprint(ref.Version)})
		return Question{}, p.err()
	}
	return s.decide(ctx, actor, id, "question.answer", func(q *Question) error {
		q.State, q.Answer, q.Word = QuestionAnswered, ref, ""
		return nil
	})
}

// Close ends a question with a word to the reader.
func (s *Questions) Close(ctx context.Context, actor Actor, id, word string) (Question, error) {
	if err := actor.May(HearReaders); err != nil {
		return Question{}, err
	}
	var p problems
	if word = strings.TrimSpace(word); word == "" {
		p.add("word", CodeRequired, nil)
	}
	if checkLength(&p, "word", word, maxWord); len(p) > 0 {
		return Question{}, p.err()
	}
	return s.decide(ctx, actor, id, "question.close", func(q *Question) error {
		q.State, q.Answer, q.Word = QuestionClosed, AnswerRef{}, word
		return nil
	})
}

// Reopen takes an answer or a word back.
func (s *Questions) Reopen(ctx context.Context, actor Actor, id string) (Question, error) {
	if err := actor.May(HearReaders); err != nil {
		return Question{}, err
	}
	return s.decide(ctx, actor, id, "question.reopen", func(q *Question) error {
		q.State, q.Answer, q.Word = QuestionNew, AnswerRef{}, ""
		return nil
	})
}

func (s *Questions) decide(ctx context.Context, actor Actor, id, action string, change func(*Question) error) (Question, error) {
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return Question{}, fmt.Errorf("decide on a question: %w", err)
	}
	now := s.Now()
	return s.Store.DecideQuestion(ctx, id, func(q *Question) error {
		q.Decided = DateOf(now, settings.Zone())
		return change(q)
	}, NewAudit(actor, now, action, id, nil))
}
