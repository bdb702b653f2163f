// Package branding draws what shows a site as its own: a fresh logo of what somebody sent, and the card that
// networks show beside a link. It knows nothing of pages or networks.
package branding
