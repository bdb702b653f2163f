package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// Terms lists the glossary by language and term.
func (s *Store) Terms(ctx context.Context) ([]content.Term, error) {
	return terms(ctx, s.reader())
}

func terms(ctx context.Context, q *db.Queries) ([]content.Term, error) {
	rows, err := q.Terms(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the glossary: %w", classify(err))
	}
	list := make([]content.Term, 0, len(rows))
	for _, row := range rows {
		t, err := termOf(row)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func termOf(row db.GlossaryTerm) (content.Term, error) {
	t := content.Term{
		ID: row.ID, Lang: content.Lang(row.Lang), Term: row.Term, Explanation: row.Explanation, Example: row.Example,
		Edition: int(row.Edition), Created: at(row.CreatedAt), Updated: at(row.UpdatedAt),
	}
	return t, decode(row.Forms, &t.Forms, "forms", row.ID)
}

func termTaken(t content.Term) error {
	args := content.Args{"Term": t.Term}
	return &content.Error{Kind: content.Conflict, Code: content.CodeTermTaken, Args: args, Fields: []content.FieldError{
		{Field: "term", Code: content.CodeTermTaken, Args: args},
	}}
}

// touchGlossary takes the lock of the site's counter and lets every process read the glossary again.
func (t *tx) touchGlossary(ctx context.Context) error {
	return t.touch(ctx, touched{glossaryKind, glossarySubject})
}

// CreateTerms adds terms, all or none; Conflict where one is there.
func (s *Store) CreateTerms(ctx context.Context, list []content.Term, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.touchGlossary(ctx); err != nil {
			return err
		}
		for _, t := range list {
			n, err := tx.AddTerm(ctx, db.AddTermParams{
				ID: t.ID, Lang: string(t.Lang), Term: t.Term, TermKey: t.Key(), Forms: encode(t.Forms), Explanation: t.Explanation,
				Example: t.Example, Edition: int64(t.Edition), CreatedAt: ms(t.Created), UpdatedAt: ms(t.Updated),
			})
			if err != nil {
				return fmt.Errorf("add the term %s: %w", t.Term, err)
			}
			if n == 0 {
				return termTaken(t)
			}
		}
		return tx.audit(ctx, audit)
	})
}

// UpdateTerm changes a term in one transaction.
func (s *Store) UpdateTerm(ctx context.Context, id string, change func(*content.Term) error, audit content.Audit) (content.Term, error) {
	var t content.Term
	err := s.inTx(ctx, func(tx *tx) error {
		if err := tx.touchGlossary(ctx); err != nil { // first, for its lock
			return err
		}
		row, err := tx.Term(ctx, id)
		if err != nil {
			return missing(err, content.CodeTermUnknown, "term", id)
		}
		if t, err = termOf(row); err != nil {
			return err
		}
		if err := change(&t); err != nil {
			return err
		}
		owner, err := tx.TermOwner(ctx, db.TermOwnerParams{Lang: string(t.Lang), TermKey: t.Key()})
		if err == nil && owner != id {
			return termTaken(t)
		}
		err = tx.SetTerm(ctx, db.SetTermParams{
			ID: id, Term: t.Term, TermKey: t.Key(), Forms: encode(t.Forms), Explanation: t.Explanation, Example: t.Example,
			Edition: int64(t.Edition), UpdatedAt: ms(t.Updated),
		})
		if err != nil {
			return fmt.Errorf("write the term %s: %w", id, err)
		}
		return tx.audit(ctx, audit)
	})
	return t, err
}

// DeleteTerm takes a term out.
func (s *Store) DeleteTerm(ctx context.Context, id string, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		if err := tx.touchGlossary(ctx); err != nil {
			return err
		}
		n, err := tx.DeleteTerm(ctx, id)
		if err != nil {
			return fmt.Errorf("delete the term %s: %w", id, err)
		}
		if n == 0 {
			return content.Fail(content.NotFound, content.CodeTermUnknown, content.Args{"Value": id})
		}
		return tx.audit(ctx, audit)
	})
}
