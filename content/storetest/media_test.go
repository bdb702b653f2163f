package storetest_test

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// everyByte is what no text column would keep.
func everyByte() []byte {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return all
}

func TestPicturesAreKeptAsTheyAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		first := s.Picture(t, everyByte(), content.Text{"de": "Eine Tür", "en": "A door"})
		got, err := store.Media(t.Context(), first.ID)
		if err != nil || !bytes.Equal(got.Bytes, everyByte()) || got.Alt["de"] != "Eine Tür" || got.By != s.Author.UserID || got.Width != 2 {
			t.Errorf("%+v, %v", got, err)
		}
		small, err := store.SmallMedia(t.Context(), first.ID)
		if err != nil || string(small.Bytes) != "small" {
			t.Errorf("%q, %v", small.Bytes, err)
		}
		other := s.Picture(t, everyByte(), content.Text{"en": "A gate"})
		if other.ID == first.ID {
			t.Error("another description is not another picture")
		}
		list, err := store.MediaList(t.Context(), 10)
		if err != nil || len(list) != 2 || list[0].ID != other.ID || list[0].Bytes != nil {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := store.Media(t.Context(), "no-such"); content.KindOf(err) != content.NotFound {
			t.Errorf("a picture that is not there: %v", err)
		}
	})
}

// Two people who upload the same picture at once get one, and one line in the audit.
func TestTheSamePictureIsKeptOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		alt := content.Text{"en": "A door"}
		first := s.Picture(t, []byte("door"), alt)
		var group sync.WaitGroup
		now := s.Now()
		for range 6 {
			group.Go(func() {
				m := first
				m.Bytes, m.Created, m.By = []byte("door"), now, s.Approver.UserID
				if err := store.AddMedia(t.Context(), m, []byte("small"), content.NewAudit(s.Approver, now, "media.add", m.ID, nil)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got, err := store.MediaInfo(t.Context(), first.ID)
		if err != nil || !got.Created.Equal(first.Created) || got.By != s.Author.UserID {
			t.Errorf("%+v, %v: another upload changed the picture", got, err)
		}
		audits, err := store.Audits(t.Context(), "", 100)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(slices.DeleteFunc(audits, func(a content.Audit) bool { return a.Action != "media.add" })); n != 1 {
			t.Errorf("%d lines in the audit, want 1", n)
		}
	})
}

func TestAnnouncementsNeedPicturesThatSaySomething(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, e := s.Channel(t, "test"), s.Entry(t, "a")
		c := s.Change(t, "a", s.Write(t, e.ID, "en", "a"))
		english := s.Picture(t, []byte("english"), content.Text{"en": "A door"})
		more := make([]string, 5)
		for i := range more {
			more[i] = s.Picture(t, []byte{byte(i)}, content.Text{"en": "A door"}).ID
		}
		for want, media := range map[content.Code][]string{
			content.CodeMediaUnknown: {"no-such"}, content.CodePicturesMany: more, content.CodeTwice: {english.ID, english.ID},
		} {
			if got := refusal(t, s, c.ID, content.Announcement{Channel: channel.ID, Lang: "en", Text: "News", Media: media}); got != want {
				t.Errorf("%v: %s, want %s", media, got, want)
			}
		}
		if got := refusal(t, s, c.ID, content.Announcement{Channel: channel.ID, Lang: "de", Text: "Neues", Media: []string{english.ID}}); got != content.CodeAltMissing {
			t.Errorf("a German post with an English description only: %s", got)
		}
		if got := refusal(t, s, c.ID, content.Announcement{Channel: channel.ID, Lang: "en", Text: "News", Media: []string{english.ID}}); got != "" {
			t.Errorf("a good one: %s", got)
		}
		s.Publish(t, c.ID)
		deliveries, err := store.Deliveries(t.Context(), content.DeliveryFilter{Change: c.ID})
		if err != nil || len(deliveries) != 1 || !slices.Equal(deliveries[0].Media, []string{english.ID}) {
			t.Errorf("%+v, %v", deliveries, err)
		}
	})
}

// refusal is why an announcement is not accepted, "" where it is.
func refusal(t *testing.T, s *storetest.Site, change string, a content.Announcement) content.Code {
	t.Helper()
	_, err := s.Changes.SetAnnouncements(t.Context(), s.Author, change, []content.Announcement{a})
	e, refused := errors.AsType[*content.Error](err)
	switch {
	case err == nil:
		return ""
	case !refused || len(e.Fields) == 0:
		t.Fatal(err)
	}
	return e.Fields[0].Code
}

func TestAThreadBecomesOneDeliveryForEachPart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		channel, e := s.Channel(t, "test"), s.Entry(t, "a")
		c := s.Change(t, "a", s.Write(t, e.ID, "en", "a"))
		door := s.Picture(t, []byte("door"), content.Text{"en": "A door"})
		a := content.Announcement{
			Channel: channel.ID, Lang: "en", Text: "One\n---\nTwo\n --- \n\n---\nThree", ContentWarning: "Data", Link: true,
			Thread: true, Reference: true, Media: []string{door.ID},
		}
		if got := refusal(t, s, c.ID, a); got != "" {
			t.Fatal(got)
		}
		published := s.Publish(t, c.ID)
		if kept := published.Announcements[0]; !kept.Thread || !kept.Reference || kept.Text != a.Text {
			t.Errorf("the store kept %+v", kept)
		}
		deliveries, err := store.Deliveries(t.Context(), content.DeliveryFilter{Change: c.ID})
		if err != nil || len(deliveries) != 3 {
			t.Fatalf("%d deliveries, %v", len(deliveries), err)
		}
		permalink := s.Changes.Permalink(&published, "en")
		for i, want := range []string{"One\n\n" + permalink + "\n\n" + published.Hash()[:8], "Two", "Three"} {
			d := deliveries[i]
			if d.Part != i || d.Text != want || d.ContentWarning != "Data" {
				t.Errorf("part %d: %+v, want %q", i, d, want)
			}
			if first := i == 0; (d.Permalink == permalink) != first || (len(d.Media) == 1) != first {
				t.Errorf("part %d has permalink %q and pictures %v", i, d.Permalink, d.Media)
			}
		}
		if deliveries[0].Key == deliveries[1].Key {
			t.Error("two parts have one key")
		}
	})
}
