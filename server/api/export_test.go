package api

// ChecksAtOnce is how many checks may run at the same time.
func (h *Handlers) ChecksAtOnce() int { return cap(h.checks) }
