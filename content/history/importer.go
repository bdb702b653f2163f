package history

import (
	"context"
	"errors"
	"fmt"
	"io"

	"klartext/content"
)

// Store reads what is known and keeps a plan.
type Store interface {
	Settings(ctx context.Context) (content.Settings, error)
	// ImportedStates lists the states that earlier imports took in.
	ImportedStates(ctx context.Context) (map[StateKey]bool, error)
	// Import runs decide on what is known and writes the plan, in one transaction, and
	// tells the public site. decide may run twice.
	Import(ctx context.Context, decide func(Known) (Plan, error)) error
}

// Importer takes histories in: everything or nothing.
type Importer struct {
	Store  Store
	Writer Writer
	Now    content.Clock
	// Progress is told how many of the new texts are prepared. It is called from one
	// goroutine at a time; nil for nobody.
	Progress func(done, total int)
}

// Import takes a history in. What earlier imports took in is left as it is. The error
// is a *content.Error of kind Invalid with one field error a line where lines are
// broken, Forbidden for an actor who may not import. Whatever the error, nothing was imported.
func (i *Importer) Import(ctx context.Context, actor content.Actor, r io.Reader) (Summary, error) {
	if err := actor.May(content.ImportContent); err != nil {
		return Summary{}, err
	}
	w, err := loadWords()
	if err != nil {
		return Summary{}, err
	}
	states, err := i.read(ctx, r)
	if err != nil {
		return Summary{}, err
	}
	// Links between the texts assume their addresses, which only the transaction knows
	// for sure; where one was taken, the texts are prepared once more.
	l := linksOf(states)
	for {
		prepared, err := i.prepare(ctx, actor, states, l)
		if err != nil {
			return Summary{}, err
		}
		summary, right, err := i.keep(ctx, actor, prepared, l, w)
		if !errors.Is(err, errMoved) {
			return summary, err
		}
		l = right
	}
}

// errMoved says that a text links to an address that is another entry's.
var errMoved = errors.New("an address that was linked to is taken")

// keep plans and writes; with errMoved come the links as they must be.
func (i *Importer) keep(ctx context.Context, actor content.Actor, prepared []*Prepared, l links, w words) (summary Summary, right links, err error) {
	now := i.Now()
	err = i.Store.Import(ctx, func(known Known) (Plan, error) {
		plan, counted, err := makePlan(known, prepared, w, now)
		if err != nil {
			return Plan{}, err
		}
		var same bool
		if right, same = l.correct(plan.entries); !same {
			return Plan{}, errMoved
		}
		summary = counted
		plan.Audit = content.NewAudit(actor, now, "content.import", "history", summary.detail())
		return plan, nil
	})
	if err != nil {
		return Summary{}, right, err
	}
	return summary, right, nil
}

func (i *Importer) read(ctx context.Context, r io.Reader) ([]State, error) {
	settings, err := i.Store.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the settings for an import: %w", err)
	}
	return Read(r, Rules{Languages: settings.Languages, Now: i.Now()})
}

// prepare renders before the transaction, so that nobody waits for it.
func (i *Importer) prepare(ctx context.Context, actor content.Actor, states []State, l links) ([]*Prepared, error) {
	seen, err := i.Store.ImportedStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was imported before: %w", err)
	}
	progress := i.Progress
	if progress == nil {
		progress = func(int, int) {}
	}
	return prepare(ctx, i.Writer, actor, states, l, func(key StateKey) bool { return !seen[key] }, progress)
}

// detail is the summary for the audit.
func (s *Summary) detail() map[string]string {
	out := map[string]string{}
	for name, n := range map[string]int{
		"lines": s.Lines, "taken": s.Taken, "entries": s.Entries, "policies": s.Policies,
		"versions": s.Versions, "tombstones": s.Tombstones, "changes": s.Changes,
	} {
		out[name] = fmt.Sprint(n)
	}
	return out
}
