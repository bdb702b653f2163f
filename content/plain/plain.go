// Package plain reads a text as its readers will and says how hard it is to
// read, where, why, and what would be plainer, in German and English. It does
// not know where texts come from, who wrote them, or what a site does with the verdict.
package plain

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// Checker holds the lists of all languages and a cache of what was read last. It is
// safe for concurrent use; one is enough for a program.
type Checker struct {
	languages map[string]*language
	messages  map[string]*messages
	table     [ruleCount]rule
	runs      map[string][]func(*pass) // rules over one chunk, by language
	cache     *cache
	ruleSet   string
	spaces    sync.Pool
}

// New loads the lists. It fails only if they are broken.
func New() (*Checker, error) {
	c := &Checker{
		languages: map[string]*language{}, messages: map[string]*messages{}, table: rules(),
		runs: map[string][]func(*pass){}, cache: newCache(),
		spaces: sync.Pool{New: func() any { return new(workspace) }},
	}
	var err error
	if c.ruleSet, err = nameRuleSet(); err != nil {
		return nil, fmt.Errorf("make checker: %w", err)
	}
	for _, code := range Languages() {
		l, err := load(code)
		if err != nil {
			return nil, fmt.Errorf("make checker: %w", err)
		}
		m, err := loadMessages(code)
		if err != nil {
			return nil, fmt.Errorf("make checker: %w", err)
		}
		c.languages[code], c.messages[code] = l, m
		for _, r := range c.table {
			if r.run != nil && r.levels[code] != nil {
				c.runs[code] = append(c.runs[code], r.run)
			}
		}
	}
	return c, nil
}

// Languages lists the languages that can be checked.
func Languages() []string { return []string{"de", "en"} }

// Terms lists the built-in data-protection terms of a language with their
// explanations, in the order of the list; nil for an unknown language.
func (c *Checker) Terms(lang string) []Term {
	l := c.languages[baseLang(lang)]
	if l == nil {
		return nil
	}
	return append([]Term(nil), l.terms...)
}

// Check reads a text. The error is an *InputError where the text cannot be
// checked at all, or the context's.
func (c *Checker) Check(ctx context.Context, in Input) (Result, error) {
	if err := in.validate(); err != nil {
		return Result{}, err
	}
	l := c.languages[baseLang(in.Lang)]
	if l == nil {
		return Result{}, &InputError{Code: "unknown_language"}
	}
	g := &page{lang: l, site: c.siteFor(&in, l.code), source: in.Source, kind: in.Kind}
	if err := c.read(ctx, g); err != nil {
		return Result{}, err
	}
	g.explainedHere()
	g.takeKnown()
	g.run(&c.table)
	return c.result(g, c.messageList(in.MessageLang, l.code)), nil
}

// siteFor is the site of a text: made anew where it was made for another language.
func (c *Checker) siteFor(in *Input, lang string) *Site {
	switch {
	case in.Site == nil:
		return &Site{lang: lang}
	case in.Site.lang != lang:
		return c.Site(lang, in.Site.options)
	}
	return in.Site
}

// read analyses the chunks of the source, from the cache where it can.
func (c *Checker) read(ctx context.Context, g *page) error {
	chunks := g.split()
	if err := guardAll(g.source, chunks); err != nil {
		return err
	}
	refs := references(g.source, chunks)
	w := c.spaces.Get().(*workspace)
	defer func() {
		// One huge text must not keep its buffers for ever.
		if cap(w.tokens) <= 1<<16 {
			c.spaces.Put(w)
		}
	}()
	g.chunks = make([]checkedChunk, 0, len(chunks))
	for i, ch := range chunks {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if ch.code {
			continue
		}
		a, err := c.chunk(w, g, g.source[ch.start:ch.end], refs)
		if err != nil {
			return placed(err, ch.start)
		}
		g.chunks = append(g.chunks, checkedChunk{ch.start, ch.end, a})
		g.total.add(&a.counts)
	}
	return nil
}

func (c *Checker) chunk(w *workspace, g *page, src string, refs refs) (*analysis, error) {
	key := cacheKey{src, g.lang.code, refs.usedBy(src), g.site.print, g.short()}
	if a := c.cache.get(key); a != nil {
		return a, nil
	}
	a, err := g.analyse(w, src, c.runs[g.lang.code], refs.defined)
	if err != nil {
		return nil, err
	}
	key.source = strings.Clone(src)
	c.cache.put(key, a)
	return a, nil
}
