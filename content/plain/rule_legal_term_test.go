package plain

import "testing"

func TestLegalTerm(t *testing.T) { testRule(t, ruleLegalTerm) }
