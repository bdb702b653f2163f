package branding

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"klartext/content"
)

func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		picture.Set(x, height/2, color.NRGBA{R: 200, A: 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogoIsDrawnAnew(t *testing.T) {
	raw := append(pngOf(t, 2000, 500), "<script>alert(1)</script>"...)
	logo, err := Logos{}.Logo(raw)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(logo.PNG))
	if err != nil || shown.Bounds().Dx() != logo.Width || shown.Bounds().Dy() != logo.Height || logo.Height != 112 || logo.Width != 448 {
		t.Errorf("%v, %d by %d", err, logo.Width, logo.Height)
	}
	if bytes.Contains(logo.PNG, []byte("script")) {
		t.Error("what hung at the end of the file is still there")
	}
	again, err := Logos{}.Logo(raw)
	if err != nil || again.Hash != logo.Hash || len(logo.Hash) != 16 {
		t.Errorf("the same picture has two names: %q, %q", logo.Hash, again.Hash)
	}
}

func TestLogoReadsJPEGAndKeepsSmallOnesAsTheyAre(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	if logo, err := (Logos{}).Logo(b.Bytes()); err != nil || logo.Width != 30 || logo.Height != 20 {
		t.Errorf("%+v, %v", logo.LogoRef, err)
	}
}

func TestLogoRefuses(t *testing.T) {
	bomb := pngOf(t, 10, 10)
	binary.BigEndian.PutUint32(bomb[16:], 60_000) // says that it is 60,000 by 60,000
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for name, c := range map[string]struct {
		raw  []byte
		code content.Code
	}{
		"nothing":  {nil, content.CodeLogoForm},
		"svg":      {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), content.CodeLogoForm},
		"cut off":  {pngOf(t, 50, 50)[:80], content.CodeLogoForm},
		"a bomb":   {bomb, content.CodeLogoLarge},
		"too much": {make([]byte, maxBytes+1), content.CodeLogoLarge},
	} {
		_, err := Logos{}.Logo(c.raw)
		e, ok := err.(*content.Error) //nolint:errorlint // exactly this type is promised
		if !ok || e.Kind != content.Invalid || e.Fields[0].Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}
