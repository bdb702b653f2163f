package picture

import (
	"bytes"
	"encoding/binary"

	"klartext/content"
)

// checkFrames refuses animations that cannot be read, and tells of a GIF whether it is one.
func (k kind) checkFrames(file []byte) (still bool, err error) {
	switch {
	case k.name == "gif":
		return gifFrames(file) > 1, nil
	case k.name == "png" && chunk(pngChunks(file), "acTL") != nil,
		k.name == "webp" && (chunk(riffChunks(file), "ANIM") != nil || chunk(riffChunks(file), "ANMF") != nil):
		return false, refuse(content.CodePictureAnimated, nil, nil)
	}
	return false, nil
}

type chunkSeq func(yield func(name string, data []byte) bool)

func chunk(chunks chunkSeq, name string) (found []byte) {
	for have, data := range chunks {
		if have == name {
			return data
		}
	}
	return nil
}

// pngChunks walks over length, name, data, checksum.
func pngChunks(file []byte) chunkSeq {
	return func(yield func(string, []byte) bool) {
		for rest := file[min(len(file), 8):]; len(rest) >= 12; {
			n := uint64(binary.BigEndian.Uint32(rest))
			if n > uint64(len(rest)-12) || !yield(string(rest[4:8]), rest[8:8+n]) {
				return
			}
			rest = rest[12+n:]
		}
	}
}

// riffChunks walks over name, length, data, filled up to an even length.
func riffChunks(file []byte) chunkSeq {
	return func(yield func(string, []byte) bool) {
		for rest := file[min(len(file), 12):]; len(rest) >= 8; {
			n := uint64(binary.LittleEndian.Uint32(rest[4:]))
			if n > uint64(len(rest)-8) || !yield(string(rest[:4]), rest[8:8+n]) {
				return
			}
			rest = rest[min(uint64(len(rest)), 8+n+n%2):]
		}
	}
}

// gifFrames counts the pictures of a GIF without unpacking any; two are as good as more.
func gifFrames(file []byte) (frames int) {
	if len(file) < 13 {
		return 0
	}
	rest := file[13:]
	skip := func(n int) { rest = rest[min(n, len(rest)):] }
	skip(paletteSize(file[10]))
	for len(rest) > 0 && frames < 2 {
		switch rest[0] {
		case 0x21: // extension: a label, then blocks
			skip(2)
		case 0x2c: // picture: a place, perhaps colours, the width of codes, then blocks
			if len(rest) < 10 {
				return frames
			}
			frames++
			skip(11 + paletteSize(rest[9]))
		default:
			return frames
		}
		for len(rest) > 0 && rest[0] != 0 {
			skip(1 + int(rest[0]))
		}
		skip(1)
	}
	return frames
}

func paletteSize(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

// exif finds the block of EXIF in a file, nil where there is none.
func exif(k kind, file []byte) []byte {
	switch k.name {
	case "png":
		return chunk(pngChunks(file), "eXIf")
	case "webp":
		return bytes.TrimPrefix(chunk(riffChunks(file), "EXIF"), []byte("Exif\x00\x00"))
	case "jpeg":
		return jpegExif(file)
	}
	return nil
}

// jpegExif walks over the segments before the picture.
func jpegExif(file []byte) []byte {
	for rest := file[min(len(file), 2):]; len(rest) >= 4 && rest[0] == 0xff; {
		if rest[1] == 0xff { // filling
			rest = rest[1:]
			continue
		}
		n := int(binary.BigEndian.Uint16(rest[2:]))
		if rest[1] == 0xda || n < 2 || n > len(rest)-2 {
			return nil
		}
		if data, ok := bytes.CutPrefix(rest[4:2+n], []byte("Exif\x00\x00")); ok && rest[1] == 0xe1 {
			return data
		}
		rest = rest[2+n:]
	}
	return nil
}
