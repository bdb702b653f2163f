package publishertest

import (
	"testing"

	"klartext/content"
	"klartext/publishers"
)

// runReads: what is read back is there, intact and seen by all, or the driver says what is not; a fault is no finding.
func runReads(t *testing.T, start func(*testing.T, *Clock) Subject) {
	probe := newCalls(t, start)
	if _, ok := probe.driver.(publishers.Reader); !ok || probe.wordsOnly() {
		return
	}
	for name, c := range map[string]struct {
		change func(*Held)
		want   publishers.Seen
	}{
		"as it was sent":  {nil, publishers.Seen{Intact: true}},
		"other words":     {func(h *Held) { h.Text = "Ganz andere Worte." }, publishers.Seen{Receipt: warned(content.CodePostAltered)}},
		"one word more":   {func(h *Held) { h.Text += " nicht" }, publishers.Seen{Receipt: warned(content.CodePostAltered)}},
		"other invisible": {func(h *Held) { h.Text += "\u200b \n" }, publishers.Seen{Intact: true}},
		"gone":            {func(h *Held) { h.ID = "1" }, publishers.Seen{Gone: true}},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); runRead(t, start, c.change, c.want) })
	}
	t.Run("silent drop", func(t *testing.T) { t.Parallel(); runDropped(t, start) })
	if probe.account.Images > 0 {
		t.Run("a picture is lost", func(t *testing.T) { t.Parallel(); runLostPicture(t, start) })
	}
	moods := refusing()
	for _, name := range append(unanswered(), answerless()...) {
		moods[name] = publishers.Unsure
	}
	moods["404 html"] = publishers.Never
	for name, want := range moods {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCalls(t, start)
			post := c.post("Gelesen wird später.")
			receipt := c.out(post)
			c.next(Read, name)
			seen, err := c.read(post, receipt.ID)
			c.expect(Read, name, err, want)
			if seen.Gone || seen.Intact {
				t.Errorf("a fault is taken for a finding: %+v", seen)
			}
		})
	}
}

func warned(code content.Code) publishers.Receipt {
	return publishers.Receipt{Warning: content.Reason{Code: code}}
}

// wordsOnly tells whether this way of posting can do nothing but post words, and says so.
func (c *calls) wordsOnly() bool {
	c.t.Helper()
	_, err := c.read(c.post("x"), "1")
	return err != nil && publishers.FateOf(err).Reason.Code == content.CodePostWordsOnly
}

func (c *calls) read(post publishers.Post, id string) (publishers.Seen, error) {
	c.t.Helper()
	reader, ok := c.driver.(publishers.Reader)
	if !ok {
		c.t.Fatal("this driver reads nothing back")
	}
	return reader.Read(c.t.Context(), post, id)
}

func runRead(t *testing.T, start func(*testing.T, *Clock) Subject, change func(*Held), want publishers.Seen) {
	c := newCalls(t, start)
	post := c.post("Wir löschen früher: #Daten & <mehr>, @\u200Dshop.")
	receipt := c.out(post)
	if change != nil && !c.subject.Fake.Alter(receipt.ID, change) {
		t.Fatal("the post is not there")
	}
	seen, err := c.read(post, receipt.ID)
	if err != nil || seen.Gone != want.Gone || seen.Intact != want.Intact || seen.Receipt.Warning.Code != want.Receipt.Warning.Code {
		t.Errorf("read %+v, %v; want %+v", seen, err, want)
	}
	if !want.Gone && seen.Receipt.ID != receipt.ID {
		t.Errorf("read %s, want %s", seen.Receipt.ID, receipt.ID)
	}
}

// runDropped: a network that says yes and keeps nothing is found out by reading back.
func runDropped(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newCalls(t, start)
	post := c.post("Verschluckt.")
	c.next(Publish, "drop")
	receipt := c.out(post)
	if seen, err := c.read(post, receipt.ID); err != nil || !seen.Gone {
		t.Errorf("read %+v, %v; want gone", seen, err)
	}
	c.copies(0)
}

func runLostPicture(t *testing.T, start func(*testing.T, *Clock) Subject) {
	c := newCalls(t, start)
	post := c.post("Mit Bild.")
	post.Media = []publishers.Media{picture("Eine Kurve, die fällt")}
	receipt := c.out(post)
	if seen, err := c.read(post, receipt.ID); err != nil || !seen.Intact || seen.Receipt.Warning.Code != "" {
		t.Errorf("with its picture: %+v, %v", seen, err)
	}
	c.subject.Fake.Alter(receipt.ID, func(h *Held) { h.Pictures = nil })
	if seen, err := c.read(post, receipt.ID); err != nil || !seen.Intact || seen.Receipt.Warning.Code != content.CodePostPictures {
		t.Errorf("without it: %+v, %v", seen, err)
	}
}
