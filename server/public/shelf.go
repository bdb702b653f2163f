package public

import (
	"container/list"
	"sync"
)

// shelf keeps what was used last, up to a budget of bytes.
type shelf[K comparable, V any] struct {
	budget int
	mu     sync.Mutex
	used   int
	order  *list.List // of *slot, the newest at the front
	slots  map[K]*list.Element
}

type slot[K comparable, V any] struct {
	key   K
	value V
	cost  int
}

func newShelf[K comparable, V any](budget int) *shelf[K, V] {
	return &shelf[K, V]{budget: budget, order: list.New(), slots: map[K]*list.Element{}}
}

func (s *shelf[K, V]) get(key K) (value V, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	element, ok := s.slots[key]
	if !ok {
		return value, false
	}
	s.order.MoveToFront(element)
	return element.Value.(*slot[K, V]).value, true
}

// put keeps a value, or the one that another was faster to put, and gives what is kept.
func (s *shelf[K, V]) put(key K, value V, cost int) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	if element, there := s.slots[key]; there {
		return element.Value.(*slot[K, V]).value
	}
	s.slots[key] = s.order.PushFront(&slot[K, V]{key, value, cost})
	s.used += cost
	for s.used > s.budget && s.order.Len() > 1 {
		oldest := s.order.Remove(s.order.Back()).(*slot[K, V])
		delete(s.slots, oldest.key)
		s.used -= oldest.cost
	}
	return value
}
