// Package webhook sends announcements to a company's own programs, signed as the
// Standard Webhooks specification says. It knows nothing of the queue, the
// database or any social network.
package webhook
