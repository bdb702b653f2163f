package view

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"klartext/content"
)

// rooms are the pages of this package's own admin rooms and what each is made of.
func rooms() map[string]any {
	return map[string]any{
		"admin/login": &LoginPage{}, "admin/enter": &EnterPage{}, "admin/ended": &EndedPage{}, "admin/account": &AccountPage{},
		"admin/users": &UsersPage{}, "admin/user": &UserPage{}, "admin/audit": &AuditPage{}, "admin/settings": &SettingsPage{}, "admin/look": &LookPage{}, "admin/questions": &QuestionsPage{}, "admin/question": &QuestionPage{}, "admin/votes": &VotesPage{},
		"admin/channels": &ChannelsPage{}, "admin/channel": &ChannelPage{}, "admin/consent": &ConsentPage{}, "admin/consent_end": &ConsentEndPage{}, "admin/deliveries": &DeliveriesPage{},
		"admin/delivery": &DeliveryPage{}, "admin/error": &ErrorPage{}, "admin/gates": &GatesPage{}, "admin/glossary": &TermsPage{}, "admin/clarity": &ClarityPage{},
		"admin/text_check": &TextCheckPage{},
	}
}

// A field that a template names and its type has not shows only in the branch
// where it stands; so each page is made twice, of nothing and of everything.
func TestTemplatesFitTheirTypes(t *testing.T) {
	v := mustViews(t)
	for page, data := range rooms() {
		reflect.ValueOf(data).Elem().FieldByName("User").Set(reflect.ValueOf(&content.User{}))
		for _, lang := range v.Langs() {
			if err := v.Render(&bytes.Buffer{}, lang, page, data); err != nil {
				t.Errorf("empty: %v", err)
			}
			if err := v.Render(&bytes.Buffer{}, lang, page, sample(data)); err != nil {
				t.Errorf("full: %v", err)
			}
		}
	}
}

// A theme is tried on these, so that every page of readers must be among them and render.
func TestPagesOfReadersFitTheirTypes(t *testing.T) {
	v := mustViews(t)
	tried := publicPages()
	for page := range v.pages["en"] {
		if _, there := tried[page]; strings.HasPrefix(page, publicArea+"/") && !there {
			t.Errorf("%s has no row", page)
		}
	}
	for page, data := range tried {
		for _, lang := range v.Langs() {
			for _, values := range []any{data, sample(data)} {
				if err := v.Render(&bytes.Buffer{}, lang, page, values); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// A page that no handler names is dead, and so is a name without a page.
func TestEveryPageIsServed(t *testing.T) {
	var code strings.Builder
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		body, err := os.ReadFile(path)
		code.Write(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for page := range mustViews(t).pages["en"] {
		if !strings.Contains(code.String(), `"`+page+`"`) {
			t.Errorf("no handler names the page %q", page)
		}
	}
}
