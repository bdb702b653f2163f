// Package outbound is the one HTTP client for addresses that people type: it
// reaches public hosts by https only, never sends a request twice, follows
// nothing and reads no more than it needs. It knows no network's protocol.
package outbound
