package site

import "klartext/content"

// Coverage says which changes were told to the networks. Changes that were
// imported were published elsewhere and stand apart.
type Coverage struct {
	Material  []*Change // newest first, as the others
	Announced int       // of those
	Editorial []*Change
	Imported  []*Change
}

// Coverage of all published changes.
func (v *Value) Coverage() Coverage {
	var c Coverage
	for _, change := range v.newest {
		switch {
		case change.Imported:
			c.Imported = append(c.Imported, change)
		case change.Materiality == content.Material:
			c.Material = append(c.Material, change)
			if len(change.Posts) > 0 {
				c.Announced++
			}
		default:
			c.Editorial = append(c.Editorial, change)
		}
	}
	return c
}
