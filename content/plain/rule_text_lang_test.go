package plain

import "testing"

func TestTextLang(t *testing.T) { testRule(t, ruleTextLang) }
