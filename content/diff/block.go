package diff

// Block is one piece of a text: a paragraph, an item, a heading. Kind and Level mean
// what the caller lets them mean.
type Block struct {
	Kind  string
	Level int
	Text  string
}

// Change is what happened to one block. Kind and Level are those of the new block,
// of a deleted one its own.
type Change struct {
	Op       Op // Equal, Insert, Delete, Replace; Skip after Collapse
	Kind     string
	Level    int
	Segments []Segment
	Count    int // of a Skip: how many equal blocks it stands for
}

// Blocks compares two texts block by block, and word by word inside those that are
// still the same block with changes. The order is that of the new text, with
// deleted blocks where they stood.
func Blocks(a, b []Block) []Change {
	var changes []Change
	for _, g := range gaps(a, b) {
		for _, p := range pair(a[g.a0:g.a1], b[g.b0:g.b1]) {
			changes = append(changes, compare(p.old, p.new))
		}
		for _, same := range b[g.b1:g.next] {
			changes = append(changes, whole(Equal, same))
		}
	}
	return changes
}

// Collapse keeps context equal blocks before and after each change and puts one Skip
// for the rest of them. A single block is never replaced: it would save nothing.
func Collapse(changes []Change, context int) []Change {
	keep := make([]bool, len(changes))
	for i, c := range changes {
		if c.Op == Equal {
			continue
		}
		for j := max(0, i-context); j <= min(len(changes)-1, i+context); j++ {
			keep[j] = true
		}
	}
	var short []Change
	for i := 0; i < len(changes); i++ {
		end := i
		for end < len(changes) && !keep[end] {
			end++
		}
		if end-i < 2 {
			short = append(short, changes[i])
			continue
		}
		short = append(short, Change{Op: Skip, Count: end - i})
		i = end - 1
	}
	return short
}

func whole(op Op, b Block) Change {
	return Change{Op: op, Kind: b.Kind, Level: b.Level, Segments: join(nil, op, b.Text)}
}

// compare makes the change of a pair; a missing side means inserted or deleted.
func compare(before, after *Block) Change {
	switch {
	case before == nil:
		return whole(Insert, *after)
	case after == nil:
		return whole(Delete, *before)
	}
	return Change{Op: Replace, Kind: after.Kind, Level: after.Level, Segments: Words(before.Text, after.Text)}
}
