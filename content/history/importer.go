package history

import (
	"context"
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
	prepared, err := i.prepare(ctx, actor, states)
	if err != nil {
		return Summary{}, err
	}
	now := i.Now()
	var summary Summary
	err = i.Store.Import(ctx, func(known Known) (Plan, error) {
		var plan Plan
		var err error
		plan, summary, err = makePlan(known, prepared, w, now)
		plan.Audit = content.NewAudit(actor, now, "content.import", "history", summary.detail())
		return plan, err
	})
	if err != nil {
		return Summary{}, err
	}
	return summary, nil
}

func (i *Importer) read(ctx context.Context, r io.Reader) ([]State, error) {
	settings, err := i.Store.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the settings for an import: %w", err)
	}
	return Read(r, Rules{Languages: settings.Languages, Now: i.Now()})
}

// prepare renders before the transaction, so that nobody waits for it.
func (i *Importer) prepare(ctx context.Context, actor content.Actor, states []State) ([]*Prepared, error) {
	seen, err := i.Store.ImportedStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was imported before: %w", err)
	}
	progress := i.Progress
	if progress == nil {
		progress = func(int, int) {}
	}
	return prepare(ctx, i.Writer, actor, states, func(key StateKey) bool { return !seen[key] }, progress)
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
