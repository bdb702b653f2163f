package content

import (
	"math/big"
	"reflect"
	"slices"
	"strings"
)

// Together is what the parts of one announcement are as a whole: the length of
// the longest, the cost of all, each warning once.
func Together(parts []Composed) Composed {
	all := Composed{Permalink: parts[0].Permalink, Limit: parts[0].Limit, CostUSD: totalCost(parts)}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i], all.Length = part.Text, max(all.Length, part.Length)
		for _, w := range part.Warnings {
			if !slices.ContainsFunc(all.Warnings, func(o Reason) bool { return reflect.DeepEqual(o, w) }) {
				all.Warnings = append(all.Warnings, w)
			}
		}
	}
	all.Text = strings.Join(texts, "\n\n"+partLine+"\n\n")
	return all
}

// Counted is an announcement as it will be sent, as a whole and by its parts, and what it would cost otherwise.
type Counted struct {
	Composed
	Parts       []Composed
	WithLink    string // US dollars as a decimal, "" where posting is free
	WithoutLink string
}

// Count composes an announcement and counts all that a person decides by.
func (s *Changes) Count(channel Channel, c *Change, a Announcement) (Counted, error) {
	parts, err := s.Compose(channel, c, a)
	if err != nil {
		return Counted{}, err
	}
	other := a
	other.Link = !a.Link
	others, err := s.Compose(channel, c, other)
	if err != nil {
		return Counted{}, err
	}
	counted := Counted{Composed: Together(parts), Parts: parts}
	counted.WithLink, counted.WithoutLink = counted.CostUSD, totalCost(others)
	if !a.Link {
		counted.WithLink, counted.WithoutLink = counted.WithoutLink, counted.WithLink
	}
	return counted, nil
}

// totalCost adds up decimals; "" where posting is free.
func totalCost(parts []Composed) string {
	total, digits, paid := new(big.Rat), 0, false
	for _, part := range parts {
		cost, ok := new(big.Rat).SetString(part.CostUSD)
		if !ok {
			continue
		}
		_, decimals, _ := strings.Cut(part.CostUSD, ".")
		total, digits, paid = total.Add(total, cost), max(digits, len(decimals)), true
	}
	if !paid {
		return ""
	}
	return total.FloatString(digits)
}
