package x

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dghubble/go-twitter/twitter" //nolint:staticcheck // deprecated like the API it speaks; only accounts that still have it choose it
)

// apiV1 speaks API v1.1 through go-twitter: only for accounts whose contract still lets them write there.
type apiV1 struct {
	base   string
	signed *http.Client
}

// call runs one call of the library. The answer itself decides what happened:
// the library reports refusals that are problem documents as empty successes.
func (a *apiV1) call(ctx context.Context, f func(*twitter.Client) error) error {
	r := &recorder{ctx: ctx, base: a.base, next: a.signed.Transport}
	client := &http.Client{Transport: r, Timeout: a.signed.Timeout, CheckRedirect: a.signed.CheckRedirect}
	err := f(twitter.NewClient(client))
	switch {
	case r.answer != nil:
		return r.answer
	case err != nil:
		return fmt.Errorf("api v1.1: %w", err)
	case !r.asked:
		return errors.New("api v1.1: no answer came")
	}
	return nil
}

func (a *apiV1) me(ctx context.Context) (user, error) {
	var u user
	err := a.call(ctx, func(c *twitter.Client) error {
		me, _, err := c.Accounts.VerifyCredentials(&twitter.AccountVerifyParams{}) //nolint:bodyclose // the library closes it
		if me != nil {
			u = user{ID: me.IDStr, Username: me.ScreenName}
		}
		return err //nolint:wrapcheck // call wraps it
	})
	return u, err
}

func (a *apiV1) post(ctx context.Context, d draft) (string, error) {
	if d.replyTo != "" || len(d.pictures) > 0 {
		return "", wordsOnly()
	}
	id := ""
	err := a.call(ctx, func(c *twitter.Client) error {
		tweet, _, err := c.Statuses.Update(d.text, nil) //nolint:bodyclose // the library closes it
		if tweet != nil {
			id = tweet.IDStr
		}
		return err //nolint:wrapcheck // call wraps it
	})
	return id, err
}

// page is the most that v1.1 gives at once.
const page = 200

func (a *apiV1) own(ctx context.Context, _ string, since time.Time) ([]status, error) {
	var list []status
	err := a.call(ctx, func(c *twitter.Client) error {
		no := false
		tweets, _, err := c.Timelines.UserTimeline(&twitter.UserTimelineParams{ //nolint:bodyclose // the library closes it
			Count: page, IncludeRetweets: &no, TweetMode: "extended",
		})
		for _, t := range tweets {
			if at, err := t.CreatedAtTime(); err == nil && at.Before(since) {
				break
			}
			list = append(list, statusOf(t))
		}
		return err //nolint:wrapcheck // call wraps it
	})
	return list, err
}

func statusOf(t twitter.Tweet) status {
	s := status{id: t.IDStr, text: t.Text, replyTo: t.InReplyToStatusIDStr}
	if t.FullText != "" {
		s.text = t.FullText
	}
	if t.Entities != nil {
		for _, u := range t.Entities.Urls {
			s.text = strings.ReplaceAll(s.text, u.URL, u.ExpandedURL)
			s.links = append(s.links, u.ExpandedURL)
		}
	}
	return s
}
