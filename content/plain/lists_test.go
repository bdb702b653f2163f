package plain

import (
	"strings"
	"testing"
	"unicode"
)

func TestListsAreLongEnough(t *testing.T) {
	for lang, want := range map[string]struct{ advice, terms int }{"de": {600, 120}, "en": {400, 120}} {
		l := mustChecker(t).languages[lang]
		if len(l.plain) < want.advice || len(l.terms) < want.terms {
			t.Errorf("%s: %d entries of officialese and %d terms, want %d and %d", lang, len(l.plain), len(l.terms), want.advice, want.terms)
		}
		core := 0
		for _, term := range l.terms {
			if term.Core {
				core++
			}
		}
		t.Logf("%s: %d entries of officialese, %d terms (%d core), %d phrases", lang, len(l.plain), len(l.terms), core, len(l.phrases))
		if core != 10 {
			t.Errorf("%s: %d core terms, want ten", lang, core)
		}
	}
}

// TestListsAreWellFormed: no entry twice, no form twice, nothing empty, no
// stray blanks, every form can be found in a text.
func TestListsAreWellFormed(t *testing.T) {
	for _, lang := range Languages() {
		for _, name := range []string{"officialese", "terms"} {
			entries, forms := map[string]int{}, map[string]int{}
			err := eachLine(name+"."+lang+".tsv", func(n int, line string) error {
				c := strings.Split(line, "\t")
				if at := entries[c[0]]; at > 0 {
					t.Errorf("%s.%s line %d: %q stands in line %d too", name, lang, n, c[0], at)
				}
				entries[c[0]] = n
				verb := ""
				if name == "officialese" {
					verb = c[2]
				}
				for form := range strings.SplitSeq(c[1], "|") {
					form, replace, replaced := strings.Cut(form, "=")
					key := strings.ToLower(form) + "+" + verb
					if at := forms[key]; at > 0 {
						t.Errorf("%s.%s line %d: form %q stands in line %d too", name, lang, n, form, at)
					}
					forms[key] = n
					if form == "" || form != strings.TrimSpace(form) || strings.Contains(form, "  ") || replaced && strings.TrimSpace(replace) == "" {
						t.Errorf("%s.%s line %d: form %q", name, lang, n, form)
					}
				}
				for i, col := range c {
					if col != strings.TrimSpace(col) || col == "" && i != 2 {
						t.Errorf("%s.%s line %d: column %d is %q", name, lang, n, i, col)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestAdviceIsNotCircular: what we suggest must not itself be officialese, and
// what may be applied blindly must not raise a new warning.
func TestAdviceIsNotCircular(t *testing.T) {
	for _, lang := range Languages() {
		c := mustChecker(t)
		check := func(what, text string) {
			for _, f := range mustCheck(t, Input{Source: text, Lang: lang}).Findings {
				switch f.Rule {
				case "word.officialese", "legal.reference", "neg.double", "word.shall":
					t.Errorf("%s: %s says %q, and %q is %s itself", lang, what, text, text[f.Start:f.End], f.Rule)
				}
			}
		}
		for _, a := range c.languages[lang].plain {
			check(a.entry, a.plain)
		}
		for _, a := range c.languages[lang].short {
			check(a.entry, a.plain)
		}
		for _, p := range c.languages[lang].phrases {
			if p.replace != "" {
				check("a replacement", p.replace)
			}
		}
	}
}

// TestNounsAreCalledNouns: "erfolgt" must not be called a noun that hides a verb.
func TestNounsAreCalledNouns(t *testing.T) {
	l := mustChecker(t).languages["de"]
	for _, p := range l.phrases {
		if p.list == listAdvice && l.plain[p.item].group == "nominalstil" && len(p.words) == 1 && !p.capital {
			t.Errorf("%q has a form in small letters, which is no noun", l.plain[p.item].entry)
		}
	}
}

// TestExplanationsArePlain: at most two sentences and one example each, in words
// that are themselves plain.
func TestExplanationsArePlain(t *testing.T) {
	for _, lang := range Languages() {
		for _, term := range mustChecker(t).Terms(lang) {
			plain := mustCheck(t, Input{Source: term.Plain + ".", Lang: lang})
			if plain.Sentences < 1 || plain.Sentences > 2 {
				t.Errorf("%s: %s is explained in %d sentences", lang, term.Term, plain.Sentences)
			}
			example := mustCheck(t, Input{Source: term.Example, Lang: lang})
			if example.Sentences != 1 || !strings.HasSuffix(term.Example, ".") {
				t.Errorf("%s: the example of %s is no sentence: %q", lang, term.Term, term.Example)
			}
			for _, r := range []Result{plain, example} {
				for _, f := range r.Findings {
					if f.Severity >= Warning && f.Rule != "style.passive" || f.Rule == "word.officialese" {
						t.Errorf("%s: the explanation of %s has a finding: %s", lang, term.Term, f.Message)
					}
				}
			}
			if first := []rune(term.Plain)[0]; !unicode.IsUpper(first) || strings.HasSuffix(term.Plain, ".") {
				t.Errorf("%s: %s: %q begins small or ends with a full stop", lang, term.Term, term.Plain)
			}
		}
	}
}
