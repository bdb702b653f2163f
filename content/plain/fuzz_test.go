package plain

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func fuzzSeeds(f *testing.F) {
	f.Helper()
	for _, s := range []string{
		"", "Das ist gut.", markdownSample, "# Titel\n\n- a\n- b\n\n> c\n\n| a | b |\n|---|---|\n| c | d |\n", "[a][b]\n\n[b]: c \"d\"\n",
		"Bürger*innen und Nutzer:innen, Leser/-innen", "Art. 6 Abs. 1 lit. f DSGVO", "z. B. d. h. e.g. i.e.", "a\r\nb\r\n\r\n> c\r\n> d",
		"&amp; &#65; &uuml; \\* \\_", "`a` ``b`` ```\nc\n```", "<div>\na\n</div>\n\n<!-- b -->", "---\na: b\n---\nc", "a\u00adb\u200bc\u202ed", "[](a) ![](b) <a@b.c> https://d.e",
		"1. a\n   2. b\n\n       c", "***a** b*", "zur Verfügung stellen in Kenntnis setzen", "Wir may share some data.", "*a*b*c*", "(a) If (b) The", "§", "§§ 1", "Art.",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
}

// FuzzCheck holds for any text: no panic, spans in range, the same result twice, also from the
// cache.
func FuzzCheck(f *testing.F) {
	fuzzSeeds(f)
	c := mustChecker(f)
	site := c.Site("de", Options{Known: []string{"Wort"}, Replacements: map[string]string{"gut": "schön"}})
	f.Fuzz(func(t *testing.T, source string, english bool) {
		in := Input{Source: source, Lang: "de", Kind: KindFAQ, Site: site}
		if english {
			in.Lang = "en"
		}
		c.cache = newCache()
		first, err := c.Check(t.Context(), in)
		if err != nil {
			if _, refused := errors.AsType[*InputError](err); !refused {
				t.Fatalf("error %v", err)
			}
			return
		}
		checkSpans(t, source, first)
		checkLevels(t, in.Lang, first)
		again, err := c.Check(t.Context(), in)
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Fatalf("second time: %v\n%+v\n%+v", err, first, again)
		}
		in.Kind = KindShort
		short, err := c.Check(t.Context(), in)
		if err != nil || short.Score != nil {
			t.Fatalf("as a short text: error %v, score %v", err, short.Score)
		}
		checkSpans(t, source, short)
	})
}

// FuzzInvariants holds what must not change the difficulty of any text: what comes behind it and is not read, blanks at the
// ends of lines that end nothing else, and another text in between.
func FuzzInvariants(f *testing.F) {
	fuzzSeeds(f)
	c := mustChecker(f)
	f.Fuzz(func(t *testing.T, source string, english bool) {
		lang := map[bool]string{true: "en", false: "de"}[english]
		first, err := c.Check(t.Context(), Input{Source: source, Lang: lang})
		if err != nil || first.Difficulty == nil || strings.ContainsAny(source, "<`~\r\t") {
			return // an open tag or fence rightly swallows what comes behind
		}
		base := strings.TrimRight(source, " \n") + "\n"
		want, err := c.Check(t.Context(), Input{Source: base, Lang: lang})
		if err != nil || want.Difficulty == nil {
			return
		}
		for name, changed := range map[string]string{
			"empty lines": base + "\n\n\n", "blanks": base + "\n   \n", "code": base + "\n```\nseitens\n```\n",
			"picture": base + "\n![](a.png)\n", "comment": base + "\n<!-- seitens -->\n",
		} {
			got, err := c.Check(t.Context(), Input{Source: changed, Lang: lang})
			if err != nil || got.Difficulty == nil || *got.Difficulty != *want.Difficulty || got.Words != want.Words {
				t.Fatalf("%s behind %q: error %v, %d words, want %d; D %v, want %v", name, base, err, got.Words, want.Words, got.Difficulty, *want.Difficulty)
			}
		}
	})
}

// FuzzReading holds that whatever is read stands where it is said to stand.
func FuzzReading(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, source string, _ bool) {
		if (&Input{Source: source}).validate() != nil {
			return
		}
		end := 0
		for _, c := range split(source) {
			if c.start < end || c.end > len(source) || c.start > c.end {
				t.Fatalf("chunk %d:%d after %d in %d bytes", c.start, c.end, end, len(source))
			}
			end = c.end
			if c.code {
				continue
			}
			var r reading
			src := source[c.start:c.end]
			if err := read(&r, src, func(string) bool { return true }); err != nil {
				continue
			}
			for _, p := range r.pieces {
				if p.src < 0 || p.src+p.srcLen > int32(len(src)) || p.text+p.textLen > int32(len(r.text)) {
					t.Fatalf("piece %+v of %q", p, src)
				}
			}
		}
	})
}
