package publishertest

// Length is how long a text is for X, as this fake counts: by none of the driver's code.
func (x *X) Length(text string) int {
	n, _ := weight(text)
	return n
}

// Length is how long a text is for this server.
func (m *Mastodon) Length(text string) int { return m.length(text) }
