package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"klartext/publishers/publishertest"
)

// TestAPersonAnnounces writes what goes to the networks, in a real browser: has
// it proposed, sees it counted while typing, uploads a picture with its
// descriptions, makes a thread. What the page says, what the API says and what
// the networks get in the end must be one number.
func TestAPersonAnnounces(t *testing.T) {
	t.Parallel()
	mastodon := publishertest.NewMastodon(publishertest.MastodonOptions{Token: "token-of-the-shop"})
	mastodon.Start(t)
	x := publishertest.NewX(publishertest.XOptions{})
	x.Start(t)
	site := serveDemo(t, "--allow-private-network", "--x-api-url", x.URL)
	site.robot(t, "admin").connect(mastodon, x)
	author := site.robot(t, "author")
	long := strings.Repeat("It asks first, and you may refuse. ", 9)
	change := author.draft("steps", object{"de": "Unsere App kann Schritte zählen, z. B. am 3. März. Sie fragt vorher.", "en": "Our app can count steps. " + long})

	b := site.as(t, "author")
	b.open("/admin/changes/" + change)
	proposeByButton(b)
	countWhileTyping(b, x.Length, site.base+"/en/changes/steps")
	uploadPicture(b)
	writeThread(b)
	b.open("/admin/changes/" + change)
	b.picture("announce-saved")
	lengths := sameNumbers(b, author, change)

	site.publish(t, author, change)
	posts := awaitPosts(t, author, change, mastodon.Posts, 4)
	for _, post := range posts {
		wantLength(t, lengths, mastodon.Length(post.Text)+mastodon.Length(post.Warning), post.Text)
	}
	tweets := awaitPosts(t, author, change, x.Posts, 1)
	wantLength(t, lengths, x.Length(tweets[0].Text), tweets[0].Text)
	wantPictureAndThread(t, append(posts, tweets...))
	seeInEnglish(site.as(t, "approver"), change)
	reader := newBrowser(t, site.base)
	reader.open("/de/changes/steps")
	reader.wants("dl.margin", "Kurzzeichen", author.call("GET", "/changes/"+change, nil)["hash"].(string)[:8])
	reader.picture("announce-public")
}

// wantPictureAndThread holds what came against what was written: one picture with each English post, and replies in their order.
func wantPictureAndThread(t *testing.T, posts []publishertest.Held) {
	t.Helper()
	byText := map[string]publishertest.Held{}
	for _, post := range posts {
		first, _, _ := strings.Cut(post.Text, "\n")
		byText[first] = post
	}
	for _, first := range []string{"Mine stays.", "Our app 😀 counts."} {
		if pictures := byText[first].Pictures; len(pictures) != 1 || pictures[0].Alt != "A door with a lock, half open." {
			t.Errorf("%q came with %+v", first, pictures)
		}
	}
	one, two, three := byText["Unsere App kann Schritte zählen."], byText["Sie fragt vorher."], byText["Und Sie können Nein sagen."]
	if one.ID == "" || two.ReplyTo != one.ID || three.ReplyTo != two.ID || len(two.Pictures) > 0 {
		t.Errorf("the thread is %+v, %+v, %+v", one, two, three)
	}
	if one.Warning != "Datenschutz" || three.Warning != "Datenschutz" || !strings.Contains(one.Text, "ref ") || strings.Contains(two.Text, "ref ") {
		t.Errorf("warnings and reference: %+v, %+v, %+v", one, two, three)
	}
}

// seeInEnglish shows what was announced to somebody who reads English.
func seeInEnglish(b *browser, change string) {
	b.t.Helper()
	b.open("/admin/account")
	b.js(`document.querySelector("form[action$=language] select").value = "en"`)
	b.press("form[action$=language] button")
	b.open("/admin/changes/" + change)
	b.wants("#announcements", "part 2 of 3", "Hidden behind: Datenschutz", "Description: A door with a lock", "costs 0.015 US dollars")
	b.picture("announce-published")
}

// row is the announcement for one channel and language.
func row(channel, lang string) string {
	return fmt.Sprintf(`[data-of="%s/%s"]`, channel, lang)
}

const (
	mastodonRow = "Mastodon des Ladens"
	xRow        = "X des Ladens"
)

func proposeByButton(b *browser) {
	b.t.Helper()
	b.fill(row(mastodonRow, "en")+" [name$='.text']", "Mine stays.")
	b.press("button[formaction*=proposals]")
	b.wants("#announcements .note", "2 Vorschläge")
	b.wants(row(xRow, "en"), "Sätze aus der Zusammenfassung", "US-Dollar")
	if text := b.js(fmt.Sprintf(`document.querySelector(%q).value`, row(mastodonRow, "en")+" [name$='.text']")); text != "Mine stays." {
		b.t.Errorf("a proposal took the place of %q", text)
	}
	text := b.js(fmt.Sprintf(`document.querySelector(%q).value`, row(xRow, "en")+" [name$='.text']"))
	if !strings.HasPrefix(text, "Our app can count steps. It asks") || !strings.HasSuffix(text, "refuse.") {
		b.t.Errorf("%q is cut within a sentence", text)
	}
	b.picture("announce-proposed")
}

