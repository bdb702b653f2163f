package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// AddQuestion keeps what a reader asked.
func (s *Store) AddQuestion(ctx context.Context, q content.Question, receiptHash string) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.AddQuestion(ctx, db.AddQuestionParams{
			ID: q.ID, ReceiptHash: receiptHash, Lang: string(q.Lang), Text: q.Text, About: optional(q.About), AskedOn: string(q.Asked),
		})
		if err != nil {
			return fmt.Errorf("write a question: %w", err)
		}
		return nil
	})
}

// Questions lists newest first.
func (s *Store) Questions(ctx context.Context) ([]content.Question, error) {
	rows, err := s.reader().Questions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the questions: %w", classify(err))
	}
	all := make([]content.Question, len(rows))
	for i, row := range rows {
		all[i] = questionOf(row)
	}
	return all, nil
}

// Question is one question.
func (s *Store) Question(ctx context.Context, id string) (content.Question, error) {
	row, err := s.reader().Question(ctx, id)
	return questionOf(row), missing(err, content.CodeQuestionUnknown, "question", id)
}

// QuestionByReceipt is the question whose receipt has this hash.
func (s *Store) QuestionByReceipt(ctx context.Context, receiptHash string) (content.Question, error) {
	row, err := s.reader().QuestionByReceipt(ctx, receiptHash)
	return questionOf(row), missing(err, content.CodeQuestionUnknown, "question", "")
}

// DecideQuestion runs change on a question in one transaction.
func (s *Store) DecideQuestion(ctx context.Context, id string, change func(*content.Question) error, audit content.Audit) (content.Question, error) {
	var q content.Question
	err := s.inTx(ctx, func(tx *tx) error {
		row, err := tx.LockQuestion(ctx, id)
		if err != nil {
			return missing(err, content.CodeQuestionUnknown, "question", id)
		}
		q = questionOf(row)
		if err := change(&q); err != nil {
			return err
		}
		err = tx.DecideQuestion(ctx, db.DecideQuestionParams{
			ID: id, State: string(q.State), AnswerEntry: optional(q.Answer.Entry), AnswerLang: string(q.Answer.Lang),
			AnswerVersion: int64(q.Answer.Version), Word: q.Word, DecidedOn: string(q.Decided),
		})
		if err != nil {
			return fmt.Errorf("decide on question %s: %w", id, err)
		}
		return tx.audit(ctx, audit)
	})
	return q, err
}

func questionOf(row db.Question) content.Question {
	return content.Question{
		ID: row.ID, Lang: content.Lang(row.Lang), Text: row.Text, About: row.About.String, Asked: content.Date(row.AskedOn),
		State:  content.QuestionState(row.State),
		Answer: content.AnswerRef{Entry: row.AnswerEntry.String, Lang: content.Lang(row.AnswerLang), Version: int(row.AnswerVersion)},
		Word:   row.Word, Decided: content.Date(row.DecidedOn),
	}
}

// AddVote keeps a vote.
func (s *Store) AddVote(ctx context.Context, v content.Vote) error {
	return s.inTx(ctx, func(tx *tx) error {
		err := tx.AddVote(ctx, db.AddVoteParams{
			ID: v.ID, EntryID: v.Entry, Lang: string(v.Lang), Version: int64(v.Version), Clear: v.Clear, Sentence: v.Sentence, CastOn: string(v.Cast),
		})
		if err != nil {
			return fmt.Errorf("write a vote: %w", err)
		}
		return nil
	})
}

// Sentences lists the votes that say more than yes or no, newest first.
func (s *Store) Sentences(ctx context.Context) ([]content.Vote, error) {
	rows, err := s.reader().Sentences(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the votes: %w", classify(err))
	}
	all := make([]content.Vote, len(rows))
	for i, row := range rows {
		all[i] = content.Vote{
			ID: row.ID, Entry: row.EntryID, Lang: content.Lang(row.Lang), Version: int(row.Version), Clear: row.Clear,
			Sentence: row.Sentence, Cast: content.Date(row.CastOn),
		}
	}
	return all, nil
}

// VoteCounts counts the votes on every version that has any.
func (s *Store) VoteCounts(ctx context.Context) ([]content.VoteCount, error) {
	rows, err := s.reader().Clarity(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the votes: %w", classify(err))
	}
	all := make([]content.VoteCount, len(rows))
	for i, row := range rows {
		all[i] = content.VoteCount{
			Entry: row.EntryID, Lang: content.Lang(row.Lang), Version: int(row.Version), Yes: int(row.Yes), No: int(row.No),
		}
	}
	return all, nil
}
