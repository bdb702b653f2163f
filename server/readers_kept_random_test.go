package server_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"klartext/content"
	"klartext/server/public"
	"klartext/server/public/publictest"
)

// TestNothingGoesStaleWhateverHappens publishes by chance, one to three things at a time, and compares all pages
// that ever were with those of a program that has just started.
func TestNothingGoesStaleWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			keepsUp(t, seed, 14)
		})
	}
}

func keepsUp(t *testing.T, seed uint64, rounds int) {
	t.Helper()
	a := newAuthors(seed)
	hub := func(d *public.Deps) { d.Hub = "https://hub.example/" }
	r := newReaders(t, a.store, hub)
	addresses := map[string]bool{}
	for round := range rounds {
		for _, path := range slices.Concat(r.public.Addresses(), a.further()) {
			addresses[path] = true
		}
		for _, path := range slices.Sorted(maps.Keys(addresses)) {
			if a.Uint64N(4) > 0 { // some are made after the next publication only
				r.Fetch(path)
			}
		}
		var done []string
		for range 1 + a.IntN(3) {
			done = append(done, a.act())
		}
		if a.IntN(8) == 0 {
			r.now = r.now.AddDate(0, 0, 1)
		}
		if err := r.public.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		fresh := newReaders(t, a.store, hub, func(d *public.Deps) { d.Now = func() time.Time { return r.now } })
		for _, path := range fresh.public.Addresses() {
			addresses[path] = true
		}
		last := round == rounds-1
		for _, path := range slices.Sorted(maps.Keys(addresses)) {
			if !last && a.IntN(3) > 0 { // all take long, and what is stale stays so for a while
				continue
			}
			got, want := r.Fetch(path), fresh.Fetch(path)
			if diff := cmp.Diff(want.Header, got.Header); diff != "" || got.Status != want.Status || !bytes.Equal(got.Body, want.Body) {
				t.Errorf("after %q %s is not what it would be if made anew: %d, %d\n%s\n%s", done, path, got.Status, want.Status, diff, cmp.Diff(string(want.Body), string(got.Body)))
			}
		}
		if t.Failed() {
			return
		}
	}
}

// authors do what editors of a site do, by chance.
type authors struct {
	*rand.Rand
	store   *publictest.Store
	entries []string
	topics  []string // ids
	slugs   map[string][]string
	live    map[string]bool // id and language
	changes int
}

func newAuthors(seed uint64) *authors {
	a := &authors{Rand: rand.New(rand.NewPCG(seed, 7)), store: publictest.Shop(), slugs: map[string][]string{}, live: map[string]bool{}}
	a.topics = []string{"topic-orders", "topic-newsletter", "topic-account", "topic-secret-plans", ""}
	for _, slug := range []string{"payment-data", "parcel", "opens", "postcards", "unsubscribe", "delete-account"} {
		a.entries = append(a.entries, "entry-"+slug)
		a.slugs["entry-"+slug] = []string{slug}
		a.live["entry-"+slug+"de"] = slug != "postcards"
	}
	a.entries = append(a.entries, "policy-privacy")
	a.slugs["policy-privacy"] = []string{"privacy"}
	return a
}

// further are addresses that no list has: parts, old versions, comparisons, days of the past, searches.
func (a *authors) further() []string {
	var list []string
	for _, lang := range []string{"de", "en"} {
		for id, slugs := range a.slugs {
			folder := "/faq/"
			if id[:6] == "policy" {
				folder = "/policies/"
			}
			for _, slug := range slugs {
				at := "/" + lang + folder + slug
				list = append(list, at, at+"/versions", at+"/v1", at+"/v2", at+"/v1...v2", at+".atom", at+".json", "/embed"+at, "/embed"+at+".html", "/oembed"+at+".json",
					"/"+lang+"/as-of/2026-11-10"+folder+slug, "/"+lang+"/as-of/2026-11-22"+folder+slug)
			}
		}
		for _, end := range []string{"/search?q=paket", "/search?q=wort+daten", "/search?q=titel", "/since?date=2025-01-01", "/since?change=shorter", "/as-of/2026-11-22/", "/coverage", "/nothing"} {
			list = append(list, "/"+lang+end)
		}
	}
	return append(list, "/logo/"+logoHash+".png")
}

func one[T any](a *authors, of ...T) T { return of[a.IntN(len(of))] }

