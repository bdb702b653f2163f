//go:build race

package markdown

// attackSize is small under the race detector, which slows the parser twentyfold:
// what attacks cost is measured without it.
const attackSize = 8 << 10
