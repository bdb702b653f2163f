package plain

import (
	"fmt"
	"strings"
	"testing"
)

// TestKeystrokeCostsOneBlock counts the chunks that are analysed again.
func TestKeystrokeCostsOneBlock(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text := sampleText("de", 2000)
	if _, err := c.Check(t.Context(), Input{Source: text, Lang: "de"}); err != nil {
		t.Fatal(err)
	}
	before := len(c.cache.items)
	at := strings.Index(text, "Absatz 7 ist") + 3
	if _, err := c.Check(t.Context(), Input{Source: text[:at] + "x" + text[at:], Lang: "de"}); err != nil {
		t.Fatal(err)
	}
	if grown := len(c.cache.items) - before; grown != 1 {
		t.Errorf("one keystroke made %d new entries in a cache of %d", grown, before)
	}
}

func TestCacheStaysSmall(t *testing.T) {
	c := newCache()
	for i := range 3000 {
		c.put(cacheKey{source: fmt.Sprint(i)}, &analysis{size: 64 << 10})
	}
	if c.size > cacheBytes || len(c.items) != c.order.Len() || c.size != len(c.items)*(64<<10) {
		t.Errorf("cache of %d bytes, %d items, %d in order", c.size, len(c.items), c.order.Len())
	}
	if c.get(cacheKey{source: "0"}) != nil || c.get(cacheKey{source: "2999"}) == nil {
		t.Error("the oldest entry is kept or the newest is gone")
	}
}

// TestNoAllocationPerWord compares a paragraph with one four times as long.
func TestNoAllocationPerWord(t *testing.T) {
	c := mustChecker(t)
	for _, lang := range Languages() {
		site := c.Site(lang, Options{Rules: map[string]bool{"para.long": false}})
		measure := func(n int) float64 {
			text := strings.Repeat(someWords(lang, 15)+". ", n/15)
			return testing.AllocsPerRun(20, func() {
				c.cache = newCache()
				if _, err := c.Check(t.Context(), Input{Source: text, Lang: lang, Site: site}); err != nil {
					t.Fatal(err)
				}
			})
		}
		measure(4500)
		short, long := measure(1000), measure(4000)
		t.Logf("%s: %.0f allocations for 1,000 words, %.0f for 4,000", lang, short, long)
		if long-short > 30 {
			t.Errorf("%s: 3,000 more words cost %.0f more allocations", lang, long-short)
		}
	}
}
