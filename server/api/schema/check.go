package schema

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"klartext/content"
)

// maxProblems bounds how much is said about one hostile body.
const maxProblems = 50

// maxShown is how much of a wrong value or name is repeated to its sender, in letters.
const maxShown = 80

// Check holds JSON against a schema of the set. It answers with a *content.Error of kind Invalid that names every field
// that is unknown, missing, of the wrong type or not one of the values allowed.
func (s *Set) Check(body []byte, want *Schema) error {
	doc, err := parse(body)
	if err != nil {
		return err
	}
	c := checker{named: s.Named}
	c.value("", doc, want)
	if len(c.problems) == 0 {
		return nil
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: c.problems}
}

type checker struct {
	named    map[string]*Schema
	problems []content.FieldError
}

func (c *checker) add(field string, code content.Code, args content.Args) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, content.FieldError{Field: cut(field), Code: code, Args: args})
	}
}

func (c *checker) value(path string, doc document, want *Schema) {
	want = c.resolve(doc, want)
	have := typeOf(doc)
	if !slices.Contains(want.Type, have) && (have != "integer" || !slices.Contains(want.Type, "number")) {
		c.add(path, CodeType, content.Args{"Have": have, "Want": want.Type.words()})
		return
	}
	switch doc := doc.(type) {
	case string:
		c.text(path, doc, want)
	case []any:
		for i, item := range doc {
			c.value(under(path, strconv.Itoa(i)), item, want.Items)
		}
	case map[string]any:
		c.object(path, doc, want)
	}
}

// resolve follows references, and of two possibilities takes the one that fits null.
func (c *checker) resolve(doc document, want *Schema) *Schema {
	if len(want.AnyOf) > 0 {
		if doc == nil {
			return want.AnyOf[len(want.AnyOf)-1]
		}
		want = want.AnyOf[0]
	}
	if want.Ref != "" {
		return c.named[strings.TrimPrefix(want.Ref, Prefix)]
	}
	return want
}

func (c *checker) text(path, s string, want *Schema) {
	switch {
	case strings.ContainsRune(s, 0):
		// PostgreSQL keeps no NUL, and nobody can read one.
		c.add(path, content.CodeNotText, nil)
	case len(want.Enum) > 0 && !slices.Contains(want.Enum, s):
		c.add(path, CodeValue, content.Args{"Value": cut(s), "Values": strings.Join(want.Enum, ", ")})
	}
}

func (c *checker) object(path string, doc map[string]any, want *Schema) {
	for _, name := range slices.Sorted(maps.Keys(doc)) {
		switch property, known := want.Properties[name]; {
		case known:
			c.value(under(path, name), doc[name], property)
		case want.Additional != nil:
			c.value(under(path, name), doc[name], want.Additional)
		case want.Closed:
			c.add(under(path, name), CodeUnknown, content.Args{"Name": cut(name)})
		}
	}
	for _, name := range want.Required {
		if _, there := doc[name]; !there {
			c.add(under(path, name), content.CodeRequired, nil)
		}
	}
}

func typeOf(doc document) string {
	switch doc := doc.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case json.Number:
		// What does not fit into 32 bits is no count of anything here.
		if _, err := strconv.ParseInt(doc.String(), 10, 32); err == nil {
			return "integer"
		}
		return "number"
	}
	return "object"
}

// cut keeps an answer short when somebody sends a megabyte where a word belongs.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= maxShown {
		return s
	}
	return string([]rune(s)[:maxShown]) + "…"
}
