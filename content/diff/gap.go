package diff

import "znkr.io/diff"

// gap is a place where two lists of blocks differ, a[a0:a1] against b[b0:b1], with
// the equal blocks b[b1:next] behind it.
type gap struct{ a0, a1, b0, b1, next int }

func gaps(a, b []Block) []gap {
	var list []gap
	var g gap
	i, j := 0, 0
	matching := false
	for _, e := range blockEdits(a, b) {
		if e.Op != diff.Match && matching {
			g.next = j
			list = append(list, g)
			g = gap{a0: i, a1: i, b0: j, b1: j}
		}
		matching = e.Op == diff.Match
		if e.Op != diff.Insert {
			i++
		}
		if e.Op != diff.Delete {
			j++
		}
		if !matching {
			g.a1, g.b1 = i, j
		}
	}
	g.next = j
	return append(list, g)
}

func blockEdits(a, b []Block) []diff.Edit[Block] {
	if len(a)+len(b) > fastFrom {
		return diff.Edits(a, b, diff.Fast())
	}
	return diff.Edits(a, b)
}
