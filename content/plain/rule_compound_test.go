package plain

import "testing"

func TestCompound(t *testing.T) { testRule(t, ruleCompound) }
