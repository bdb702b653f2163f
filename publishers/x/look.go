package x

import (
	"context"
	"slices"
	"time"

	"klartext/publishers"
	"klartext/publishers/posttext"
)

// skew is how far X's clock may be from ours.
const skew = 2 * time.Minute

// Look searches the account's own posts since before the first attempt: for the permalink, else for the same words.
func (d *Driver) Look(ctx context.Context, post publishers.Post) ([]publishers.Receipt, error) {
	settings, err := decode(post.Settings)
	if err != nil {
		return nil, settingsBroken(err)
	}
	api := d.api(settings)
	id := post.Account.ID
	if id == "" { // connected without a check
		me, err := api.me(ctx)
		if err != nil {
			return nil, fateOf(err, settings, post.Now)
		}
		id = me.ID
	}
	own, err := api.own(ctx, id, post.First.Add(-skew))
	if err != nil {
		return nil, fateOf(err, settings, post.Now)
	}
	var found []publishers.Receipt
	for _, s := range slices.Backward(own) {
		if s.is(post) {
			found = append(found, publishers.Receipt{ID: s.id, URL: postURL(s.id)})
		}
	}
	return found, nil
}

// is: the permalink is in the post, or its words are the same. A post that answers another one has the permalink of what
// it corrects or continues as well, so there whom it answers must fit, too.
func (s *status) is(post publishers.Post) bool {
	if s.id == "" {
		return false
	}
	if post.Permalink != "" && s.replyTo == post.ReplyTo && slices.Contains(s.links, post.Permalink) {
		return true
	}
	return posttext.Normal(s.text) == posttext.Normal(post.Text) && (s.replyTo == post.ReplyTo || s.replyTo == "")
}
