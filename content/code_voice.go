package content

// Codes of what readers say.
const (
	CodeQuestionShort   Code = "question_short" // Args: Limit
	CodeQuestionUnknown Code = "question_unknown"
	CodeVoteMissing     Code = "vote_missing"
	CodeVoicesSlow      Code = "voices_slow" // too many from one place, or at all, in this hour
	CodeFormOld         Code = "form_old"    // a form that was open for too long, or is none of ours
	CodeFormFast        Code = "form_fast"   // sent faster than anybody can write
)
