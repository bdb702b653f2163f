package plain

import "testing"

func TestAbbrUnexplained(t *testing.T) { testRule(t, ruleAbbrUnexplained) }
