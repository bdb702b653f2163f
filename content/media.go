package content

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Media is a picture for announcements. It is never changed: another alt text is
// another media, so that the hash that an approval is given to covers all of it.
type Media struct {
	ID      string // made of the picture and its alt texts
	Type    string // "image/png" or "image/jpeg"
	Width   int
	Height  int
	Size    int    // of the picture, in bytes
	Hash    string // SHA-256 of the picture, in hex
	Alt     Text
	Created time.Time
	By      string // id of the user who uploaded it
	Bytes   []byte // nil where only the rest was asked for
}

// Limits of pictures.
const (
	MaxUpload = 8 << 20 // bytes of a file, before it is read
	maxAlt    = 1000    // letters; X takes no more
	// defaultPictures is how many pictures a post may have where the network did not say.
	defaultPictures = 4
	maxPictures     = 32 // of any network
	maxMediaListed  = 1000
)

// Picture is a file that was read, turned upright and written anew, so that nothing but what is seen is left of it.
type Picture struct {
	Type          string
	Width, Height int
	Bytes         []byte
	Small         []byte // the same in small and of the same type, for lists
	Still         bool   // it is the first picture of an animation
}

// PictureMaker makes a Picture of a file. name is the file's, "" where it has
// none. It answers an *Error of kind Invalid where the file is none of the pictures that it knows.
type PictureMaker interface {
	Make(ctx context.Context, name string, file []byte) (Picture, error)
}

// MediaStore keeps pictures.
type MediaStore interface {
	// AddMedia keeps a picture; one that is there already stays as it is, and nothing is written.
	AddMedia(ctx context.Context, m Media, small []byte, audit Audit) error
	// Media answers with the bytes, and NotFound with CodeMediaUnknown.
	Media(ctx context.Context, id string) (Media, error)
	// SmallMedia answers with the bytes of the small picture instead.
	SmallMedia(ctx context.Context, id string) (Media, error)
	// MediaInfo answers without bytes.
	MediaInfo(ctx context.Context, id string) (Media, error)
	// MediaList lists without bytes, newest first.
	MediaList(ctx context.Context, limit int) ([]Media, error)
	SettingsStore
}

// Pictures is the service for pictures.
type Pictures struct {
	Store MediaStore
	Maker PictureMaker
	Now   Clock
}

// NewPicture is a file to be kept as a picture.
type NewPicture struct {
	Name string // of the file, "" where it has none
	File []byte
	Alt  Text
}

// Add keeps a picture. The same picture with the same alt texts is kept once.
// still is true where the file was an animation, of which only the first picture is kept.
func (s *Pictures) Add(ctx context.Context, actor Actor, in NewPicture) (m Media, still bool, err error) {
	if err := actor.May(WriteChange); err != nil {
		return Media{}, false, err
	}
	settings, err := s.Store.Settings(ctx)
	if err != nil {
		return Media{}, false, fmt.Errorf("read settings: %w", err)
	}
	in.Alt = in.Alt.trimmed()
	if err := in.check(settings.Languages); err != nil {
		return Media{}, false, err
	}
	picture, err := s.Maker.Make(ctx, in.Name, in.File)
	if err != nil {
		return Media{}, false, err
	}
	now := s.Now()
	m = newMedia(picture, in.Alt)
	m.Created, m.By = now, actor.UserID
	if err := s.Store.AddMedia(ctx, m, picture.Small, NewAudit(actor, now, "media.add", m.ID, nil)); err != nil {
		return Media{}, false, fmt.Errorf("keep a picture: %w", err)
	}
	m, err = s.Store.MediaInfo(ctx, m.ID)
	return m, picture.Still, err
}

func (in *NewPicture) check(languages []Lang) error {
	var p problems
	switch {
	case len(in.File) == 0:
		p.add("file", CodePictureEmpty, nil)
	case len(in.File) > MaxUpload:
		p.add("file", CodePictureLarge, Args{"Limit": MaxUpload >> 20})
	}
	if len(in.Alt) == 0 {
		p.add("alt", CodeAltNone, nil)
	}
	in.Alt.check(&p, "alt", languages, maxAlt)
	return p.err()
}

// newMedia names a picture after what it is made of.
func newMedia(picture Picture, alt Text) Media {
	hash := sha256.Sum256(picture.Bytes)
	m := Media{
		Type: picture.Type, Width: picture.Width, Height: picture.Height, Size: len(picture.Bytes),
		Hash: hex.EncodeToString(hash[:]), Alt: alt, Bytes: picture.Bytes,
	}
	id := sha256.New()
	id.Write(hash[:])
	for _, lang := range alt.langs() {
		id.Write(fmt.Appendf(nil, "\x00%s\x00%s", lang, alt[lang]))
	}
	m.ID = hex.EncodeToString(id.Sum(nil))
	return m
}

// Get is a picture with its bytes.
func (s *Pictures) Get(ctx context.Context, actor Actor, id string) (Media, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Media{}, err
	}
	return s.Store.Media(ctx, id)
}

// Small is a picture with the bytes of its small copy.
func (s *Pictures) Small(ctx context.Context, actor Actor, id string) (Media, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Media{}, err
	}
	return s.Store.SmallMedia(ctx, id)
}

// Info is a picture without its bytes.
func (s *Pictures) Info(ctx context.Context, actor Actor, id string) (Media, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return Media{}, err
	}
	return s.Store.MediaInfo(ctx, id)
}

// List is the newest pictures, without their bytes.
func (s *Pictures) List(ctx context.Context, actor Actor, limit int) ([]Media, error) {
	if err := actor.May(ReadDrafts); err != nil {
		return nil, err
	}
	return s.Store.MediaList(ctx, min(limit, maxMediaListed))
}

// MediaReader finds pictures, for announcements.
type MediaReader interface {
	MediaInfo(ctx context.Context, id string) (Media, error)
}

// pictures is what is known of the pictures of announcements; what does not exist is missing in it.
type pictures map[string]Media

// loadPictures reads the pictures that the announcements name, each once. Pictures never
// change and never go away, so that no transaction is needed.
func loadPictures(ctx context.Context, store MediaReader, list []Announcement) (pictures, error) {
	found := pictures{}
	for _, a := range list[:min(len(list), maxAnnouncements)] {
		for _, id := range a.Media[:min(len(a.Media), maxPictures)] { // the others are too many: check says so
			if _, known := found[id]; known {
				continue
			}
			m, err := store.MediaInfo(ctx, id)
			if KindOf(err) == NotFound {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read picture %s: %w", id, err)
			}
			found[id] = m
		}
	}
	return found, nil
}

// MaxPictures is how many pictures a post of this account may have.
func (a Account) MaxPictures() int {
	if a.Images == 0 {
		return defaultPictures
	}
	return min(a.Images, maxPictures)
}

// check reports pictures that do not exist, that say nothing in the announcement's
// language to those who cannot see them, and those that are too many.
func (found pictures) check(p *problems, field string, a Announcement, account Account) {
	if limit := account.MaxPictures(); len(a.Media) > limit {
		p.add(field+".media", CodePicturesMany, Args{"Count": len(a.Media), "Limit": limit})
		return
	}
	for i, id := range a.Media {
		m, exists := found[id]
		switch {
		case !exists:
			p.add(field+".media", CodeMediaUnknown, Args{"Value": id})
		case m.Alt[a.Lang] == "":
			p.add(field+".media", CodeAltMissing, Args{"Lang": string(a.Lang)})
		case slices.Contains(a.Media[:i], id):
			p.add(field+".media", CodeTwice, Args{"Value": id})
		}
	}
}
