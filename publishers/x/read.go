package x

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"

	"klartext/content"
	"klartext/publishers"
	"klartext/publishers/posttext"
)

// Read asks for one post and compares it with what was sent, as a look does. Through v1.1 nothing can be read back.
func (d *Driver) Read(ctx context.Context, post publishers.Post, id string) (publishers.Seen, error) {
	settings, err := decode(post.Settings)
	if err != nil {
		return publishers.Seen{}, settingsBroken(err)
	}
	v2, ok := d.api(settings).(*apiV2)
	if !ok {
		return publishers.Seen{}, wordsOnly()
	}
	s, err := v2.one(ctx, id)
	switch {
	case errors.Is(err, errGone):
		return publishers.Seen{Gone: true}, nil
	case err != nil:
		return publishers.Seen{}, fateOf(err, settings, post.Now)
	}
	return s.seen(post), nil
}

func (s *status) seen(post publishers.Post) publishers.Seen {
	sight := publishers.Seen{Receipt: publishers.Receipt{ID: s.id, URL: postURL(s.id)}}
	sight.Intact = posttext.Normal(s.text) == posttext.Normal(post.Text)
	switch {
	case !sight.Intact:
		sight.Receipt.Warning = content.Reason{Code: content.CodePostAltered}
	case s.pictures < len(post.Media):
		sight.Receipt.Warning = content.Reason{Code: content.CodePostPictures}
	}
	return sight
}

// errGone: X says that there is no such post.
var errGone = errors.New("the post is gone")

// one reads one post. X says of one that is gone so with status 404 or, as usual, with 200 and a list of problems.
func (a *apiV2) one(ctx context.Context, id string) (status, error) {
	var answer struct {
		Data   tweet
		Errors []Problem
	}
	err := a.get(ctx, "/2/tweets/"+url.PathEscape(id), url.Values{"tweet.fields": {fields}}, &answer)
	switch {
	case missing(err):
		return status{}, errGone
	case err != nil:
		return status{}, err
	case answer.Data.ID == id:
		return answer.Data.status(), nil
	}
	for _, p := range answer.Errors {
		if path.Base(p.Type) == notFound {
			return status{}, errGone
		}
	}
	return status{}, errors.New("the answer is without the post")
}

// notFound is the problem of what does not exist, whatever host its type is on.
const notFound = "resource-not-found"

// missing tells whether X itself says that there is no such post; a page of a proxy says nothing.
func missing(err error) bool {
	a, ok := errors.AsType[*AnswerError](err)
	return ok && a.Status == http.StatusNotFound && (a.Problem.Title != "" || a.has(codeNoStatus, codeNoPage))
}

// Withdraw deletes a post. Through v1.1 nothing can be deleted from here.
func (d *Driver) Withdraw(ctx context.Context, post publishers.Post, id string) error {
	settings, err := decode(post.Settings)
	if err != nil {
		return settingsBroken(err)
	}
	v2, ok := d.api(settings).(*apiV2)
	if !ok {
		return wordsOnly()
	}
	err = v2.remove(ctx, id)
	if err == nil || missing(err) {
		return nil
	}
	return fateOf(err, settings, post.Now).Repeatable()
}

func (a *apiV2) remove(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, a.base+"/2/tweets/"+url.PathEscape(id), http.NoBody)
	if err != nil {
		return err //nolint:wrapcheck // an address that was good a moment ago
	}
	var answer struct{ Data struct{ Deleted bool } }
	if err := a.do(req, &answer); err != nil {
		return err
	}
	if !answer.Data.Deleted {
		return errors.New("the answer does not say that the post is deleted")
	}
	return nil
}
