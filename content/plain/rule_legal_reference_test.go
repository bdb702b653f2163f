package plain

import "testing"

func TestLegalReference(t *testing.T) { testRule(t, ruleLegalReference) }
