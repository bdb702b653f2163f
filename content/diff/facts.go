package diff

import "slices"

// FactsField is one list of the facts of an entry, before and after.
type FactsField struct {
	Name          string // data, purposes, legal_bases, retention, recipients, countries
	Before, After []string
}

// FieldChange says what came into a list and what left it.
type FieldChange struct {
	Name                 string
	Added, Removed, Kept []string // Added and Kept in the order of the new list, Removed in that of the old
}

// Changed says whether anything came or went.
func (c FieldChange) Changed() bool { return len(c.Added) > 0 || len(c.Removed) > 0 }

// Facts compares all fields and returns those that changed, in their order.
func Facts(fields []FactsField) []FieldChange {
	var changed []FieldChange
	for _, f := range fields {
		if c := Lists(f.Name, f.Before, f.After); c.Changed() {
			changed = append(changed, c)
		}
	}
	return changed
}

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
