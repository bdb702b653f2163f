package content

// DeliveryStep is what moves a delivery from one state to another.
type DeliveryStep string

// The steps of a delivery. The worker makes the first group, people and their channels the others.
const (
	StepSend   DeliveryStep = "send"   // an attempt was written down, the call follows
	StepSent   DeliveryStep = "sent"   // the network named the post
	StepLater  DeliveryStep = "later"  // surely not out, or proven safe to send again
	StepRefuse DeliveryStep = "refuse" // refused for good
	StepDoubt  DeliveryStep = "doubt"  // perhaps out: look
	StepFound  DeliveryStep = "found"  // a look found it
	StepAsk    DeliveryStep = "ask"    // a person must decide
	StepHold   DeliveryStep = "hold"   // the channel is paused
	StepFree   DeliveryStep = "free"   // the channel goes on

	StepCorrected DeliveryStep = "corrected" // the network shows the correction
	StepWithdrawn DeliveryStep = "withdrawn" // the network no longer shows the post
	StepKeep      DeliveryStep = "keep"      // a correction or withdrawal was refused or called off: the post stays as it is

	StepRetry   DeliveryStep = "retry"    // a person orders another try
	StepIsSent  DeliveryStep = "is_sent"  // a person says that it is out
	StepNotSent DeliveryStep = "not_sent" // a person says that it is not out and orders another try
	StepDrop    DeliveryStep = "drop"     // a person does not want it sent
	StepLook    DeliveryStep = "look"     // a person orders one more look at the network
	StepCorrect DeliveryStep = "correct"  // a person orders a correction
	StepRetract DeliveryStep = "retract"  // a person orders it to be taken down
)

var deliverySteps = map[DeliveryState]map[DeliveryStep]DeliveryState{
	Queued:  {StepSend: Sending, StepLater: Waiting, StepHold: Paused, StepDrop: CancelledPost, StepAsk: NeedsDecision},
	Waiting: {StepSend: Sending, StepLater: Waiting, StepHold: Paused, StepDrop: CancelledPost, StepAsk: NeedsDecision, StepRetry: Queued},
	Sending: {
		StepSent: Sent, StepLater: Waiting, StepRefuse: Failed, StepHold: Paused, StepDoubt: UnknownFate, StepAsk: NeedsDecision,
	},
	UnknownFate: {
		StepDoubt: UnknownFate, StepFound: Sent, StepSent: Sent, StepLater: Waiting, StepRefuse: Failed, StepAsk: NeedsDecision,
		StepIsSent: Sent, StepNotSent: Queued, StepLook: UnknownFate,
	},
	NeedsDecision: {StepSent: Sent, StepIsSent: Sent, StepNotSent: Queued, StepDrop: CancelledPost, StepLook: UnknownFate},
	Failed:        {StepRetry: Queued, StepIsSent: Sent, StepDrop: CancelledPost},
	Paused:        {StepFree: Queued, StepDrop: CancelledPost, StepAsk: NeedsDecision},
	CancelledPost: {},

	Sent:        {StepCorrect: Correcting, StepRetract: Withdrawing},
	Correcting:  {StepCorrected: Corrected, StepKeep: Sent, StepRetract: Withdrawing},
	Corrected:   {StepCorrect: Correcting, StepRetract: Withdrawing},
	Withdrawing: {StepWithdrawn: Withdrawn, StepKeep: Sent},
	Withdrawn:   {},
}

// Next is the state after a step, or a Conflict where the step does not fit the state.
func (s DeliveryState) Next(step DeliveryStep) (DeliveryState, error) {
	next, ok := deliverySteps[s][step]
	if !ok && step == StepRetry && s.Allows(StepNotSent) {
		return s, Fail(Conflict, CodeDeliveryUnresolved, nil)
	}
	if !ok {
		return s, Fail(Conflict, CodeDeliveryState, Args{"State": string(s), "Step": string(step)})
	}
	return next, nil
}

// Allows tells whether the step fits the state, so that pages offer only what works.
func (s DeliveryState) Allows(step DeliveryStep) bool {
	_, ok := deliverySteps[s][step]
	return ok
}

// DeliveryStates lists all states, in the order in which a delivery meets them.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{
		Queued, Sending, Waiting, UnknownFate, Paused, NeedsDecision, Sent, Correcting, Corrected, Withdrawing, Withdrawn, Failed, CancelledPost,
	}
}

// QueueStep is what happens to the deliveries of a channel that goes from one
// state to another; "" where nothing does.
func QueueStep(before, after ChannelState) DeliveryStep {
	switch {
	case before == after:
		return ""
	case after == ChannelPaused:
		return StepHold
	case after == ChannelDisconnected:
		return StepDrop
	}
	return StepFree
}
