package picture

import (
	"context"
	"fmt"
	"image"
	"strings"

	"klartext/content"
)

// Maker makes pictures one at a time: a large one takes some hundred megabytes while it is read.
type Maker struct {
	place chan struct{}
}

// New makes a Maker.
func New() *Maker { return &Maker{place: make(chan struct{}, 1)} }

// Make implements content.PictureMaker.
func (m *Maker) Make(ctx context.Context, name string, file []byte) (content.Picture, error) {
	kind, err := recognise(name, file)
	if err != nil {
		return content.Picture{}, err
	}
	select {
	case m.place <- struct{}{}:
		defer func() { <-m.place }()
	case <-ctx.Done():
		return content.Picture{}, &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: ctx.Err()}
	}
	if err := kind.checkSize(file); err != nil {
		return content.Picture{}, err
	}
	still, err := kind.checkFrames(file)
	if err != nil {
		return content.Picture{}, err
	}
	source, err := kind.read(file)
	if err != nil {
		return content.Picture{}, err
	}
	picture, err := write(ctx, turn(fit(source, outSide), orientation(kind, file)), kind.lossless)
	picture.Still = still
	return picture, err
}

// read decodes the file. The decoders read what strangers made, so a panic in one of them is a broken file too.
func (k kind) read(file []byte) (img image.Image, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			img, err = nil, broken(k, fmt.Errorf("panic: %v", cause))
		}
	}()
	img, err = k.decode(file)
	if err != nil {
		return nil, broken(k, err)
	}
	return img, nil
}

func broken(k kind, cause error) error {
	return refuse(content.CodePictureBroken, content.Args{"Kind": strings.ToUpper(k.name)}, cause)
}

// refuse names the field of the upload.
func refuse(code content.Code, args content.Args, cause error) error {
	return &content.Error{
		Kind: content.Invalid, Code: content.CodeInvalid, Err: cause,
		Fields: []content.FieldError{{Field: "file", Code: code, Args: args}},
	}
}
