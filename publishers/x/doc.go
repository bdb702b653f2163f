// Package x posts to X: by API v2, or by v1.1 for the few accounts that may
// still write with it. It knows nothing of the queue, the database or any other network.
package x
