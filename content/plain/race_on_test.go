//go:build race

package plain

// slower is how much less the tests of large texts read under the race
// detector, which makes them about ten times as slow.
const slower = 16
