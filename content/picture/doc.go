// Package picture reads a picture that somebody uploaded and writes it anew, upright and small enough for every network,
// so that nothing of the file is left but what is seen. It knows nothing of where pictures are kept or sent.
package picture

// Limits of what is read and written.
const (
	maxPixels = 40_000_000 // of 8 bits a colour; with 16 bits half as many
	maxSide   = 10_000     // read
	outSide   = 4096       // written
	outBytes  = 5_000_000  // X takes no more
	smallSide = 320
	// maxScans bounds the passes of a JPEG: each may be a few bytes long and costs a walk over the whole picture.
	maxScans = 100
	// fewColours tells drawings and screenshots from photos, which have ten times as many.
	fewColours = 4096
)
