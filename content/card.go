package content

// Card is what stands on the picture that networks show beside a link.
type Card struct {
	Site   string
	Label  string // what it is: the topic, or "change"
	Title  string
	Text   string
	Foot   string // which version, since when
	Accent Colour
}
