package view

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

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
			full := reflect.New(reflect.TypeOf(data).Elem())
			fill(full.Elem())
			if err := v.Render(&bytes.Buffer{}, lang, page, full.Interface()); err != nil {
				t.Errorf("full: %v", err)
			}
		}
	}
}

// fill puts something into every field.
func fill(v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)))
		return
	case reflect.TypeFor[*time.Location]():
		v.Set(reflect.ValueOf(time.UTC))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(2)
	case reflect.Struct:
		for _, field := range v.Fields() {
			if field.CanSet() {
				fill(field)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i))
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf("x"))
		}
	default:
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
