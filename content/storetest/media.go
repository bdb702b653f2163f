package storetest

import (
	"context"
	"testing"

	"klartext/content"
)

// Pictures is the service for pictures on the site's store, which takes every file for a picture.
func (s *Site) Pictures() *content.Pictures {
	return &content.Pictures{Store: s.Store, Maker: anyPicture{}, Now: s.Now}
}

type anyPicture struct{}

// Make changes nothing.
func (anyPicture) Make(_ context.Context, _ string, file []byte) (content.Picture, error) {
	return content.Picture{Type: "image/png", Width: 2, Height: 1, Bytes: file, Small: []byte("small")}, nil
}

// Picture keeps a picture.
func (s *Site) Picture(t testing.TB, file []byte, alt content.Text) content.Media {
	t.Helper()
	m, _, err := s.Pictures().Add(t.Context(), s.Author, content.NewPicture{File: file, Alt: alt})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
