package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"slices"
	"strings"

	"golang.org/x/image/webp"

	"klartext/content"
)

// kind is one kind of file that can be read.
type kind struct {
	name       string
	extensions []string
	lossless   bool // every pixel is as it was drawn
	magic      func(file []byte) bool
	config     func(file []byte) (image.Config, error)
	decode     func(file []byte) (image.Image, error)
}

func kinds() []kind {
	return []kind{
		{
			name: "png", extensions: []string{"png"}, lossless: true, magic: starts("\x89PNG\r\n\x1a\n"),
			config: func(f []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(f)) },
			decode: func(f []byte) (image.Image, error) { return png.Decode(bytes.NewReader(f)) },
		},
		{
			name: "jpeg", extensions: []string{"jpg", "jpeg", "jpe", "jfif"}, magic: starts("\xff\xd8\xff"),
			config: func(f []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(f)) },
			decode: func(f []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(f)) },
		},
		{
			name: "gif", extensions: []string{"gif"}, lossless: true,
			magic:  func(f []byte) bool { return starts("GIF87a")(f) || starts("GIF89a")(f) },
			config: func(f []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(f)) },
			decode: func(f []byte) (image.Image, error) { return gif.Decode(bytes.NewReader(f)) },
		},
		{
			name: "webp", extensions: []string{"webp"},
			magic:  func(f []byte) bool { return starts("RIFF")(f) && len(f) > 12 && string(f[8:12]) == "WEBP" },
			config: func(f []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(f)) },
			decode: func(f []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(f)) },
		},
	}
}

func starts(magic string) func([]byte) bool {
	return func(file []byte) bool { return bytes.HasPrefix(file, []byte(magic)) }
}

// recognise tells the kind by the first bytes; a name that says another kind is refused.
func recognise(name string, file []byte) (kind, error) {
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	at := slices.IndexFunc(kinds(), func(k kind) bool { return k.magic(file) })
	switch {
	case at < 0 && (extension == "svg" || extension == "svgz" || looksLikeSVG(file)):
		return kind{}, refuse(content.CodePictureSVG, nil, nil)
	case at < 0:
		return kind{}, refuse(content.CodePictureKind, nil, nil)
	}
	k := kinds()[at]
	if extension != "" && !slices.Contains(k.extensions, extension) {
		return kind{}, refuse(content.CodePictureName, content.Args{"Name": "." + shorten(extension), "Kind": strings.ToUpper(k.name)}, nil)
	}
	return k, nil
}

// shorten keeps a name that somebody made up from filling the page.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 20 {
		return string(runes[:20]) + "…"
	}
	return s
}

func looksLikeSVG(file []byte) bool {
	head := bytes.ToLower(file[:min(len(file), 1024)])
	return bytes.Contains(head, []byte("<svg"))
}

// checkSize reads the size before the picture itself: a few bytes can promise gigabytes.
func (k kind) checkSize(file []byte) error {
	config, err := k.config(file)
	if err != nil {
		return broken(k, err)
	}
	if config.Width < 1 || config.Height < 1 {
		return broken(k, nil)
	}
	if config.Width > maxSide || config.Height > maxSide {
		return refuse(content.CodePictureSide, content.Args{"Width": config.Width, "Height": config.Height, "Limit": maxSide}, nil)
	}
	limit := maxPixels
	if deep(config.ColorModel) {
		limit /= 2
	}
	if config.Width*config.Height > limit {
		return refuse(content.CodePicturePixels, content.Args{
			"Width": config.Width, "Height": config.Height, "Limit": limit / 1_000_000,
		}, nil)
	}
	if k.name == "jpeg" && bytes.Count(file, []byte{0xff, 0xda}) > maxScans {
		return broken(k, nil)
	}
	return nil
}

func deep(model color.Model) bool {
	return model == color.RGBA64Model || model == color.NRGBA64Model || model == color.Gray16Model
}
