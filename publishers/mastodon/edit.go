package mastodon

import (
	"context"

	"github.com/mattn/go-mastodon"

	"klartext/content"
	"klartext/publishers"
)

// Edit sends every field of the post again, with the pictures it has, because what is left out an edit takes away. What
// the server has then is what counts, not its answer: an edit that changes nothing is refused by some.
func (d *Driver) Edit(ctx context.Context, post publishers.Post, id string) (publishers.Receipt, error) {
	client, err := d.connect(post.Settings, keyed{})
	if err != nil {
		return publishers.Receipt{}, settingsBroken(err)
	}
	before, err := client.GetStatus(ctx, escaped(id))
	if err != nil {
		return publishers.Receipt{}, repeatable(err, post)
	}
	toot := tootOf(post)
	for _, picture := range before.MediaAttachments {
		toot.MediaIDs = append(toot.MediaIDs, picture.ID)
	}
	_, refused := client.UpdateStatus(ctx, toot, escaped(id))
	after, err := client.GetStatus(ctx, escaped(id))
	if err == nil && edited(ctx, client, after, post) {
		return seen(after, post, true).Receipt, nil
	}
	if refused == nil && err == nil {
		return publishers.Receipt{}, &publishers.FateError{Fate: publishers.Later, Reason: content.Reason{Code: content.CodePostUnverified}}
	}
	if refused == nil {
		refused = err
	}
	return publishers.Receipt{}, repeatable(refused, post)
}

// edited tells whether a post has the words, the warning and the language it shall have. Its source says that best; a
// server that has none is judged by what it shows.
func edited(ctx context.Context, client *mastodon.Client, s *mastodon.Status, post publishers.Post) bool {
	if s.Language != "" && s.Language != string(post.Lang) {
		return false
	}
	return stands(ctx, client, s, post) || shows(s, post)
}

// Withdraw takes the post down.
func (d *Driver) Withdraw(ctx context.Context, post publishers.Post, id string) error {
	client, err := d.connect(post.Settings, keyed{})
	if err != nil {
		return settingsBroken(err)
	}
	if err := client.DeleteStatus(ctx, escaped(id)); err != nil && !gone(err) {
		return repeatable(err, post)
	}
	return nil
}

// repeatable is the fate of a call that may be made again without harm: what is in doubt is tried again.
func repeatable(err error, post publishers.Post) error {
	if gone(err) {
		return &publishers.FateError{Fate: publishers.Never, Reason: content.Reason{Code: content.CodePostGone}, Err: err}
	}
	return fateOf(err, post.Now).Repeatable()
}
