package plain

import "testing"

// TestWarningRulesHitHardTexts holds the rule of the issue: a rule that warns hits plain texts
// at most half as often, per word, as hard ones. Rules with under five hits on hard texts prove
// nothing here.
func TestWarningRulesHitHardTexts(t *testing.T) {
	sets := map[string][]pair{"de": append(germanPairs(t), dataUsePairs(t, "de")...), "en": append(governmentPairs(t), dataUsePairs(t, "en")...)}
	for _, a := range objects(t, "plain", "de", "gdpr_articles.jsonl") {
		sets["de"] = append(sets["de"], pair{hard: a["text"].(string)})
	}
	for lang, pairs := range sets {
		var hits [2]map[string]float64
		var words [2]float64
		for side := range hits {
			hits[side] = map[string]float64{}
			for _, p := range pairs {
				text := p.hard
				if side == 1 {
					text = p.plain
				}
				r := mustCheck(t, Input{Source: text, Lang: lang})
				checkLevels(t, lang, r)
				words[side] += float64(r.Words)
				for _, f := range r.Findings {
					if f.Severity >= Warning {
						hits[side][f.Rule]++
					}
				}
			}
		}
		for rule, n := range hits[0] {
			hard, plain := 1000*n/words[0], 1000*hits[1][rule]/words[1]
			t.Logf("%s %-18s %6.2f -> %5.2f per 1,000 words", lang, rule, hard, plain)
			if n >= 5 && plain > hard/2 {
				t.Errorf("%s: %s warns %.2f times in 1,000 plain words, %.2f in hard ones", lang, rule, plain, hard)
			}
		}
	}
}
