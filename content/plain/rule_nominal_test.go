package plain

import "testing"

func TestNominal(t *testing.T) { testRule(t, ruleNominal) }
