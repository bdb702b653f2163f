package plain

import "testing"

func TestNegDouble(t *testing.T) { testRule(t, ruleNegDouble) }
