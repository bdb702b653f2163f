package admin_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/locale"
	"klartext/server/view"
)

// Ids that are put together while a page is made are found by no search of the source: each must have its words.
func TestWordsThatAreMadeUp(t *testing.T) {
	catalog, err := locale.Load()
	check(t, err)
	var ids []string
	for _, s := range []view.Status{view.StatusNone, view.StatusDraft, view.StatusLive, view.StatusNewer, view.StatusWithdrawn} {
		ids = append(ids, "entry.status_"+string(s))
	}
	for _, s := range []content.State{content.Draft, content.InReview, content.Approved, content.Scheduled, content.Published, content.Cancelled} {
		ids = append(ids, "state."+string(s), "change.now_"+string(s))
	}
	for _, s := range content.Sides() {
		ids = append(ids, "editor.side_"+string(s))
	}
	for _, p := range []compare.PartName{
		compare.Title, compare.ShortAnswer, compare.Body, compare.Examples, compare.Perspectives, compare.Choices, compare.Sections, compare.Summary,
	} {
		ids = append(ids, "editor.part_"+string(p))
	}
	for _, row := range compare.Rows(nil, "en", catalog.Printer("en")) {
		ids = append(ids, "fact."+row.Name)
	}
	for unit := range strings.FieldsSeq("D W M Y iso") {
		ids = append(ids, "facts.unit_"+unit)
	}
	for letter := range strings.SplitSeq("abcdef", "") {
		ids = append(ids, "facts.gdpr_6_1_"+letter)
	}
	ids = append(ids, "change."+string(content.Material), "change."+string(content.Editorial))
	ids = append(ids, notes(t)...)
	for _, lang := range catalog.Langs() {
		for _, id := range ids {
			if said := catalog.Printer(lang).T(id); said == "["+id+"]" || said == "" {
				t.Errorf("%s has no words for %s", lang, id)
			}
		}
	}
}

// notes lists the messages that handlers ask the next page to show.
func notes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	check(t, err)
	asked := regexp.MustCompile(`(?:SeeOther\(c, .*|h\.step\(c|h\.decide\(c), "([a-z_]+)"`)
	var ids []string
	for _, file := range files {
		source, err := os.ReadFile(file)
		check(t, err)
		for _, m := range asked.FindAllStringSubmatch(string(source), -1) {
			ids = append(ids, "note."+m[1])
		}
	}
	if len(ids) < 20 {
		t.Fatalf("found only %v", ids)
	}
	return ids
}

// Every page in German, too: the same structure, and no English sentence where there is a German one.
func TestEveryPageInGerman(t *testing.T) {
	d := newDesk(t)
	d.channel(t, "Unser Laden", "de", "en")
	at, entry := d.approved(t)
	user := d.users[content.Approver]
	_, err := d.store.UpdateUser(t.Context(), user.ID, func(u *content.User, _ int) error { u.Lang = "de"; return nil },
		content.NewAudit(content.System(), d.now, "user.update", user.ID, nil))
	check(t, err)
	revision := d.page(t, content.Author, "/admin/entries/"+entry+"/text/en").Find(".revisions a").First().AttrOr("href", "")
	for _, path := range []string{
		"/admin/entries", "/admin/entries/new", "/admin/topics", "/admin/changes", "/admin/changes/new", "/admin/changes?state=cancelled",
		at, at + "?edit=1", revision, "/admin/entries/" + entry + "/text/de", "/admin/entries/" + entry + "/text/en",
		"/admin/entries/" + entry + "/facts", "/admin/entries/" + entry + "/settings",
	} {
		s := d.page(t, content.Approver, path)
		if lang := s.Find("html").AttrOr("lang", ""); lang != "de" {
			t.Errorf("%s is in %q", path, lang)
		}
		for _, word := range []string{" the ", "Save", "Cancel"} {
			if strings.Contains(" "+s.text("main :not([lang=en])"), word) {
				t.Errorf("%s says %q in German", path, word)
			}
		}
	}
}
