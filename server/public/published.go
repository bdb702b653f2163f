package public

import "klartext/content/site"

// Published is the site as readers see it now; nil before the first Refresh.
func (h *Handlers) Published() *site.Value {
	if s := h.current.Load(); s != nil {
		return s.site
	}
	return nil
}
