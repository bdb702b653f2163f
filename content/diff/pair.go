package diff

import (
	"cmp"
	"slices"
)

// match is a pair of blocks that belong together; one side may be missing.
type match struct{ old, new *Block }

// maxPassage bounds the table of similarities. Longer passages that share no block
// are paired piece by piece, each with the one at the same place.
const maxPassage = 200

// minSimilar is the share of words that two blocks must have in common to be shown
// as one block with changes.
const minSimilar = 0.35

// pair finds the pairs of blocks, in order, that have the most in common.
func pair(a, b []Block) []match {
	pieces := (max(len(a), len(b)) + maxPassage - 1) / maxPassage
	var list []match
	for i := range pieces {
		list = append(list, pairPassage(
			a[i*len(a)/pieces:(i+1)*len(a)/pieces],
			b[i*len(b)/pieces:(i+1)*len(b)/pieces])...)
	}
	return list
}

func pairPassage(a, b []Block) []match {
	bagsA, bagsB := bags(a), bags(b)
	// score[i][j] is the best that a[i:] and b[j:] can have in common.
	score := make([][]float64, len(a)+1)
	for i := range score {
		score[i] = make([]float64, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := len(b) - 1; j >= 0; j-- {
			score[i][j] = max(score[i+1][j], score[i][j+1])
			if s := similarity(a[i], b[j], bagsA[i], bagsB[j]); s >= minSimilar {
				score[i][j] = max(score[i][j], s+score[i+1][j+1])
			}
		}
	}
	return walkPairs(a, b, score)
}

// walkPairs reads the pairs out of the table. Blocks without a partner come out
// deleted first.
func walkPairs(a, b []Block, score [][]float64) []match {
	var list []match
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && score[i][j] == score[i+1][j]:
			list = append(list, match{old: &a[i]})
			i++
		case j < len(b) && score[i][j] == score[i][j+1]:
			list = append(list, match{new: &b[j]})
			j++
		default:
			list = append(list, match{&a[i], &b[j]})
			i, j = i+1, j+1
		}
	}
	return list
}

// bag is the sorted words of a block.
type bag []string

func bags(blocks []Block) []bag {
	list := make([]bag, len(blocks))
	for i, b := range blocks {
		list[i] = onlyWords(b.Text)
		slices.Sort(list[i])
	}
	return list
}

// similarity is the share of words in common (0 to 1), a little less between blocks
// of different kinds.
func similarity(a, b Block, x, y bag) float64 {
	if len(x)+len(y) == 0 {
		return 0
	}
	if lower := min(len(x), len(y)); float64(2*lower) < minSimilar*float64(len(x)+len(y)) {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch cmp.Compare(x[i], y[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	share := float64(2*common) / float64(len(x)+len(y))
	if a.Kind != b.Kind {
		share *= 0.8
	}
	return share
}
