package content

import "context"

// Revision is one revision with its text; only for those who may read drafts.
func (e *Editor) Revision(ctx context.Context, actor Actor, id string) (Revision, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Revision{}, err
	}
	return e.Store.Revision(ctx, id)
}

// NewestRevision is what an editor goes on from; NotFound where nothing was written yet.
func (e *Editor) NewestRevision(ctx context.Context, actor Actor, entry string, lang Lang) (Revision, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Revision{}, err
	}
	return e.Store.NewestRevision(ctx, entry, lang)
}

// Revisions lists the revisions of an entry in one language, newest first, without their text.
func (e *Editor) Revisions(ctx context.Context, actor Actor, entry string, lang Lang) ([]Revision, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return e.Store.Revisions(ctx, entry, lang)
}

// EveryLang asks for versions in all languages.
const EveryLang Lang = "*"

// Versions lists what was published of an entry, newest first. It is public.
func (e *Editor) Versions(ctx context.Context, entry string, lang Lang) ([]VersionMeta, error) {
	return e.Store.Versions(ctx, entry, lang)
}

// Version is one published version with its text. It is public.
func (e *Editor) Version(ctx context.Context, entry string, lang Lang, number int) (Version, error) {
	return e.Store.Version(ctx, entry, lang, number)
}

// Tombstones lists where an entry was taken down. They are public.
func (e *Editor) Tombstones(ctx context.Context, entry string) ([]Tombstone, error) {
	return e.Store.Tombstones(ctx, entry)
}
