package publictest

import (
	"slices"

	"klartext/content"
)

// Move puts an entry elsewhere: into a topic, "" for none, and at a position there.
func (s *Store) Move(id, topic string, position int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	entry := *s.entries[id]
	entry.Topic, entry.Position = topic, position
	s.entries[id], s.touched[id] = &entry, s.seq
}

// ChangeTopic changes a topic's slug, titles or position.
func (s *Store) ChangeTopic(id string, change func(*content.Topic)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	s.topics = slices.Clone(s.topics)
	for i := range s.topics {
		if s.topics[i].ID == id {
			change(&s.topics[i])
		}
	}
	slices.SortStableFunc(s.topics, func(a, b content.Topic) int { return a.Position - b.Position })
}
