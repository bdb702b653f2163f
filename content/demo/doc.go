// Package demo fills an empty installation with the site of a shop that does not exist:
// its answers, its privacy policy and two years of changes, all through the services
// that people use. It knows nothing of databases, pages or commands.
package demo
