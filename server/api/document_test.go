package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// document is the OpenAPI document as a client reads it, with a check of its
// own that shares no code with the one in the API.
type document struct {
	paths, schemas object
}

func readDocument(t *testing.T, w *world) document {
	t.Helper()
	res, err := w.app.Test(w.toSite(http.MethodGet, "/api/openapi.json", ""), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var parsed object
	if err := json.NewDecoder(res.Body).Decode(&parsed); err != nil {
		t.Fatal(err)
	}
	if parsed["openapi"] != "3.1.0" || res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("openapi %v, headers %v", parsed["openapi"], res.Header)
	}
	components, _ := parsed["components"].(object)
	return document{paths: parsed["paths"].(object), schemas: components["schemas"].(object)}
}

// find is the operation that an address and a method belong to.
func (d document) find(method, path string) (object, bool) {
	path, _, _ = strings.Cut(path, "?")
	path = strings.TrimSuffix(path, "/")
	for template, methods := range d.paths {
		pattern := "^" + regexp.MustCompile(`\\{[^}]+\\}`).ReplaceAllString(regexp.QuoteMeta(template), "[^/]+") + "$"
		if regexp.MustCompile(pattern).MatchString(path) {
			if op, ok := methods.(object)[strings.ToLower(method)].(object); ok {
				return op, true // "/channels/{id}" fits "/channels/consents" too
			}
		}
	}
	return nil, false
}

// hold holds a request and its answer against the document.
func (d document) hold(t *testing.T, r request, a answer) {
	t.Helper()
	method := r.method
	if method == http.MethodHead || method == http.MethodOptions {
		return
	}
	op, known := d.find(method, r.path)
	if a.status >= 400 {
		if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
			t.Errorf("%s %s: %d as %q", method, r.path, a.status, kind)
		}
		d.fits(t, r.path+" problem", a.parsed, d.schemas["Problem"])
		return
	}
	if !known {
		t.Errorf("%s %s answered %d and is not in the document", method, r.path, a.status)
		return
	}
	described, ok := dig(op, "responses", fmt.Sprint(a.status)).(object)
	if !ok {
		t.Errorf("%s %s: the document has no answer %d", method, r.path, a.status)
		return
	}
	if schema := dig(described, "content", "application/json", "schema"); schema != nil {
		d.fits(t, r.path, a.parsed, schema)
	} else if len(a.body) > 0 {
		t.Errorf("%s %s: a body where the document has none", method, r.path)
	}
	if schema := dig(op, "requestBody", "content", "application/json", "schema"); schema != nil && r.body != "" {
		var sent any
		if err := json.Unmarshal([]byte(r.body), &sent); err != nil {
			t.Fatal(err)
		}
		d.fits(t, r.path+" request", sent, schema)
	}
}

func dig(value any, names ...string) any {
	for _, name := range names {
		o, ok := value.(object)
		if !ok {
			return nil
		}
		value = o[name]
	}
	return value
}

// fits is the part of JSON Schema that the document uses.
func (d document) fits(t *testing.T, where string, value, schema any) {
	t.Helper()
	s, ok := schema.(object)
	if !ok {
		t.Errorf("%s: no schema", where)
		return
	}
	if ref, ok := s["$ref"].(string); ok {
		d.fits(t, where, value, d.schemas[strings.TrimPrefix(ref, "#/components/schemas/")])
		return
	}
	if either, ok := s["anyOf"].([]any); ok {
		if value != nil {
			d.fits(t, where, value, either[0])
		}
		return
	}
	if types := typesOf(s["type"]); !slices.Contains(types, jsonType(value)) {
		t.Errorf("%s: %v is %s, not %v", where, value, jsonType(value), types)
	}
	if enum, ok := s["enum"].([]any); ok && value != nil && !slices.Contains(enum, value) {
		t.Errorf("%s: %v is none of %v", where, value, enum)
	}
	switch v := value.(type) {
	case []any:
		for i, item := range v {
			d.fits(t, fmt.Sprintf("%s.%d", where, i), item, s["items"])
		}
	case object:
		d.fitsObject(t, where, v, s)
	}
}

func (d document) fitsObject(t *testing.T, where string, value, schema object) {
	t.Helper()
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, there := value[name.(string)]; !there {
			t.Errorf("%s: %v is missing", where, name)
		}
	}
	properties, _ := schema["properties"].(object)
	for _, name := range slices.Sorted(maps.Keys(value)) {
		switch additional := schema["additionalProperties"].(type) {
		case object:
			d.fits(t, where+"."+name, value[name], additional)
		default:
			if property, known := properties[name]; known {
				d.fits(t, where+"."+name, value[name], property)
			} else if additional == false {
				t.Errorf("%s: %s is not in the document", where, name)
			}
		}
	}
}

func typesOf(t any) []string {
	switch t := t.(type) {
	case string:
		return []string{t, alsoInteger(t)}
	case []any:
		var all []string
		for _, one := range t {
			all = append(all, one.(string), alsoInteger(one.(string)))
		}
		return all
	}
	return nil
}

func alsoInteger(t string) string {
	if t == "number" {
		return "integer"
	}
	return t
}

func jsonType(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == float64(int(v)) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

func TestDocumentAndRoutesAreTheSame(t *testing.T) {
	w := newWorld(t)
	param := regexp.MustCompile(`:(\w+)`)
	var routes []string
	for _, route := range w.app.GetRoutes(true) {
		if route.Method != fiber.MethodHead && strings.HasPrefix(route.Path, "/api/v1/") {
			routes = append(routes, route.Method+" "+param.ReplaceAllString(route.Path, "{$1}"))
		}
	}
	var described []string
	names := map[any]bool{}
	for path, methods := range w.document.paths {
		for method, op := range methods.(object) {
			described = append(described, strings.ToUpper(method)+" "+path)
			if name := op.(object)["operationId"]; name == nil || names[name] {
				t.Errorf("%s %s has no name of its own", method, path)
			} else {
				names[name] = true
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(described)
	if !slices.Equal(routes, described) || len(routes) < 40 {
		t.Errorf("routes:\n%s\ndocument:\n%s", strings.Join(routes, "\n"), strings.Join(described, "\n"))
	}
}

func TestEveryReferenceInTheDocumentLeadsSomewhere(t *testing.T) {
	w := newWorld(t)
	var walk func(value any)
	walk = func(value any) {
		switch v := value.(type) {
		case object:
			if ref, ok := v["$ref"].(string); ok && strings.Contains(ref, "/schemas/") {
				if w.document.schemas[strings.TrimPrefix(ref, "#/components/schemas/")] == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, inside := range v {
				walk(inside)
			}
		case []any:
			for _, inside := range v {
				walk(inside)
			}
		}
	}
	walk(w.document.paths)
	walk(w.document.schemas)
}
