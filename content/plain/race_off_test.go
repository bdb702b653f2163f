//go:build !race

package plain

// slower is how much less the tests of large texts read under the race
// detector.
const slower = 1
