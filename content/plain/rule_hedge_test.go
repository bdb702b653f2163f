package plain

import "testing"

func TestHedge(t *testing.T) { testRule(t, ruleHedge) }
