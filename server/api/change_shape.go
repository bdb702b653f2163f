package api

import (
	"time"

	"klartext/content"
	"klartext/server/locale"
)

// changeJSON is a change. What only insiders may see is left out for strangers: persons, problems, texts not sent.
type changeJSON struct {
	ID            string                                 `json:"id"`
	Slug          string                                 `json:"slug"`
	Title         content.Text                           `json:"title"`
	Summary       content.Text                           `json:"summary"`
	Why           content.Text                           `json:"why"`
	Materiality   content.Materiality                    `json:"materiality"`
	EffectiveDate *string                                `json:"effective_date" format:"date" doc:"null until it is set or published"`
	Perspectives  map[content.Lang][]content.Perspective `json:"perspectives"`
	Revisions     []string                               `json:"revisions"`
	Pieces        []pieceJSON                            `json:"pieces"`
	Withdraw      []content.Withdrawal                   `json:"withdraw"`
	Announcements []announcementJSON                     `json:"announcements"`
	State         content.State                          `json:"state"`
	Hash          string                                 `json:"hash" doc:"SHA-256 of all that the change publishes; approvals are given to it"`
	Edition       int                                    `json:"edition"`
	Author        string                                 `json:"author,omitempty" doc:"id of the user"`
	AuthorName    string                                 `json:"author_name,omitempty"`
	Approvals     []approvalJSON                         `json:"approvals"`
	// ApprovalsRequired is the site's setting, or what it was at publication.
	ApprovalsRequired int                     `json:"approvals_required"`
	ApprovalCount     int                     `json:"approval_count" doc:"how many approvals stand"`
	Problems          []fieldProblem          `json:"problems" doc:"what blocks submission"`
	Findings          []findingJSON           `json:"findings" doc:"the same, and what the checker finds"`
	Note              string                  `json:"note,omitempty" doc:"what a reviewer asked for"`
	Failure           *failureJSON            `json:"failure,omitempty" doc:"why its scheduled publication failed"`
	PublishAt         *time.Time              `json:"publish_at"`
	PublishedAt       *time.Time              `json:"published_at"`
	Imported          bool                    `json:"imported"`
	CreatedAt         *time.Time              `json:"created_at"`
	UpdatedAt         *time.Time              `json:"updated_at"`
	Permalink         map[content.Lang]string `json:"permalink"`
	Posts             []postJSON              `json:"posts" doc:"public posts on networks"`
}

// failureJSON is why a scheduled change went back to draft when its time came.
type failureJSON struct {
	At       time.Time      `json:"at"`
	Code     content.Code   `json:"code"`
	Detail   string         `json:"detail"`
	Problems []fieldProblem `json:"problems"`
}

func failureOf(p *locale.Printer, f *content.Failure) *failureJSON {
	if f == nil {
		return nil
	}
	return &failureJSON{At: stamp(f.At), Code: f.Code, Detail: p.Problem(f.Code, f.Args), Problems: problems(p, f.Fields)}
}

// pieceJSON is one revision in a change, beside what readers see now.
type pieceJSON struct {
	Entry       string       `json:"entry"`
	Slug        string       `json:"slug"`
	Lang        content.Lang `json:"lang" doc:"empty for facts"`
	Revision    string       `json:"revision"`
	Hash        string       `json:"hash"`
	LiveVersion *int         `json:"live_version" doc:"the version that readers see now; null where they see none"`
}

type approvalJSON struct {
	User  string    `json:"user" doc:"id"`
	Name  string    `json:"name"`
	Hash  string    `json:"hash"`
	At    time.Time `json:"at"`
	Valid bool      `json:"valid" doc:"false once anything was edited"`
}

// fieldProblem is one thing wrong with one field.
type fieldProblem struct {
	Field  string       `json:"field"`
	Code   content.Code `json:"code"`
	Detail string       `json:"detail"`
}

// findingJSON is one thing that holds a change back.
type findingJSON struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity" enum:"error,warning,hint"`
	Field    string `json:"field"`
	Message  string `json:"message"`
}