// act does one thing and tells what.
func (a *authors) act() string {
	id, lang := one(a, a.entries...), one(a, content.Lang("de"), "en")
	switch n := a.IntN(20); n {
	case 0, 1, 2, 3, 4:
		return a.publish(a.text(id, lang))
	case 5:
		return a.publish(a.text(id, lang), a.text(one(a, a.entries...), lang), a.text(id, one(a, content.Lang("de"), "en")))
	case 6, 7:
		return a.publish(publictest.Piece{Entry: content.Entry{ID: id}, Lang: lang, Withdraw: "Weg."})
	case 8:
		name := "neu-" + strconv.Itoa(len(a.entries))
		a.entries, a.slugs["entry-"+name] = append(a.entries, "entry-"+name), []string{name}
		piece := a.text("entry-"+name, lang)
		piece.Entry = content.Entry{ID: "entry-" + name, Kind: content.FAQ, Slug: name, Topic: one(a, a.topics...), Position: a.IntN(4)}
		return a.publish(piece)
	case 9, 10:
		slug := one(a, append(a.slugs[id], id+"-"+strconv.Itoa(a.changes))...)
		a.changes++
		a.store.Rename(id, slug)
		if !slices.Contains(a.slugs[id], slug) {
			a.slugs[id] = append(a.slugs[id], slug)
		}
		return "rename " + id + " to " + slug
	case 11, 12, 13:
		if id == "policy-privacy" {
			return "nothing"
		}
		topic, position := one(a, a.topics...), a.IntN(4)
		a.store.Move(id, topic, position)
		return fmt.Sprintf("move %s to %s %d", id, topic, position)
	case 14:
		post := content.PostLink{Network: "x", URL: "https://x.example/" + strconv.Itoa(a.changes), Lang: lang, At: publictest.At("2026-11-21")}
		a.store.Post(one(a, "change-first", "change-shorter", "change-typo"), post)
		return "post"
	default:
		return a.setUp(n)
	}
}

// setUp changes what is seldom changed.
func (a *authors) setUp(n int) string {
	a.changes++
	switch n {
	case 15:
		a.store.Explain(slices.Repeat([]content.Term{{ID: "term-1", Lang: "de", Term: "Paket", Explanation: "Das " + strconv.Itoa(a.changes)}}, a.IntN(2))...)
		return "terms"
	case 16:
		title := "Thema " + strconv.Itoa(a.changes)
		a.topics = append(a.topics, a.store.AddTopic("t"+strconv.Itoa(a.changes), content.Text{"de": title}))
		return "add " + title
	case 17:
		id := one(a, a.topics...)
		a.store.ChangeTopic(id, func(t *content.Topic) {
			t.Title, t.Position = content.Text{"de": "Anders " + strconv.Itoa(a.changes)}, a.IntN(5)
		})
		return "change topic " + id
	case 18:
		what := one(a, 0, 1, 2)
		a.store.Set(func(s *content.Settings) {
			switch what {
			case 0:
				s.ShowLag = !s.ShowLag
			case 1:
				s.Languages = one(a, []content.Lang{"de", "en"}, []content.Lang{"en", "de"}, []content.Lang{"de"})
			default:
				s.Look.Accent, s.Featured = one(a, content.Colour("#7a1f1f"), "#1f4f1f"), []string{one(a, a.entries...)}
			}
		})
		return "settings " + strconv.Itoa(what)
	default:
		a.store.SetLogo(content.Logo{LogoRef: content.LogoRef{Hash: logoHash, Width: 80 + a.changes, Height: 40}, PNG: []byte("png")})
		return "logo"
	}
}

// text is a new version with one of few titles and choices.
func (a *authors) text(id string, lang content.Lang) publictest.Piece {
	w := content.Writing{
		Title: one(a, "Titel eins?", "Titel zwei?", "Ein Paket?"), ShortAnswer: "Wort " + strconv.Itoa(a.IntN(100)) + ".", Body: "Ein Paket mit Daten.",
		Choices: slices.Repeat([]content.Choice{{Label: "Tun", URL: "https://shop.example/" + strconv.Itoa(a.IntN(2))}}, a.IntN(2)),
	}
	if id == "policy-privacy" {
		w.Sections = []content.Section{{ID: one(a, "eins", "rechte"), Heading: "Eins", Body: "Daten.", Summary: "Kurz."}}
	}
	piece := publictest.Piece{Entry: content.Entry{ID: id}, Lang: lang, Text: w}
	if a.IntN(4) == 0 {
		piece.Facts = &content.Facts{Data: []content.Text{{"de": "Nummer " + strconv.Itoa(a.IntN(3)), "en": "Number"}}}
	}
	return piece
}

// publish makes a change of pieces public; several of one text are one.
func (a *authors) publish(pieces ...publictest.Piece) string {
	a.changes++
	slug := "c" + strconv.Itoa(a.changes)
	change := content.Change{
		Slug: slug, Title: content.Text{"de": slug}, Why: content.Text{"de": "Darum.", "en": "Because."}, Materiality: one(a, content.Material, content.Editorial),
		PublishedAt: publictest.At("2026-11-20").Add(time.Duration(a.changes) * time.Minute),
	}
	if a.IntN(5) == 0 {
		change.EffectiveDate = "2026-11-26"
	}
	told := slug
	var unique []publictest.Piece
	for _, piece := range pieces {
		name := piece.Entry.ID + string(piece.Lang)
		if piece.Withdraw != "" && !a.live[name] {
			continue
		}
		a.live[name] = piece.Withdraw == ""
		if !slices.ContainsFunc(unique, func(p publictest.Piece) bool { return p.Entry.ID == piece.Entry.ID && p.Lang == piece.Lang }) {
			unique = append(unique, piece)
			told += fmt.Sprintf(" %s %s %s", piece.Entry.ID, piece.Lang, piece.Withdraw)
		}
	}
	a.store.Publish(change, unique...)
	return told
}
