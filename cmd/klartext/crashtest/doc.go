// Package crashtest kills the real program at random points while it publishes
// and posts, and counts what the networks hold. It knows the program from
// outside only: its command line and its API.
package crashtest
