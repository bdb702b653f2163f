package x

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"klartext/publishers"
)

// uploadTime is how many times as long as other calls an upload may take.
const uploadTime = 2

// upload brings the pictures to X, each with its description. Whatever goes wrong, no post is out yet.
func (d *Driver) upload(ctx context.Context, api api, settings Settings, post publishers.Post) ([]string, error) {
	if len(post.Media) == 0 {
		return nil, nil
	}
	v2, ok := api.(*apiV2)
	if !ok {
		return nil, wordsOnly()
	}
	ids := make([]string, 0, len(post.Media))
	for _, m := range post.Media {
		id, err := v2.picture(ctx, m)
		if err == nil && id == "" {
			err = errors.New("no picture is named")
		}
		if err == nil {
			err = v2.describe(ctx, id, m.Alt)
		}
		if err != nil {
			return nil, fateOf(err, settings, post.Now).BeforePost()
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// processing is how far X is with a picture; State is "" where there is nothing to wait for.
type processing struct {
	State string
	After int `json:"check_after_secs"`
}

type uploaded struct {
	Data struct {
		ID         string
		Processing processing `json:"processing_info"`
	}
}

func (a *apiV2) picture(ctx context.Context, m publishers.Media) (string, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("media", "picture")
	if err == nil {
		_, err = part.Write(m.Bytes)
	}
	err = errors.Join(err, form.WriteField("media_category", "tweet_image"), form.WriteField("media_type", m.Type), form.Close())
	if err != nil {
		return "", fmt.Errorf("encode a picture: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/2/media/upload", &body)
	if err != nil {
		return "", fmt.Errorf("address of X: %w", err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	slow := *a.signed
	slow.Timeout *= uploadTime
	var answer uploaded
	if err := (&apiV2{base: a.base, signed: &slow}).do(req, &answer); err != nil {
		return "", err
	}
	return answer.Data.ID, a.ready(ctx, answer)
}

// errPicture: X looked at a picture and does not take it.
var errPicture = &AnswerError{Status: http.StatusUnprocessableEntity, Problem: Problem{Detail: "X cannot process this picture"}}

// ready waits until X has finished with a picture, as long as there is time to post after it.
func (a *apiV2) ready(ctx context.Context, answer uploaded) error {
	for id := answer.Data.ID; ; {
		switch p := answer.Data.Processing; p.State {
		case "", "succeeded":
			return nil
		case "failed":
			return errPicture
		default:
			if err := a.wait(ctx, time.Duration(p.After)*time.Second); err != nil {
				return err
			}
		}
		answer = uploaded{}
		if err := a.get(ctx, "/2/media/upload", url.Values{"command": {"STATUS"}, "media_id": {id}}, &answer); err != nil {
			return err
		}
	}
}

// minWait is the shortest wait between two questions.
const minWait = 200 * time.Millisecond

func (a *apiV2) wait(ctx context.Context, d time.Duration) error {
	d = max(d, minWait)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d+a.signed.Timeout {
		return errors.New("a picture is not ready yet")
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // it says all there is to say
	case <-timer.C:
		return nil
	}
}

// maxDescription is how long a description may be, in letters.
const maxDescription = 1000

// describe gives a picture its description. One that is too long would be refused, and the picture with it.
func (a *apiV2) describe(ctx context.Context, id, alt string) error {
	if len([]rune(alt)) > maxDescription {
		return &AnswerError{Status: http.StatusUnprocessableEntity, Problem: Problem{Detail: "the description is longer than 1000 letters"}}
	}
	var answer struct{}
	return a.send(ctx, "/2/media/metadata", map[string]any{"id": id, "metadata": map[string]any{"alt_text": map[string]any{"text": alt}}}, &answer)
}
