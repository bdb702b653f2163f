package content

import (
	"context"
	"time"
)

// Verdict is what the gate said about a text when it was published, kept with its version. A text that passed once
// keeps its verdict until it is edited, whatever the rules say by then.
type Verdict struct {
	RuleSet  string    `json:"rule_set"`
	Score    *int      `json:"score"` // nil where the text was too short
	Band     string    `json:"band"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Hints    int       `json:"hints"`
	At       time.Time `json:"at"`
	// Override is the written reason why it was published although the gate was closed, "" where it was open.
	Override string `json:"override,omitempty"`
	// Ignored are the findings that were put aside for good, with the reasons.
	Ignored []IgnoredMark `json:"ignored,omitempty"`
}

// IgnoredMark is a finding that was put aside, as a version keeps it.
type IgnoredMark struct {
	Rule   string `json:"rule"`
	Quote  string `json:"quote"`
	Reason string `json:"reason"`
}

func verdictOf(c *Clarity, now time.Time) Verdict {
	v := Verdict{
		RuleSet: c.RuleSet, Score: c.Score, Band: c.Band, At: now.UTC().Truncate(time.Millisecond),
		Errors: c.Count(SeverityError), Warnings: c.Count(SeverityWarning), Hints: c.Count(SeverityHint),
	}
	for _, f := range c.Findings {
		if f.Ignored != "" {
			v.Ignored = append(v.Ignored, IgnoredMark{f.Rule, f.Quote, f.Ignored})
		}
	}
	return v
}

// VerdictStore keeps the verdicts of texts that passed, by the hash of what they say.
type VerdictStore interface {
	// Verdict answers false where the text never passed.
	Verdict(ctx context.Context, hash string) (Verdict, bool, error)
	// KeepVerdicts leaves a verdict that is there as it is.
	KeepVerdicts(ctx context.Context, passed map[string]Verdict) error
}

// Override is why a text of a change may be published although the gate is closed for it. It is bound to the
// revision: who edits the text must give the reason anew.
type Override struct {
	Revision string    `json:"revision"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"` // user id
	At       time.Time `json:"at"`
}

// Override finds the reason that was given for a revision; "" where none was.
func (c *Change) Override(revision string) string {
	for _, o := range c.Overrides {
		if o.Revision == revision {
			return o.Reason
		}
	}
	return ""
}

// dropOverrides forgets the reasons for texts that are not in the change any more.
func (c *Change) dropOverrides() {
	in := map[string]bool{}
	for _, r := range c.Revisions {
		in[r.ID] = true
	}
	c.Overrides = kept(c.Overrides, func(o *Override) bool { return in[o.Revision] })
	if len(c.Overrides) == 0 {
		c.Overrides = nil
	}
}
