package mastodon

import (
	"context"
	"net/url"

	"github.com/mattn/go-mastodon"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/posttext"
)

// Read asks for one post and compares it with what was sent, as a look does.
func (d *Driver) Read(ctx context.Context, post publishers.Post, id string) (publishers.Seen, error) {
	client, err := d.connect(post.Settings, keyed{})
	if err != nil {
		return publishers.Seen{}, settingsBroken(err)
	}
	status, err := client.GetStatus(ctx, escaped(id))
	switch {
	case gone(err):
		return publishers.Seen{Gone: true}, nil
	case err != nil:
		return publishers.Seen{}, fateOf(err, post.Now)
	case string(status.ID) != id:
		return publishers.Seen{}, &publishers.FateError{Fate: publishers.Unsure, Reason: content.Reason{Code: content.CodePostNoID}}
	}
	return seen(status, post, shows(status, post) || stands(ctx, client, status, post)), nil
}

// escaped is an id as a part of a path: a server may name it as it likes.
func escaped(id string) mastodon.ID { return mastodon.ID(url.PathEscape(id)) }

// seen warns of the worst that a reader would notice: other words, then fewer readers, then missing pictures.
func seen(s *mastodon.Status, post publishers.Post, intact bool) publishers.Seen {
	sight := publishers.Seen{Receipt: receipt(s), Intact: intact}
	switch {
	case !intact:
		sight.Receipt.Warning = content.Reason{Code: content.CodePostAltered}
	case sight.Receipt.Warning.Code == "" && !allPictures(s, post):
		sight.Receipt.Warning = content.Reason{Code: content.CodePostPictures}
	}
	return sight
}

// shows tells whether a reader sees the words and the warning that were sent.
func shows(s *mastodon.Status, post publishers.Post) bool {
	return words(s) == posttext.Normal(post.Text) && posttext.Normal(s.SpoilerText) == posttext.Normal(post.ContentWarning)
}

// stands tells whether the source of a post is what was sent. Accounts can have their posts formatted by the server, and
// then the words shown lack the signs that made the form.
func stands(ctx context.Context, client *mastodon.Client, s *mastodon.Status, post publishers.Post) bool {
	source, err := client.GetStatusSource(ctx, escaped(string(s.ID)))
	return err == nil && source.ID == s.ID &&
		posttext.Normal(source.Text) == posttext.Normal(post.Text) && posttext.Normal(source.SpoilerText) == posttext.Normal(post.ContentWarning)
}

// allPictures tells whether every picture is there with its description, in the order sent.
func allPictures(s *mastodon.Status, post publishers.Post) bool {
	if len(s.MediaAttachments) < len(post.Media) {
		return false
	}
	for i, m := range post.Media {
		if posttext.Normal(s.MediaAttachments[i].Description) != posttext.Normal(m.Alt) {
			return false
		}
	}
	return true
}
