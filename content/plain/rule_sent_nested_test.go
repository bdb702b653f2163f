package plain

import "testing"

func TestSentNested(t *testing.T) { testRule(t, ruleSentNested) }
