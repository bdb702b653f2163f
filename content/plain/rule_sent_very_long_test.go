package plain

import "testing"

func TestSentVeryLong(t *testing.T) { testRule(t, ruleSentVeryLong) }
