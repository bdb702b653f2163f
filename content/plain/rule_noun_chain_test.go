package plain

import "testing"

func TestNounChain(t *testing.T) { testRule(t, ruleNounChain) }
