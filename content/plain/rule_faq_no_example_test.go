package plain

import "testing"

func TestNoExample(t *testing.T) { testRule(t, ruleNoExample) }
