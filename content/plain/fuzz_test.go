package plain

import (
	"errors"
	"reflect"
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
		again, err := c.Check(t.Context(), in)
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Fatalf("second time: %v\n%+v\n%+v", err, first, again)
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
