package plain

import (
	"path/filepath"
	"testing"
)

// TestPlainSentencesRaiseNoAlarm holds what makes people keep such a tool
// switched on: at most three warnings on 200 plain sentences.
func TestPlainSentencesRaiseNoAlarm(t *testing.T) {
	for _, lang := range Languages() {
		sentences, warnings, hints := 0, 0, 0
		eachTestLine(t, filepath.Join("testdata", "plain."+lang+".txt"), func(line string) {
			sentences++
			for _, f := range mustCheck(t, Input{Source: line, Lang: lang}).Findings {
				if f.Severity < Warning {
					hints++
					continue
				}
				warnings++
				t.Logf("%s: %s %q in %q", lang, f.Rule, line[f.Start:f.End], line)
			}
		})
		t.Logf("%s: %d warnings and %d hints on %d sentences", lang, warnings, hints, sentences)
		if sentences < 200 || warnings > 3 {
			t.Errorf("%s: %d warnings on %d sentences, want at most three on 200", lang, warnings, sentences)
		}
	}
}
