package plain

import "testing"

func TestAbbrDotted(t *testing.T) { testRule(t, ruleAbbrDotted) }
