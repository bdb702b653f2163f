package content

import (
	"encoding/json"
	"time"
)

// VersionMeta is one version without its text: numbered 1, 2, 3 ... per entry and language, public for good.
type VersionMeta struct {
	Entry       string
	Lang        Lang // NoLang where the facts alone got a number
	Number      int
	Revision    string
	Facts       string // the facts revision shown with it, or ""
	Hash        string // of the revision
	Title       string
	Change      string // id of the change that published it
	PublishedAt time.Time
	Effective   Date
	Imported    bool
	Verdict     *Verdict // what the gate said; nil where it was not asked
}

// Version is one version with its text.
type Version struct {
	VersionMeta
	Text  Writing
	HTML  Rendered
	Facts *Facts
}

// Tombstone stands where an entry was taken down in one language.
type Tombstone struct {
	Entry        string
	Lang         Lang
	Change       string
	AfterVersion int // the last version before it
	At           time.Time
	Reason       string
}

// LedgerRow is one line of the append-only record of everything published.
type LedgerRow struct {
	Seq  int64
	At   time.Time
	Body json.RawMessage // a LedgerBody
}

// LedgerBody is what a ledger row says. No person's name is ever in it.
type LedgerBody struct {
	Type string `json:"type"` // "change", "version", "facts" or "tombstone"
	// Change is the slug of the change that published it.
	Change string `json:"change"`
	Kind   string `json:"kind,omitempty"`
	Entry  string `json:"entry,omitempty"` // id
	Slug   string `json:"slug,omitempty"`
	Lang   Lang   `json:"lang,omitempty"`
	Number int    `json:"number,omitempty"`
	// SHA256 is the content's hash in hex: of the revision, or for a change of all that it publishes.
	SHA256      string    `json:"sha256,omitempty"`
	FactsSHA256 string    `json:"facts_sha256,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Title       Text      `json:"title,omitempty"`
	Why         Text      `json:"why,omitempty"`
	Materiality string    `json:"materiality,omitempty"`
	Effective   Date      `json:"effective_date,omitempty"`
	Published   time.Time `json:"published_at"`
	// ApprovalsRequired and Approvals say how many people had to agree and how many did; absent on imported rows.
	ApprovalsRequired *int `json:"approvals_required,omitempty"`
	Approvals         *int `json:"approvals,omitempty"`
	Imported          bool `json:"imported,omitempty"`
}
