package plain

import "testing"

func TestSentLong(t *testing.T) { testRule(t, ruleSentLong) }
