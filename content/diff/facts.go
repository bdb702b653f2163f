package diff

import "slices"

// FieldChange says what came into a list and what left it.
type FieldChange struct {
	Name                 string
	Added, Removed, Kept []string // Added and Kept in the order of the new list, Removed in that of the old
}

// Changed says whether anything came or went.
func (c FieldChange) Changed() bool { return len(c.Added) > 0 || len(c.Removed) > 0 }

// Lists compares two lists whose order means nothing. What is there twice counts twice.
func Lists(name string, before, after []string) FieldChange {
	change := FieldChange{Name: name}
	left := map[string]int{}
	for _, item := range before {
		left[item]++
	}
	for _, item := range after {
		if left[item] > 0 {
			left[item]--
			change.Kept = append(change.Kept, item)
		} else {
			change.Added = append(change.Added, item)
		}
	}
	// Of equal items the last ones are those that went.
	for i := range slices.Backward(before) {
		if left[before[i]] > 0 {
			left[before[i]]--
			change.Removed = append([]string{before[i]}, change.Removed...)
		}
	}
	return change
}