type postJSON struct {
	Network    string       `json:"network"`
	Channel    string       `json:"channel" doc:"its name"`
	Lang       content.Lang `json:"lang"`
	URL        string       `json:"url"`
	At         time.Time    `json:"at"`
	Part       int          `json:"part" doc:"of a thread, from 0"`
	Correction bool         `json:"correction" doc:"it corrects an earlier post of this change"`
	Corrected  *time.Time   `json:"corrected_at" doc:"when its words were last corrected in place"`
	Withdrawn  bool         `json:"withdrawn" doc:"it was taken down here"`
	Gone       bool         `json:"gone" doc:"the network no longer shows it, though nobody here took it down"`
}

func postOf(p content.PostLink) postJSON {
	return postJSON{
		Network: p.Network, Channel: p.Channel, Lang: p.Lang, URL: p.URL, At: stamp(p.At), Part: p.Part, Correction: p.Correction,
		Corrected: moment(p.Corrected), Withdrawn: p.State == content.Withdrawn, Gone: p.Gone,
	}
}

// openChange shapes what everybody may see of a change.
func (h *Handlers) openChange(c *content.Change, settings content.Settings) changeJSON {
	out := changeJSON{
		ID: c.ID, Slug: c.Slug, Title: text(c.Title), Summary: text(c.Summary), Why: text(c.Why), Materiality: c.Materiality,
		EffectiveDate: some(string(c.Effective(settings.Zone()))), Perspectives: map[content.Lang][]content.Perspective{},
		Revisions: []string{}, Pieces: []pieceJSON{}, Withdraw: list(c.Withdraw), Announcements: []announcementJSON{},
		State: c.State, Hash: c.Hash(), Edition: c.Edition, Approvals: []approvalJSON{}, ApprovalsRequired: c.ApprovalsRequired,
		Problems: []fieldProblem{}, Findings: []findingJSON{}, PublishAt: moment(c.PublishAt), PublishedAt: moment(c.PublishedAt),
		Imported: c.Imported, CreatedAt: moment(c.Created), UpdatedAt: moment(c.Updated), Permalink: map[content.Lang]string{}, Posts: []postJSON{},
	}
	for lang, views := range c.Perspectives {
		out.Perspectives[lang] = list(views)
	}
	for _, r := range c.Revisions {
		out.Revisions = append(out.Revisions, r.ID)
	}
	for _, lang := range settings.Languages {
		out.Permalink[lang] = h.Changes.Permalink(c, lang)
	}
	return out
}

// changeOf shapes a change for insiders.
func (r *room) changeOf(c content.Change) changeJSON {
	out := r.h.openChange(&c, r.settings)
	for _, revision := range c.Revisions {
		entry := r.entries[revision.Entry]
		piece := pieceJSON{Entry: revision.Entry, Slug: entry.Slug, Lang: revision.Lang, Revision: revision.ID, Hash: revision.Hash}
		if head := entry.Lang(revision.Lang).Head; head.Live() {
			piece.LiveVersion = &head.Version
		}
		out.Pieces = append(out.Pieces, piece)
	}
	for _, a := range c.Announcements {
		out.Announcements = append(out.Announcements, r.announcementOf(&c, a))
	}
	if c.State != content.Published {
		out.ApprovalsRequired = r.settings.ApprovalsRequired
	}
	for _, a := range c.Approvals {
		out.Approvals = append(out.Approvals, approvalJSON{User: a.User, Name: a.Name, Hash: a.Hash, At: stamp(a.At), Valid: a.Valid(out.Hash)})
	}
	out.ApprovalCount = len(c.ValidApprovals())
	if gate := r.gates[c.ID]; gate != nil {
		out.Problems = problems(r.printer, gate.Fields)
		out.Findings = findings(out.Problems)
	}
	if c.Author != "" {
		out.Author, out.AuthorName = c.Author, r.name(c.Author)
	}
	out.Note, out.Failure = c.Note, failureOf(r.printer, c.Failure)
	if r.published != nil {
		if published, ok := r.published.ChangeByID(c.ID); ok {
			out.Posts = each(published.Posts, postOf)
		}
	}
	return out
}
