package plain

import "testing"

func TestPassive(t *testing.T) { testRule(t, rulePassive) }
