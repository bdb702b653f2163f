// Package publishertest has fake networks that speak the real protocols,
// misbehave on demand and count the posts they hold. They share no code with
// the drivers, so that a mistake cannot stand on both sides.
package publishertest
