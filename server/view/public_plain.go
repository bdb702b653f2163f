package view

import "klartext/content"

// GlossaryPage explains terms.
type GlossaryPage struct {
	Public
	Terms []GlossaryTerm
}

// GlossaryTerm is one term of it.
type GlossaryTerm struct {
	Anchor      string
	Term        string
	Explanation string
	Example     string
}

// ClarityLine tells readers how hard a text is to read.
type ClarityLine struct {
	Age      int          // of readers whose school books read like it; 0 where it is hard
	Override string       // why it was published all the same, "" where the gate was open
	Lang     content.Lang // of the reason, "" where it is the page's
}
