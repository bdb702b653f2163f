// Package mastodon posts to Mastodon and to servers that speak its API, such as
// GoToSocial. It knows nothing of the queue, the database or any other network.
package mastodon
