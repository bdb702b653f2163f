package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klartext/content"
)

// halves is a picture whose upper left quarter is red and the rest blue, so that it shows how it was turned.
func halves(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{B: 200, A: 255})
			if x < w/2 && y < h/2 {
				img.SetRGBA(x, y, color.RGBA{R: 200, A: 255})
			}
		}
	}
	return img
}

// noise is a picture with as many colours as a photo.
func noise(w, h int) *image.RGBA {
	img, random := image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32())
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gifOf has as many frames as asked for.
func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	g := gif.GIF{}
	for i := range frames {
		img := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.White, color.Black})
		img.SetColorIndex(i, 0, 1)
		g.Image, g.Delay = append(g.Image, img), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func make1(t testing.TB, name string, file []byte) (content.Picture, error) {
	t.Helper()
	return New().Make(t.Context(), name, file)
}

func mustMake(t testing.TB, name string, file []byte) (content.Picture, image.Image) {
	t.Helper()
	p, err := make1(t, name, file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	img, kind, err := image.Decode(bytes.NewReader(p.Bytes))
	if err != nil || "image/"+kind != p.Type || img.Bounds().Dx() != p.Width || img.Bounds().Dy() != p.Height {
		t.Fatalf("%s became a %s of %v (%v), said to be %s of %dx%d", name, kind, img.Bounds(), err, p.Type, p.Width, p.Height)
	}
	return p, img
}

// codeOf is why a file was refused.
func codeOf(t testing.TB, err error) content.Code {
	t.Helper()
	e, ok := errors.AsType[*content.Error](err)
	if !ok || e.Kind != content.Invalid || len(e.Fields) != 1 || e.Fields[0].Field != "file" {
		t.Fatalf("%v is no refusal of the file", err)
	}
	return e.Fields[0].Code
}

// withChunk puts a chunk behind the head of a PNG.
func withChunk(file []byte, name string, data []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(name), data...)
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	const head = 8 + 25
	return bytes.Join([][]byte{file[:head], chunk, file[head:]}, nil)
}

// exifBlock says how the camera was held, and where.
func exifBlock(orientation int) []byte {
	b := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x02")
	b = append(b, 0x01, 0x0f, 0, 2, 0, 0, 0, 4, 'S', 'H', 'O', 0) // the maker
	return append(b, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, 0, 0, 0, 0)
}

func withExif(jpegFile, block []byte) []byte {
	block = append([]byte("Exif\x00\x00"), block...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(block)+2))
	return bytes.Join([][]byte{jpegFile[:2], segment, block, jpegFile[2:]}, nil)
}

func riff(name string, data []byte) []byte {
	chunk := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
	if chunk = append(chunk, data...); len(data)%2 == 1 {
		chunk = append(chunk, 0)
	}
	return chunk
}

