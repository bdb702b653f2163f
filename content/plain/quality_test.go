package plain

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

func difficulty(tb testing.TB, lang, text string) float64 {
	tb.Helper()
	r := mustCheck(tb, Input{Source: text, Lang: lang})
	if r.Difficulty == nil {
		tb.Fatalf("no difficulty for %q", clip(text))
	}
	return *r.Difficulty
}

func TestHumanRatings(t *testing.T) {
	var ours, people []float64
	for _, r := range rows(t, "plain", "de", "textcomplexityde_ratings.tsv") {
		rating, err := strconv.ParseFloat(r[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		ours, people = append(ours, difficulty(t, "de", r[6])), append(people, rating)
	}
	rho := spearman(ours, people)
	t.Logf("Spearman with %d human ratings: %.3f", len(ours), rho)
	if rho < 0.76 {
		t.Errorf("Spearman %.3f, want at least .76", rho)
	}
}

func TestPairsAreRankedRight(t *testing.T) {
	for _, set := range []struct {
		name, lang string
		pairs      []pair
		want       float64
	}{
		{"simplified sentences", "de", germanPairs(t), 0.96},
		{"plainlanguage.gov", "en", governmentPairs(t), 0.94},
		{"data use", "de", dataUsePairs(t, "de"), 1},
		{"data use", "en", dataUsePairs(t, "en"), 1},
	} {
		right := 0
		for _, p := range set.pairs {
			if difficulty(t, set.lang, p.hard) > difficulty(t, set.lang, p.plain) {
				right++
			} else {
				t.Logf("%s: wrong: %q / %q", set.name, clip(p.hard), clip(p.plain))
			}
		}
		share := float64(right) / float64(len(set.pairs))
		t.Logf("%s (%s): %d of %d pairs right (%.1f %%)", set.name, set.lang, right, len(set.pairs), 100*share)
		if share < set.want {
			t.Errorf("%s (%s): %.3f right, want %.2f", set.name, set.lang, share, set.want)
		}
	}
}

func TestLawIsHard(t *testing.T) {
	articles := objects(t, "plain", "de", "gdpr_articles.jsonl")
	hard, scored := 0, 0
	for _, a := range articles {
		r := mustCheck(t, Input{Source: a["text"].(string), Lang: "de"})
		if r.Score == nil {
			// Too short for people; D is still there and must say "hard".
			w := weightsOf("de")
			if 100-w.slope*(*r.Difficulty-w.zero) < 38 {
				hard++
			}
			continue
		}
		scored++
		if *r.Score < 38 {
			hard++
		}
	}
	t.Logf("%d of %d articles under 38 (%d with a score)", hard, len(articles), scored)
	if float64(hard) < 0.95*float64(len(articles)) {
		t.Errorf("%d of %d articles are hard, want 95 %%", hard, len(articles))
	}
}

func TestHardTextsHaveMoreFindings(t *testing.T) {
	for _, lang := range Languages() {
		for _, p := range dataUsePairs(t, lang) {
			hard, plain := weight(mustCheck(t, Input{Source: p.hard, Lang: lang})), weight(mustCheck(t, Input{Source: p.plain, Lang: lang}))
			if hard <= plain {
				t.Errorf("%s: weight %d for %q, %d for %q", lang, hard, p.hard, plain, p.plain)
			}
		}
	}
}

func weight(r Result) int {
	sum := 0
	for _, f := range r.Findings {
		sum += f.Severity.Weight()
	}
	return sum
}

// spearman is the correlation of ranks.
func spearman(a, b []float64) float64 {
	ra, rb := ranks(a), ranks(b)
	n := float64(len(a))
	mean := (n - 1) / 2
	var cov, va, vb float64
	for i := range ra {
		cov += (ra[i] - mean) * (rb[i] - mean)
		va += (ra[i] - mean) * (ra[i] - mean)
		vb += (rb[i] - mean) * (rb[i] - mean)
	}
	return cov / math.Sqrt(va*vb)
}

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if x[i] < x[j] {
			return -1
		}
		return 1
	})
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j+1 < len(order) && x[order[j+1]] == x[order[i]] {
			j++
		}
		for k := i; k <= j; k++ {
			out[order[k]] = float64(i+j) / 2
		}
		i = j + 1
	}
	return out
}
