package content

// Codes of plain language: the gate, the glossary, findings that are put aside.
const (
	CodeScoreRange       Code = "score_range"
	CodeReplacementEmpty Code = "replacement_empty"
	CodeRuleUnknown      Code = "rule_unknown"
	CodeScoreLow         Code = "score_low"   // the gate is closed: hard to read
	CodeTextErrors       Code = "text_errors" // the gate is closed: errors
	CodeTextUnread       Code = "text_unread" // the gate is closed: nobody can say
	CodeOverrideNobody   Code = "override_nobody"
	CodeOverrideRole     Code = "override_role"
	CodeOverrideReason   Code = "override_reason"
	CodeOverridePiece    Code = "override_piece"
	CodeTermTaken        Code = "term_taken"
	CodeTermOld          Code = "term_old"
	CodeTermUnknown      Code = "term_unknown"
	CodeIgnoreReason     Code = "ignore_reason"
	CodeIgnoredUnknown   Code = "ignored_unknown"
)
