//go:build !race

package markdown

// attackSize is what of an attack is measured, in bytes.
const attackSize = 2 * maxSource
