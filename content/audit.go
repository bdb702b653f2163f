package content

import (
	"context"
	"time"
)

// Audit is one line of who did what. It is for the site's own people, never public.
type Audit struct {
	ID      string
	At      time.Time
	Actor   string // user id, "" for the command line and the system
	Name    string
	Via     string
	Action  string // "revision.save", "change.publish" ...
	Subject string // id of what was acted on
	Detail  map[string]string
}

// NewAudit makes the line for an act of this actor.
func NewAudit(actor Actor, now time.Time, action, subject string, detail map[string]string) Audit {
	return Audit{
		ID: NewID(now), At: now, Actor: actor.UserID, Name: actor.Name, Via: actor.Via,
		Action: action, Subject: subject, Detail: detail,
	}
}

// AuditStore reads the audit, newest first; before is the id to go on from, "" for the start.
type AuditStore interface {
	Audits(ctx context.Context, before string, limit int) ([]Audit, error)
}
