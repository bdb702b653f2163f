package plain

import "testing"

func TestSeinZu(t *testing.T) { testRule(t, ruleSeinZu) }
