package publishers

import "klartext/content"

// PauseReason is why a channel must be paused; false where the failure says nothing about its credentials. By it package
// content reads what a driver answers to Renew and Check.
func (f *FateError) PauseReason() (content.Reason, bool) { return f.Reason, f.Fate == Paused }
