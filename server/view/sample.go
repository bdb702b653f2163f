package view

import (
	"reflect"
	"time"
)

// publicPages are the pages for readers and what each is made of.
func publicPages() map[string]any {
	return map[string]any{
		"public/about": &AboutPage{}, "public/ask": &AskPage{}, "public/asof": &AsOfPage{}, "public/asof_topic": &AsOfTopicPage{}, "public/change": &ChangePage{},
		"public/changes": &ChangesPage{}, "public/compare": &ComparePage{}, "public/coverage": &CoveragePage{}, "public/entry": &EntryPage{}, "public/front": &FrontPage{},
		"public/glossary": &GlossaryPage{}, "public/missing": &MissingPage{}, "public/policy": &EntryPage{}, "public/receipt": &ReceiptPage{}, "public/search": &SearchPage{},
		"public/search_static": &StaticSearchPage{}, "public/since": &SincePage{}, "public/tombstone": &TombstonePage{}, "public/topic": &TopicPage{},
		"public/versions": &HistoryPage{}, "public/vote": &VotePage{},
	}
}

// sample is a page of which every field says something.
func sample(page any) any {
	full := reflect.New(reflect.TypeOf(page).Elem())
	fill(full.Elem())
	return full.Interface()
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
