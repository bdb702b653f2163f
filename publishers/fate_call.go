package publishers

import "klartext/content"

// BeforePost is the fate of a call that comes before the post is sent, such as an upload: whatever became of it, nothing is
// out. A picture that is refused is refused for good.
func (f *FateError) BeforePost() *FateError {
	switch f.Fate {
	case Unsure:
		f.Fate, f.Reason.Code, f.Duplicate = Later, content.CodePostMediaWait, false
	case Never:
		f.Reason.Code = content.CodePostMedia
	case Later, Paused:
	}
	return f
}

// Repeatable is the fate of a call that may be made again without harm, such as an edit or a deletion: what is in doubt is tried again.
func (f *FateError) Repeatable() *FateError {
	if f.Fate == Unsure {
		f.Fate = Later
	}
	return f
}
