package plain

import "testing"

func TestNoAddress(t *testing.T) { testRule(t, ruleNoAddress) }
