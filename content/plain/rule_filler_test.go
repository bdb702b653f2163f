package plain

import "testing"

func TestFiller(t *testing.T) { testRule(t, ruleFiller) }
