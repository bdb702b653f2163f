package plain

import "testing"

func TestOfficialese(t *testing.T) { testRule(t, ruleOfficialese) }
