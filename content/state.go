package content

// State is where a change stands.
type State string

// The states of a change.
const (
	Draft     State = "draft"
	InReview  State = "in_review"
	Approved  State = "approved"
	Scheduled State = "scheduled"
	Published State = "published"
	Cancelled State = "cancelled"
)

// Step is what moves a change from one state to another.
type Step string

// The steps of a change.
const (
	StepEdit         Step = "edit"
	StepSubmit       Step = "submit"
	StepApprove      Step = "approve" // the last approval that was needed
	StepRequestEdits Step = "request_edits"
	StepSchedule     Step = "schedule"
	StepPublish      Step = "publish"
	StepCancel       Step = "cancel"
)

var steps = map[State]map[Step]State{
	Draft:     {StepEdit: Draft, StepSubmit: InReview, StepCancel: Cancelled},
	InReview:  {StepEdit: Draft, StepApprove: Approved, StepRequestEdits: Draft, StepCancel: Cancelled},
	Approved:  {StepEdit: Draft, StepRequestEdits: Draft, StepSchedule: Scheduled, StepPublish: Published, StepCancel: Cancelled},
	Scheduled: {StepEdit: Draft, StepRequestEdits: Draft, StepSchedule: Scheduled, StepPublish: Published, StepCancel: Cancelled},
	Published: {},
	Cancelled: {},
}

// Next is the state after a step, or a Conflict where the step does not fit the state.
func (s State) Next(step Step) (State, error) {
	next, ok := steps[s][step]
	if !ok {
		return s, Fail(Conflict, CodeWrongState, Args{"State": string(s), "Step": string(step)})
	}
	return next, nil
}

// Allows tells whether the step fits the state, so that pages offer only what works.
func (s State) Allows(step Step) bool {
	_, ok := steps[s][step]
	return ok
}
