package mastodon

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/mattn/go-mastodon"

	"klartext/publishers"
)

// How often a server is asked whether it has finished with a picture.
const (
	firstWait = 200 * time.Millisecond
	maxWait   = 2 * time.Second
)

// uploadTime is how many times as long as other calls an upload may take.
const uploadTime = 2

// upload brings the pictures to the server, each with its description, and waits until it has finished with them. Whatever
// goes wrong, no post is out yet.
func (d *Driver) upload(ctx context.Context, post publishers.Post) ([]mastodon.ID, error) {
	if len(post.Media) == 0 {
		return nil, nil
	}
	client, err := d.connect(post.Settings, keyed{accepted: true})
	if err != nil {
		return nil, settingsBroken(err)
	}
	client.Timeout *= uploadTime
	ids := make([]mastodon.ID, 0, len(post.Media))
	for _, m := range post.Media {
		got, err := client.UploadMediaFromMedia(ctx, &mastodon.Media{File: bytes.NewReader(m.Bytes), Description: m.Alt})
		if err == nil && got.ID == "" {
			err = errors.New("the server names no picture")
		}
		if err == nil && got.URL == "" {
			err = d.ready(ctx, client, got)
		}
		if err != nil {
			return nil, fateOf(err, post.Now).BeforePost()
		}
		ids = append(ids, got.ID)
	}
	return ids, nil
}

// errUnfinished: the server still works on a picture when the time of the call is nearly over.
var errUnfinished = errors.New("the server has not finished with a picture")

// ready waits until the server has finished, as long as there is time to post after it.
func (d *Driver) ready(ctx context.Context, client *mastodon.Client, picture *mastodon.Attachment) error {
	for wait := firstWait; ; wait = min(2*wait, maxWait) {
		err := client.GetMediaStatus(ctx, picture)
		if a, ok := errors.AsType[*AnswerError](err); !ok || a.Status != http.StatusPartialContent {
			return err //nolint:wrapcheck // fateOf reads it
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait+d.client.Timeout {
			return errUnfinished
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err() //nolint:wrapcheck // it says all there is to say
		case <-timer.C:
		}
	}
}