// countWhileTyping sees a post counted as it is typed, with its link and without.
func countWhileTyping(b *browser, length func(string) int, permalink string) {
	b.t.Helper()
	const post = "Our app 😀 counts."
	text := row(xRow, "en") + " [name$='.text']"
	b.js(fmt.Sprintf(`document.querySelector(%q).value = ""`, text))
	b.do(chromedp.SendKeys(text, post))
	counted := func(what string, n int) {
		b.t.Helper()
		b.until(what, fmt.Sprintf(`document.querySelector(%q).textContent === "%d von 280 Zeichen"`, row(xRow, "en")+" [data-count]", n))
	}
	counted("the post is counted", length(post+"\n\n"+permalink))
	b.js(fmt.Sprintf(`document.querySelector(%q).click(), ""`, row(xRow, "en")+" [name$='.link']"))
	counted("without the link", length(post))
}

func uploadPicture(b *browser) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "door.png")
	out, err := os.Create(file)
	if err != nil {
		b.t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for i := range 640 * 360 {
		img.Set(i%640, i/640, color.RGBA{R: uint8(i % 251), G: uint8(i / 640), B: 120, A: 255})
	}
	if err := png.Encode(out, img); err != nil {
		b.t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.unfold("#f-file")
	b.do(chromedp.SetUploadFiles("#f-file", []string{file}))
	b.press("button[formaction*=pictures]")
	b.wants("#problems", "beschreiben Sie das Bild")
	b.picture("announce-no-alt")
	b.do(chromedp.SetUploadFiles("#f-file", []string{file}))
	b.fill("#f-alt-en", "A door with a lock, half open.")
	b.press("button[formaction*=pictures]")
	b.wants("#announcements .note", "2 Ankündigungen zeigen es")
	b.wants(row(xRow, "en")+" .as-sent figcaption", "A door with a lock")
	if n := b.js(`String([...document.querySelectorAll(".as-sent img")].filter((i) => i.complete && i.naturalWidth === 320).length)`); n != "2" {
		b.t.Errorf("%s pictures are seen, want 2\nat %s", n, b.where())
	}
	if disabled := b.js(fmt.Sprintf(`String(document.querySelector(%q).disabled)`, row(mastodonRow, "de")+" [name$='.media']")); disabled != "true" {
		b.t.Error("a picture without a German description can be chosen for a German post")
	}
}

func writeThread(b *browser) {
	b.t.Helper()
	german := row(mastodonRow, "de")
	b.unfold(german + " [name$='.thread']")
	b.fill(german+" [name$='.text']", "Unsere App kann Schritte zählen.\n---\nSie fragt vorher.\n---\nUnd Sie können Nein sagen.")
	b.fill(german+" [name$='.content_warning']", "Datenschutz")
	b.js(fmt.Sprintf(`document.querySelector(%q).click(), document.querySelector(%q).click(), ""`, german+" [name$='.reference']", german+" [name$='.thread']"))
	b.until("three posts are shown", fmt.Sprintf(`document.querySelectorAll(%q).length === 3`, german+" .as-sent"))
	b.picture("announce-thread")
	b.press("#announcements button[data-save]")
	b.wants("main > .note", "gespeichert")
}

// sameNumbers compares what the page and the API say about each announcement, and answers the length of every post by its text.
func sameNumbers(b *browser, author *robot, change string) map[string]int {
	b.t.Helper()
	lengths := map[string]int{}
	announced := author.call("GET", "/changes/"+change, nil)["announcements"].([]any)
	if len(announced) != 3 {
		b.t.Fatalf("%d announcements are saved", len(announced))
	}
	for _, one := range announced {
		a := one.(object)
		name := map[any]string{"mastodon": mastodonRow, "x": xRow}[a["network"]]
		box := row(name, a["lang"].(string))
		b.wants(box+" [data-count]", fmt.Sprintf("%v von %v Zeichen", a["length"], a["limit"]))
		for i, part := range a["parts"].([]any) {
			text := part.(object)["text"].(string)
			lengths[text] = int(part.(object)["length"].(float64))
			shown := b.js(fmt.Sprintf(`document.querySelectorAll(%q)[%d].textContent`, box+" .post", i))
			if shown != text {
				b.t.Errorf("the page shows %q, the API %q", shown, text)
			}
		}
	}
	return lengths
}

// awaitPosts waits until a network holds so many posts.
func awaitPosts(t *testing.T, author *robot, change string, posts func() []publishertest.Held, n int) []publishertest.Held {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), stepTime)
	defer cancel()
	for ctx.Err() == nil {
		if all := posts(); len(all) >= n {
			return all
		}
		author.call("GET", "/changes/"+change, nil) // leaves the machine to the worker meanwhile
	}
	t.Fatalf("%d posts came, want %d: %v", len(posts()), n, author.call("GET", "/deliveries?change="+change, nil))
	return nil
}

func wantLength(t *testing.T, lengths map[string]int, counted int, text string) {
	t.Helper()
	want, known := lengths[text]
	if !known {
		t.Errorf("%q was sent, and none of these was shown: %q", text, slices.Collect(maps.Keys(lengths)))
	}
	if counted != want {
		t.Errorf("%q was said to be %d long, and is %d", text, want, counted)
	}
}
