package history

import (
	"strconv"
	"strings"
)

// maxSlug is the longest address in bytes.
const maxSlug = 80

// uniqueSlug is the slug itself, or with -2, -3 ... where it is taken, never longer than an address may be.
func uniqueSlug(slug string, taken map[string]bool) string {
	if !taken[slug] {
		return slug
	}
	for n := 2; ; n++ {
		end := "-" + strconv.Itoa(n)
		numbered := strings.TrimRight(slug[:min(len(slug), maxSlug-len(end))], "-") + end
		if !taken[numbered] {
			return numbered
		}
	}
}
