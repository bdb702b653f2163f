package plain

import (
	"encoding/json"
	"os"
	"testing"
)

func TestPassive(t *testing.T) { testRule(t, rulePassive) }

// TestPassiveOnTaughtExamples tries the rule on pairs that teach the active voice.
func TestPassiveOnTaughtExamples(t *testing.T) {
	raw, err := os.ReadFile(sharedData(t, "plain", "en", "plainlanguage_gov_passive_active.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs []struct{ Passive, Active string }
	if err := json.Unmarshal(raw, &pairs); err != nil {
		t.Fatal(err)
	}
	found, wrong := 0, 0
	for _, p := range pairs {
		if len(markedBy(t, "style.passive", "en", p.Passive)) > 0 {
			found++
		} else {
			t.Logf("missed: %s", p.Passive)
		}
		if marked := markedBy(t, "style.passive", "en", p.Active); len(marked) > 0 {
			wrong++
			t.Logf("wrong: %q in %s", marked, p.Active)
		}
	}
	t.Logf("%d of %d passives found, %d active sentences marked", found, len(pairs), wrong)
	if found*10 < len(pairs)*9 || wrong*10 > len(pairs) {
		t.Errorf("%d of %d passives found, %d active sentences marked", found, len(pairs), wrong)
	}
}
