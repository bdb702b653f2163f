package plain

import "testing"

func TestAnswerLate(t *testing.T) { testRule(t, ruleAnswerLate) }
