package public

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"klartext/content"
	"klartext/server/public/publictest"
)

// feedAt gives a feed's bytes, whether it is laid or made on demand.
func feedAt(t testing.TB, h *Handlers, path string) string {
	t.Helper()
	s := h.current.Load()
	if _, laid := s.pages[path]; laid {
		return bytesOf(t, h, path)
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	slug, format, _ := feedOf(parts[2])
	lang := content.Lang(parts[0])
	build := h.topicFeedAt(s, lang, slug, format)
	if kind, ok := kindIn(parts[1]); ok {
		build, _ = h.entryFeedAt(s, lang, kind, slug, format)
	}
	if build == nil {
		t.Fatalf("there is no feed %s", path)
	}
	doc, err := build(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return string(doc.body)
}

func TestFeeds(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	refresh(t, h)
	for path, file := range map[string]string{
		"/de/changes.atom": "changes.de.atom", "/en/changes.atom": "changes.en.atom", "/de/changes.rss": "changes.de.rss", "/en/changes.json": "changes.en.json",
		"/de/changes.ics":           "changes.de.ics",
		"/de/faq/payment-data.atom": "payment.de.atom", "/de/faq/postcards.atom": "postcards.de.atom", "/de/topics/newsletter.rss": "newsletter.de.rss",
	} {
		got, golden := feedAt(t, h, path), filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs from %s:\n%s", path, golden, diff)
		}
	}
}

// TestFeedIdsStay: a new slug, a new title, a new address of the site or a later post must not give readers everything twice.
func TestFeedIdsStay(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	refresh(t, h)
	before := idsAndDates(t, feedAt(t, h, "/de/faq/payment-data.atom"))
	store.Rename("entry-payment-data", "paying")
	store.Post("change-shorter", content.PostLink{Network: "x", URL: "https://x.example/9", At: publictest.At("2026-11-22")})
	h.deps.BaseURL = "https://elsewhere.example"
	refresh(t, h)
	if diff := cmp.Diff(before, idsAndDates(t, feedAt(t, h, "/de/faq/paying.atom"))); diff != "" {
		t.Errorf("after a rename and a move the feed tells everything again:\n%s", diff)
	}
}

func idsAndDates(t *testing.T, feed string) map[string]string {
	t.Helper()
	var parsed struct {
		Entries []struct {
			ID        string `xml:"id"`
			Published string `xml:"published"`
			Updated   string `xml:"updated"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(feed), &parsed); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, entry := range parsed.Entries {
		found[entry.ID] = entry.Published + " " + entry.Updated
	}
	if len(found) != len(parsed.Entries) || len(found) == 0 {
		t.Fatalf("%d ids for %d items", len(found), len(parsed.Entries))
	}
	return found
}

// The three formats are one feed: the same ids, the same times, the same story.
func TestFormatsSayTheSame(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	h.deps.Hub = "https://hub.example/"
	refresh(t, h)
	for _, base := range []string{"/de/changes", "/en/changes", "/de/faq/payment-data", "/de/policies/privacy", "/de/topics/orders", "/de/topics/newsletter"} {
		var atom struct {
			Links []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				ID      string `xml:"id"`
				Updated string `xml:"updated"`
				Content string `xml:"content"`
			} `xml:"entry"`
		}
		var rss struct {
			Items []struct {
				GUID string `xml:"guid"`
				Date string `xml:"pubDate"`
				HTML string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
			} `xml:"channel>item"`
		}
		var js jsonFeed
		must(t, xml.Unmarshal([]byte(feedAt(t, h, base+".atom")), &atom))
		must(t, xml.Unmarshal([]byte(feedAt(t, h, base+".rss")), &rss))
		must(t, json.Unmarshal([]byte(feedAt(t, h, base+".json")), &js))
		if len(atom.Entries) == 0 || len(rss.Items) != len(atom.Entries) || len(js.Items) != len(atom.Entries) {
			t.Fatalf("%s: %d, %d and %d items", base, len(atom.Entries), len(rss.Items), len(js.Items))
		}
		for i, entry := range atom.Entries {
			date, err := time.Parse(time.RFC1123Z, rss.Items[i].Date)
			must(t, err)
			if rss.Items[i].GUID != entry.ID || js.Items[i].ID != entry.ID || stamp(date) != entry.Updated || js.Items[i].Published != entry.Updated {
				t.Errorf("%s: item %d is %s of %s in Atom, %s of %s in RSS, %s of %s in JSON", base, i, entry.ID, entry.Updated, rss.Items[i].GUID, rss.Items[i].Date, js.Items[i].ID, js.Items[i].Published)
			}
			if rss.Items[i].HTML != entry.Content || js.Items[i].HTML != entry.Content {
				t.Errorf("%s: item %d tells three stories", base, i)
			}
			if i > 0 && entry.Updated > atom.Entries[i-1].Updated {
				t.Errorf("%s: item %d is newer than the one before", base, i)
			}
		}
		if atom.Links[2].Rel != "hub" || atom.Links[2].Href != "https://hub.example/" || len(js.Hubs) != 1 {
			t.Errorf("%s does not name its hub", base)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFeedTellsWordByWord(t *testing.T) {
	h := newHandlers(t, publictest.Shop())
	refresh(t, h)
	var js jsonFeed
	must(t, json.Unmarshal([]byte(feedAt(t, h, "/de/changes.json")), &js))
	html := js.Items[2].HTML
	for _, want := range []string{"<del>zwölf</del><ins>sechs</ins>", "<ins>6 Monate", "kürzer als zuvor", `href="https://daten.shop.example/de/faq/payment-data/v1...v2"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the story does not hold %q:\n%s", want, html)
		}
	}
	if strings.Contains(html, `href="/`) || strings.Contains(html, "class=") || strings.Contains(html, "[public.") {
		t.Errorf("the story is not fit for elsewhere:\n%s", html)
	}
}

func TestElsewhere(t *testing.T) {
	for source, want := range map[string]string{
		`<p id="a">x &amp; y <a href="/de/">z</a></p>`:              `<p>x &amp; y <a href="https://b.example/de/">z</a></p>`,
		`<a href="//evil.example/">z</a><a href="mailto:a@b">m</a>`: `<a href="//evil.example/">z</a><a href="mailto:a@b">m</a>`,
		`<a href="#s">z</a><img src="/media/a.png" alt="">`:         `<a href="https://b.example/de/faq/x#s">z</a><img src="https://b.example/media/a.png" alt="">`,
		`a < b`: `a < b`, ``: ``,
	} {
		if got, err := elsewhere(source, "https://b.example", "/de/faq/x"); err != nil || got != want {
			t.Errorf("%s became %s (%v), want %s", source, got, err, want)
		}
	}
}

func TestCalendarLines(t *testing.T) {
	store := publictest.Shop()
	long := strings.Repeat("Übergrößenträger, ", 20) + "\\ ; \n" + strings.Repeat("🦊", 40) + "\x07"
	store.Publish(content.Change{
		Slug: "long", PublishedAt: publictest.At("2026-11-12"), EffectiveDate: "2027-02-28", Materiality: content.Material,
		Title: content.Text{"de": long}, Summary: content.Text{"de": long}, Why: content.Text{"de": long},
	})
	h := newHandlers(t, store)
	refresh(t, h)
	text := feedAt(t, h, "/de/changes.ics")
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Contains(text, "\x07") {
		t.Error("a line ends without CR LF, or a control character is in it")
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		if len(lines.Bytes()) > foldAt || !strings.Contains("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", lines.Text()[:1]) || strings.ToValidUTF8(lines.Text(), "?") != lines.Text() {
			t.Errorf("a line of %d octets: %q", len(lines.Bytes()), lines.Text())
		}
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	title := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\x07", "").Replace(long)
	for _, want := range []string{
		"SUMMARY;LANGUAGE=de:Gilt ab heute: " + title + "\r\n", "DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n",
		"UID:change-long-de@daten.shop.example-2026-01-01-kornblum\r\nSEQUENCE:0\r\nDTSTAMP:20261112T100000Z\r\n",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
	if strings.Count(text, "BEGIN:VEVENT") != 2 || strings.Contains(text, "imported") {
		t.Errorf("%d events", strings.Count(text, "BEGIN:VEVENT"))
	}
	empty := newHandlers(t, publictest.New(content.Text{"de": "Leer"}))
	refresh(t, empty)
	if got := feedAt(t, empty, "/en/changes.ics"); !strings.Contains(got, "BEGIN:VTIMEZONE") {
		t.Errorf("a calendar must hold something: %s", got)
	}
}

// What readers can follow shows on every page, and goes when it goes.
func TestAccountsShow(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	refresh(t, h)
	before := bytesOf(t, h, "/de/faq/parcel")
	store.Follow(content.PublicAccount{Network: "x", Handle: "@shop", URL: "https://x.com/shop", Languages: []content.Lang{"en"}},
		content.PublicAccount{Network: "mastodon", Handle: "@shop@social.example", URL: "https://social.example/@shop", Languages: []content.Lang{"de"}})
	refresh(t, h)
	for _, path := range []string{"/de/", "/de/faq/parcel", "/de/changes", "/en/changes/shorter", "/en/policies/privacy"} {
		page := bytesOf(t, h, path)
		if !strings.Contains(page, `<a href="https://social.example/@shop" rel="me noreferrer"`) || !strings.Contains(page, `href="https://x.com/shop"`) {
			t.Errorf("%s does not lead to the accounts", path)
		}
	}
	if page := bytesOf(t, h, "/de/changes"); strings.Index(page, "@shop@social") > strings.Index(page, "@shop bei X") {
		t.Error("the German account does not come first for German readers")
	}
	store.Follow()
	refresh(t, h)
	if after := bytesOf(t, h, "/de/faq/parcel"); after != before {
		t.Error("an account that is gone still shows")
	}
}