// webpOf is a lossless WebP of one pixel; extra chunks stand before it.
func webpOf(chunks ...[]byte) []byte {
	pixels := riff("VP8L", []byte{0x2f, 0, 0, 0, 0, 0x07, 0x10, 0xfd, 0x8f, 0xfe, 0x07, 0x22, 0xa2, 0xff, 0x01})
	body := []byte("WEBP")
	for _, c := range append(chunks, pixels) {
		body = append(body, c...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func TestEveryKindIsWrittenAnew(t *testing.T) {
	for name, file := range map[string][]byte{
		"a.png": pngOf(t, halves(40, 20)), "a.jpg": jpegOf(t, noise(40, 20)), "b.JPEG": jpegOf(t, noise(40, 20)),
		"a.gif": gifOf(t, 1), "a.webp": webpOf(), "": pngOf(t, halves(4, 4)), "no-extension": pngOf(t, halves(4, 4)),
	} {
		p, _ := mustMake(t, name, file)
		if p.Still {
			t.Errorf("%s is said to be an animation", name)
		}
	}
}

func TestPhotosBecomeJPEGAndDrawingsPNG(t *testing.T) {
	clear := halves(30, 30)
	clear.Set(3, 3, color.Transparent)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"photo.jpg": {jpegOf(t, noise(200, 200)), "image/jpeg"}, "photo.png": {pngOf(t, noise(200, 200)), "image/jpeg"},
		"drawing.png": {pngOf(t, halves(200, 200)), "image/png"}, "clear.png": {pngOf(t, clear), "image/png"}, "few.jpg": {jpegOf(t, halves(64, 64)), "image/jpeg"},
	} {
		if p, _ := mustMake(t, name, c.file); p.Type != c.want {
			t.Errorf("%s became %s, want %s", name, p.Type, c.want)
		}
	}
}

// Where the camera was and who held it must not go out; how it was held is done before that is forgotten.
func TestMetadataIsGoneAndThePictureUpright(t *testing.T) {
	red := func(img image.Image, x, y int) bool {
		r, _, b, _ := img.At(x, y).RGBA()
		return r > b
	}
	corners := map[int][2]int{1: {2, 2}, 2: {37, 2}, 3: {37, 17}, 4: {2, 17}, 5: {2, 2}, 6: {17, 2}, 7: {17, 37}, 8: {2, 37}}
	for orientation, corner := range corners {
		for name, file := range map[string][]byte{
			"a.jpg": withExif(jpegOf(t, halves(40, 20)), exifBlock(orientation)),
			"a.png": withChunk(pngOf(t, halves(40, 20)), "eXIf", exifBlock(orientation)),
		} {
			p, img := mustMake(t, name, file)
			if w, h := p.Width, p.Height; (w == 20 && h == 40) != (orientation >= 5) {
				t.Errorf("%s held as %d is %dx%d", name, orientation, w, h)
			}
			if !red(img, corner[0], corner[1]) {
				t.Errorf("%s held as %d: the red corner is not at %v", name, orientation, corner)
			}
			if bytes.Contains(p.Bytes, []byte("Exif")) || bytes.Contains(p.Bytes, []byte("eXIf")) || bytes.Contains(p.Bytes, []byte("SHO")) {
				t.Errorf("%s held as %d: metadata is left", name, orientation)
			}
		}
	}
	p, _ := mustMake(t, "a.png", withChunk(pngOf(t, halves(9, 9)), "tEXt", []byte("Author\x00Secret Person")))
	if bytes.Contains(p.Bytes, []byte("Secret")) {
		t.Error("the author's name is left")
	}
}

func TestWebPIsTurnedToo(t *testing.T) {
	file := webpOf(riff("EXIF", exifBlock(6)))
	if got := orientation(kinds()[3], file); got != 6 {
		t.Errorf("orientation %d, want 6", got)
	}
}

func TestAnimations(t *testing.T) {
	if p, _ := mustMake(t, "a.gif", gifOf(t, 3)); !p.Still {
		t.Error("an animated GIF is not said to be one")
	}
	for name, file := range map[string][]byte{
		"a.png": withChunk(pngOf(t, halves(9, 9)), "acTL", make([]byte, 8)), "a.webp": webpOf(riff("ANIM", make([]byte, 6))),
	} {
		_, err := make1(t, name, file)
		if code := codeOf(t, err); code != content.CodePictureAnimated {
			t.Errorf("%s: %s", name, code)
		}
	}
}

// What is small as a file and huge as a picture is refused before it is unpacked.
func TestSizeIsReadBeforeThePicture(t *testing.T) {
	head := func(w, h uint32, depth byte) []byte {
		file := bytes.Clone(pngOf(t, image.NewRGBA64(image.Rect(0, 0, 1, 1))))
		binary.BigEndian.PutUint32(file[16:], w)
		binary.BigEndian.PutUint32(file[20:], h)
		file[24] = depth
		binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
		return file
	}
	wide := jpegOf(t, halves(16, 16))
	frame := bytes.Index(wide, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(wide[frame+5:], 50_000)
	binary.BigEndian.PutUint16(wide[frame+7:], 50_000)
	for name, c := range map[string]struct {
		file []byte
		want content.Code
	}{
		"side.png": {head(50_000, 50_000, 8), content.CodePictureSide}, "long.png": {head(10_001, 1, 8), content.CodePictureSide},
		"pixels.png": {head(9_000, 9_000, 8), content.CodePicturePixels}, "deep.png": {head(5_000, 5_000, 16), content.CodePicturePixels},
		"side.jpg": {wide, content.CodePictureSide}, "none.png": {head(0, 5, 8), content.CodePictureBroken},
		"fits-not-there.png": {head(5_000, 5_000, 8), content.CodePictureBroken},
	} {
		_, err := make1(t, name, c.file)
		if code := codeOf(t, err); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	whole := pngOf(t, halves(40, 40))
	scans := withExif(jpegOf(t, halves(8, 8)), bytes.Repeat([]byte{0xff, 0xda}, maxScans+1))
	for name, c := range map[string]struct {
		file []byte
		want content.Code
	}{
		"a.svg":          {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), content.CodePictureSVG},
		"svg.png":        {[]byte(` <SVG onload="alert(1)"/>`), content.CodePictureSVG},
		"a.txt":          {[]byte("hello"), content.CodePictureKind},
		"a.html":         {[]byte("<!doctype html><script>alert(1)</script>"), content.CodePictureKind},
		"a.bmp":          {[]byte("BM\x00\x00"), content.CodePictureKind},
		"cut.png":        {whole[:len(whole)-20], content.CodePictureBroken},
		"head.png":       {whole[:10], content.CodePictureBroken},
		"photo.png":      {jpegOf(t, halves(9, 9)), content.CodePictureName},
		"photo.php":      {jpegOf(t, halves(9, 9)), content.CodePictureName},
		"shell.gif":      {whole, content.CodePictureName},
		"js.gif":         {[]byte("GIF89a/*" + strings.Repeat(" ", 40) + "*/=0;alert(1)"), content.CodePictureSide},
		"cut.jpg":        {jpegOf(t, noise(60, 60))[:800], content.CodePictureBroken},
		"cut.gif":        {gifOf(t, 1)[:25], content.CodePictureBroken},
		"cut.webp":       {webpOf()[:22], content.CodePictureBroken},
		"scans.jpg":      {scans, content.CodePictureBroken},
		"only-riff.webp": {[]byte("RIFF\xff\xff\xff\xffWEBPVP8X"), content.CodePictureBroken},
	} {
		_, err := make1(t, name, c.file)
		if code := codeOf(t, err); code != c.want {
			t.Errorf("%s: %s, want %s", name, code, c.want)
		}
	}
}

// A file that is a picture and something else as well becomes a picture and nothing else.
func TestPolyglotsLoseTheirSecondFace(t *testing.T) {
	for _, hidden := range []string{"PK\x03\x04 evil.zip", "<script>alert(1)</script>", "%PDF-1.7 evil"} {
		for name, file := range map[string][]byte{
			"a.png": append(pngOf(t, halves(9, 9)), hidden...), "b.png": withChunk(pngOf(t, halves(9, 9)), "zzZz", []byte(hidden)),
			"a.jpg": append(jpegOf(t, noise(9, 9)), hidden...), "b.jpg": withExif(jpegOf(t, noise(9, 9)), []byte(hidden)),
			"a.gif": append(gifOf(t, 1), hidden...),
		} {
			if p, _ := mustMake(t, name, file); bytes.Contains(p.Bytes, []byte(hidden)) || bytes.Contains(p.Small, []byte(hidden)) {
				t.Errorf("%s still holds %q", name, hidden)
			}
		}
	}
}

func TestWhatIsWrittenFitsEveryNetwork(t *testing.T) {
	clear := noise(1150, 1100) // as PNG over 5 MB
	for i := 3; i < len(clear.Pix); i += 4 {
		clear.Pix[i] = 254
	}
	flat := image.NewGray(image.Rect(0, 0, 4400, 200))
	for name, img := range map[string]image.Image{"clear.png": clear, "large.png": flat, "strip.png": image.NewGray(image.Rect(0, 0, 10_000, 1))} {
		p, _ := mustMake(t, name, pngOf(t, img))
		if len(p.Bytes) > outBytes || max(p.Width, p.Height) > outSide {
			t.Errorf("%s: %d bytes, %dx%d", name, len(p.Bytes), p.Width, p.Height)
		}
		small, _, err := image.DecodeConfig(bytes.NewReader(p.Small))
		if err != nil || max(small.Width, small.Height) > smallSide {
			t.Errorf("%s: the small one is %dx%d: %v", name, small.Width, small.Height, err)
		}
	}
}

// Whatever is sent, it is a picture or a refusal, and never a panic.
func TestBrokenFilesNeverPanic(t *testing.T) {
	files := [][]byte{pngOf(t, halves(9, 9)), withExif(jpegOf(t, noise(20, 9)), exifBlock(6)), gifOf(t, 2), webpOf(riff("EXIF", exifBlock(3)))}
	rapid.Check(t, func(r *rapid.T) {
		file := bytes.Clone(rapid.SampledFrom(files).Draw(r, "file"))
		for range rapid.IntRange(0, 6).Draw(r, "changes") {
			file[rapid.IntRange(0, len(file)-1).Draw(r, "at")] = rapid.Byte().Draw(r, "byte")
		}
		file = file[:rapid.IntRange(0, len(file)).Draw(r, "length")]
		if _, err := make1(t, "", file); err != nil {
			codeOf(t, err)
		}
	})
}
