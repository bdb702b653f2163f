package plain

import (
	"container/list"
	"sync"
)

// cacheBytes bounds what the analyses of chunks may keep in memory.
const cacheBytes = 24 << 20

// cache keeps the analyses of the chunks used last, by their content.
type cache struct {
	mu    sync.Mutex
	items map[cacheKey]*list.Element
	order *list.List // newest first
	size  int
}

// cacheKey is everything that the analysis of a chunk depends on.
type cacheKey struct {
	source, lang, defined, site string
	short                       bool
}

type cached struct {
	key cacheKey
	*analysis
}

func newCache() *cache {
	return &cache{items: map[cacheKey]*list.Element{}, order: list.New()}
}

func (c *cache) get(k cacheKey) *analysis {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.items[k]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).analysis
}

func (c *cache) put(k cacheKey, a *analysis) {
	if a.size > cacheBytes/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.items[k]; ok {
		c.order.MoveToFront(e)
		return
	}
	c.items[k] = c.order.PushFront(&cached{k, a})
	c.size += a.size
	for c.size > cacheBytes {
		last := c.order.Back()
		old := last.Value.(*cached)
		c.size -= old.size
		delete(c.items, old.key)
		c.order.Remove(last)
	}
}
