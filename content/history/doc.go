// Package history reads the history format, one published state of one document a
// line, and plans the entries, versions, tombstones and changes that it becomes. It
// knows nothing of databases or pages; a Store reads what is known and keeps the plan.
package history
