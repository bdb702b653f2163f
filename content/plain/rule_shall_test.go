package plain

import "testing"

func TestShall(t *testing.T) { testRule(t, ruleShall) }
