package picture

import (
	"encoding/binary"
	"image"
	"image/draw"
)

// orientation is how the camera was held, 1 to 8 as EXIF counts; 1 where nothing is said or understood.
func orientation(k kind, file []byte) int {
	block := exif(k, file)
	if len(block) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(block[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(block[4:]))
	if at+2 > uint64(len(block)) {
		return 1
	}
	fields := block[at+2:]
	for range order.Uint16(block[at:]) {
		if len(fields) < 12 {
			return 1
		}
		if tag, value := order.Uint16(fields), order.Uint16(fields[8:]); tag == 0x0112 {
			if value >= 1 && value <= 8 {
				return int(value)
			}
			return 1
		}
		fields = fields[12:]
	}
	return 1
}

// turn puts a picture upright.
func turn(source image.Image, orientation int) image.Image {
	if orientation == 1 {
		return source
	}
	from := plain(source)
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := place(orientation, x, y, w, h)
			copy(to.Pix[to.PixOffset(tx, ty):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}

// place is where a pixel of a picture of w by h belongs.
func place(orientation, x, y, w, h int) (tx, ty int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// plain is a picture in the one form for which drawing and encoding are fast, from 0,0 on.
func plain(source image.Image) *image.RGBA {
	if n, ok := source.(*image.RGBA); ok && n.Rect.Min == (image.Point{}) {
		return n
	}
	bounds := source.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	draw.Draw(to, to.Rect, source, bounds.Min, draw.Src)
	return to
}
