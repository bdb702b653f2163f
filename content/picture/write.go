package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"klartext/content"
)

// fit makes a picture smaller where a side is longer than side.
func fit(source image.Image, side int) image.Image {
	w, h := source.Bounds().Dx(), source.Bounds().Dy()
	longer := max(w, h)
	if longer <= side {
		return source
	}
	to := image.NewRGBA(image.Rect(0, 0, max(1, w*side/longer), max(1, h*side/longer)))
	draw.CatmullRom.Scale(to, to.Rect, source, source.Bounds(), draw.Src, nil)
	return to
}

// write encodes a picture: as PNG where something is transparent, or where few
// colours say that it was drawn; else as JPEG. What is too many bytes gets
// smaller until it fits.
func write(ctx context.Context, source image.Image, lossless bool) (content.Picture, error) {
	full := plain(source)
	opaque := full.Opaque()
	as := form{"image/jpeg", photo}
	if !opaque || (lossless && drawn(full)) {
		as = form{"image/png", drawing}
	}
	for {
		if err := ctx.Err(); err != nil {
			return content.Picture{}, &content.Error{Kind: content.Unavailable, Code: content.CodeBusy, Err: err}
		}
		raw, err := as.encode(full)
		switch {
		case err != nil:
			return content.Picture{}, fmt.Errorf("encode a picture: %w", err)
		case len(raw) <= outBytes:
			return finish(full, raw, as)
		case opaque && as.kind == "image/png":
			as = form{"image/jpeg", photo}
		default:
			full = plain(fit(full, max(full.Rect.Dx(), full.Rect.Dy())*3/4))
		}
	}
}

// form is how a picture is written.
type form struct {
	kind   string
	encode func(*image.RGBA) ([]byte, error)
}

func finish(full *image.RGBA, raw []byte, as form) (content.Picture, error) {
	small, err := as.encode(plain(fit(full, smallSide)))
	if err != nil {
		return content.Picture{}, fmt.Errorf("encode a small picture: %w", err)
	}
	return content.Picture{Type: as.kind, Width: full.Rect.Dx(), Height: full.Rect.Dy(), Bytes: raw, Small: small}, nil
}

// photo tries the better quality first.
func photo(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	for _, quality := range []int{90, 80} {
		b.Reset()
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if b.Len() <= outBytes {
			break
		}
	}
	return b.Bytes(), nil
}

func drawing(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// drawn tells whether a picture has few colours.
func drawn(img *image.RGBA) bool {
	seen := map[[3]byte]bool{}
	for at := 0; at+4 <= len(img.Pix); at += 4 {
		seen[[3]byte(img.Pix[at:])] = true
		if len(seen) > fewColours {
			return false
		}
	}
	return true
}
