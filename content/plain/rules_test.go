package plain

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ruleCase is one line of a rule's table.
type ruleCase struct {
	source string
	spans  []string // what must be marked; none for a non-hit
}

var (
	someN      = regexp.MustCompile(`\{w:(\d+)\}`)
	markedSpan = regexp.MustCompile(`(?s)\[\[(.*?)\]\]`)
)

// someWords makes n easy words.
func someWords(lang string, n int) string {
	stock := strings.Fields(map[string]string{
		"de": "das Haus steht am See und der Hund liegt dort im Gras mit dem Ball",
		"en": "the house is at the lake and the dog is there in the grass with the ball",
	}[lang])
	out := make([]string, n)
	for i := range out {
		out[i] = stock[i%len(stock)]
	}
	if n > 0 {
		out[0] = strings.ToUpper(out[0][:1]) + out[0][1:]
	}
	return strings.Join(out, " ")
}

func ruleTable(t *testing.T, rule, lang string) (hits, misses []ruleCase) {
	t.Helper()
	eachTestLine(t, filepath.Join("testdata", "rules", rule+"."+lang+".txt"), func(line string) {
		if len(line) < 3 || line[0] == '#' {
			return
		}
		text := strings.ReplaceAll(line[2:], `\n`, "\n")
		text = someN.ReplaceAllStringFunc(text, func(m string) string {
			n, _ := strconv.Atoi(someN.FindStringSubmatch(m)[1])
			return someWords(lang, n)
		})
		var c ruleCase
		for _, m := range markedSpan.FindAllStringSubmatch(text, -1) {
			c.spans = append(c.spans, m[1])
		}
		c.source = markedSpan.ReplaceAllString(text, "$1")
		if line[0] == '+' {
			hits = append(hits, c)
		} else {
			misses = append(misses, c)
		}
	})
	return hits, misses
}

// testRule runs the tables of one rule in all its languages.
func testRule(t *testing.T, id ruleID) {
	t.Helper()
	r := rules()[id]
	for _, lang := range r.langs() {
		hits, misses := ruleTable(t, r.id, lang)
		if len(hits) < 10 || len(misses) < 10 {
			t.Errorf("%s.%s: %d hits and %d non-hits, want ten of each", r.id, lang, len(hits), len(misses))
		}
		for _, c := range slices.Concat(hits, misses) {
			if got := markedBy(t, r.id, lang, c.source); !slices.Equal(got, c.spans) {
				t.Errorf("%s.%s: %q\n  marks %q\n  want  %q", r.id, lang, clip(c.source), got, c.spans)
			}
		}
	}
}

func markedBy(t *testing.T, rule, lang, source string) []string {
	t.Helper()
	in := Input{Source: source, Lang: lang}
	if strings.HasPrefix(rule, "faq.") {
		in.Kind = KindFAQ
	}
	var out []string
	for _, f := range mustCheck(t, in).Findings {
		if f.Rule == rule {
			out = append(out, source[f.Start:f.End])
		}
	}
	return out
}

func TestEveryRuleHasItsTables(t *testing.T) {
	for _, r := range rules() {
		name := "rule_" + strings.NewReplacer(".", "_", "-", "_").Replace(r.id)
		for _, lang := range r.langs() {
			if _, err := os.Stat(filepath.Join("testdata", "rules", r.id+"."+lang+".txt")); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestEveryRuleSpeaksBothLanguages(t *testing.T) {
	for _, lang := range Languages() {
		m := mustChecker(t).messages[lang]
		for _, r := range rules() {
			if say := m.of(r.id, "", ""); say.what == "" || say.why == "" || say.how == "" {
				t.Errorf("%s: %s has no full message: %q", lang, r.id, fmt.Sprint(say))
			}
			if m.names[r.id] == "" {
				t.Errorf("%s: %s has no name", lang, r.id)
			}
		}
		for _, band := range []string{BandVeryEasy, BandPlain, BandDemanding, BandHard, BandTooShort} {
			if m.bands[band] == "" {
				t.Errorf("%s: band %q has no label", lang, band)
			}
		}
	}
}

// checkLevels holds that no rule is more or less severe than the settings say.
func checkLevels(tb testing.TB, lang string, r Result) {
	tb.Helper()
	table := rules()
	for _, f := range r.Findings {
		i := slices.IndexFunc(table[:], func(known rule) bool { return known.id == f.Rule })
		if i < 0 || !slices.Contains(table[i].levels[lang], f.Severity) {
			tb.Errorf("%s: %s gives %s", lang, f.Rule, f.Severity)
		}
	}
}
