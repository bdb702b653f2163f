package content

import "slices"

// Role is what a person is on this site.
type Role string

// The roles; each includes the one before it.
const (
	Author   Role = "author"
	Approver Role = "approver"
	Admin    Role = "admin"
)

// Roles lists all roles, weakest first.
func Roles() []Role { return []Role{Author, Approver, Admin} }

// Actor is who acts. The zero Actor is a stranger and may nothing that needs permission.
type Actor struct {
	UserID string
	Name   string
	Role   Role
	// Via says how the actor came in: "session", "token" or "command". It stands in the audit.
	Via string
}

// Operator is the person at the machine's own command line: an admin without an account.
func Operator() Actor { return Actor{Name: "operator", Role: Admin, Via: "command"} }

// System acts when nobody does: the scheduler, the delivery worker.
func System() Actor { return Actor{Name: "system", Role: Admin, Via: "system"} }

// Act is something that needs permission.
type Act string

// All acts, from the weakest role that may do them upward.
const (
	ReadDrafts       Act = "read_drafts"
	WriteRevision    Act = "write_revision"
	WriteChange      Act = "write_change"
	SubmitChange     Act = "submit_change"
	HearReaders      Act = "hear_readers"
	ApproveChange    Act = "approve_change"
	PublishChange    Act = "publish_change"
	CancelChange     Act = "cancel_change"
	DecideDelivery   Act = "decide_delivery"
	EditGlossary     Act = "edit_glossary" // readers see it at once
	ReadAudit        Act = "read_audit"
	ManageSettings   Act = "manage_settings"
	ManageUsers      Act = "manage_users"
	ManageChannels   Act = "manage_channels"
	ImportContent    Act = "import_content"
	ManageOwnTokens  Act = "manage_own_tokens"
	ManageUserTokens Act = "manage_user_tokens"
)

var roleActs = map[Role][]Act{
	Author:   {ReadDrafts, WriteRevision, WriteChange, SubmitChange, HearReaders, CancelChange, ManageOwnTokens},
	Approver: {ApproveChange, PublishChange, DecideDelivery, EditGlossary},
	Admin:    {ReadAudit, ManageSettings, ManageUsers, ManageChannels, ImportContent, ManageUserTokens},
}

// May tells whether a person of this role may do the act.
func (r Role) May(act Act) bool {
	for _, role := range Roles() {
		if slices.Contains(roleActs[role], act) {
			return r.atLeast(role)
		}
	}
	return false
}

func (r Role) atLeast(other Role) bool {
	have, need := slices.Index(Roles(), r), slices.Index(Roles(), other)
	return have >= need && need >= 0
}

// May is nil where the actor may do the act, else an Unknown or Forbidden error.
func (a Actor) May(act Act) error {
	switch {
	case a.Role == "":
		return Fail(Unknown, CodeLoginNeeded, nil)
	case !a.Role.May(act):
		return Fail(Forbidden, CodeForbidden, Args{"Role": string(a.Role), "Act": string(act)})
	}
	return nil
}
