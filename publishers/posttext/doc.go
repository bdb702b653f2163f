// Package posttext is what the texts of posts have in common on all networks:
// where the links are, whom an @ would call, how the permalink stands. It is
// pure and knows no network and no limit.
package posttext
