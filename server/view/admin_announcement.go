package view

import (
	"slices"

	"klartext/content"
)

// AnnouncementRow is the announcement for one channel in one language.
type AnnouncementRow struct {
	Index       int // the number in the form's names
	Stored      int // the number in the change, -1 where nothing is stored
	Channel     string
	Name        string // of the channel
	Network     string
	Handle      string
	Lang        content.Lang
	Text        string
	Warning     string // the content warning
	Link        bool
	Thread      bool
	Reference   bool
	Short       string          // the change's short reference as it is now
	Pictures    []PictureChoice // those that may be shown, the chosen ones first
	MaxPictures int
	Composed    Composed
	Paused      string // why the channel does not send
	Gone        bool   // the channel is disconnected
	Proposal    string // what there is to say about a proposal
	Error       string
}

// Special is whether the announcement has anything beyond text, link and pictures.
func (r AnnouncementRow) Special() bool { return r.Warning != "" || r.Thread || r.Reference }

// Chosen is the pictures that it shows.
func (r AnnouncementRow) Chosen() []PictureChoice {
	return slices.DeleteFunc(slices.Clone(r.Pictures), func(p PictureChoice) bool { return !p.Chosen })
}

// PictureChoice is a picture that an announcement may show.
type PictureChoice struct {
	ID     string
	Alt    string // in the announcement's language, "" where there is none
	Chosen bool
}

// Composed is an announcement as it will be sent, in words.
type Composed struct {
	Count       string // "212 of 500 characters", of the longest part
	Over        string // by how much it is too long, or ""
	Cost        string // of all parts, "" where posting is free
	WithLink    string // what it costs with the link and without
	WithoutLink string
	Warnings    []string
	Parts       []ComposedPart // empty where there is no text
}

// ComposedPart is one post of an announcement.
type ComposedPart struct {
	Number  int
	Final   string
	Count   string
	Over    bool   // it is too long
	Warning string // the content warning, where it does not stand in the text
}

// PictureForm is the form that uploads a picture.
type PictureForm struct {
	Alt  content.Text // what was typed
	Open bool
}

// ComposedPage shows one announcement as it will be sent, for the page's script.
type ComposedPage struct {
	Admin
	Row AnnouncementRow
}
