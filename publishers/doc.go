// Package publishers brings announcements to social networks: the delivery
// worker, what follows from each answer, and the Publisher interface that every
// network implements. It knows no single network, no SQL and no web page.
package publishers
