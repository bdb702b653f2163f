package branding

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg" // read, never written
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // read, never written

	"klartext/content"
)

// What a logo may be when it arrives, and how large it is kept: twice of what a page shows.
const (
	maxBytes  = 700 << 10
	maxPixels = 8 << 20
	maxWidth  = 640
	maxHeight = 112
)

// Logos makes logos; it is a content.LogoMaker.
type Logos struct{}

// Logo reads a PNG, JPEG or WebP and draws it anew, so that nothing of the file
// itself (its notes, its tricks) is kept. It answers Invalid for anything else.
func (Logos) Logo(raw []byte) (content.Logo, error) {
	if len(raw) > maxBytes {
		return content.Logo{}, refuse(content.CodeLogoLarge, content.Args{"Limit": maxBytes >> 10})
	}
	// The size is looked at before the picture is unpacked: a small file can hold a huge one.
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return content.Logo{}, refuse(content.CodeLogoForm, nil)
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return content.Logo{}, refuse(content.CodeLogoLarge, content.Args{"Limit": maxBytes >> 10})
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return content.Logo{}, refuse(content.CodeLogoForm, nil)
	}
	return encoded(shrunk(picture))
}

func refuse(code content.Code, args content.Args) error {
	return &content.Error{
		Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{{Field: "logo", Code: code, Args: args}},
	}
}

func encoded(picture *image.NRGBA) (content.Logo, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		return content.Logo{}, fmt.Errorf("encode a logo: %w", err)
	}
	sum := sha256.Sum256(b.Bytes())
	size := picture.Bounds().Size()
	return content.Logo{LogoRef: content.LogoRef{Hash: hex.EncodeToString(sum[:8]), Width: size.X, Height: size.Y}, PNG: b.Bytes()}, nil
}

// shrunk fits a picture into the largest size that is kept.
func shrunk(picture image.Image) *image.NRGBA {
	size := picture.Bounds().Size()
	scale := min(1, float64(maxWidth)/float64(size.X), float64(maxHeight)/float64(size.Y))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(size.X)*scale)), max(1, int(float64(size.Y)*scale))))
	draw.CatmullRom.Scale(out, out.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return out
}
