package plain

import "testing"

func TestParaLong(t *testing.T) { testRule(t, ruleParaLong) }
