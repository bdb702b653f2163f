package schema

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Set makes schemas of Go types and keeps those of named structs, so that each is described once.
//
// Fields follow their json tags. In answers a field is required unless it may be omitted; in requests only fields with the
// tag `need:"true"` are; all others may also be null, which says the same as leaving them out, as may those with
// `null:"true"`. `doc`, `format` and `enum` tags describe a field.
type Set struct {
	// Named are the schemas of structs by their name in the document.
	Named map[string]*Schema
	types map[string]reflect.Type
	enums map[reflect.Type][]string
	// suffix tells request types from answer types of the same name; requests have one.
	suffix string
}

// Answers makes a Set for what the API sends; enums lists the values of named string types.
func Answers(enums map[reflect.Type][]string) *Set {
	return &Set{Named: map[string]*Schema{}, types: map[string]reflect.Type{}, enums: enums}
}

// Requests makes a Set for what the API accepts.
func Requests(enums map[reflect.Type][]string) *Set {
	return &Set{Named: map[string]*Schema{}, types: map[string]reflect.Type{}, enums: enums, suffix: "Input"}
}

// Prefix is where a document keeps named schemas.
const Prefix = "#/components/schemas/"

var (
	timeType = reflect.TypeFor[time.Time]()
	rawType  = reflect.TypeFor[json.RawMessage]()
)

// Describer is a type that says itself how its JSON looks, because it reads and writes it itself.
type Describer interface{ JSONSchema() *Schema }

// Of is the schema of a type; a struct is a reference to its entry in Named.
func (s *Set) Of(t reflect.Type) *Schema {
	if own, ok := reflect.TypeAssert[Describer](reflect.Zero(t)); ok && t.Kind() != reflect.Pointer {
		return own.JSONSchema()
	}
	switch t {
	case timeType:
		return &Schema{Type: Types{"string"}, Format: "date-time"}
	case rawType:
		return &Schema{Type: Types{"object"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.Of(t.Elem())
	case reflect.String:
		return &Schema{Type: Types{"string"}, Enum: s.enums[t]}
	case reflect.Bool:
		return &Schema{Type: Types{"boolean"}}
	case reflect.Int, reflect.Int64:
		return &Schema{Type: Types{"integer"}}
	case reflect.Float64:
		return &Schema{Type: Types{"number"}}
	case reflect.Slice:
		return &Schema{Type: Types{"array"}, Items: s.Of(t.Elem())}
	case reflect.Map:
		values := s.Of(t.Elem())
		if s.suffix != "" {
			values = values.Null()
		}
		return &Schema{Type: Types{"object"}, Additional: values}
	case reflect.Struct:
		return s.structure(t)
	default:
		panic("schema: " + t.String() + " has no JSON Schema here")
	}
}

func (s *Set) structure(t reflect.Type) *Schema {
	name := s.name(t)
	ref := &Schema{Ref: Prefix + name}
	if known, ok := s.types[name]; ok {
		if known != t {
			panic("schema: " + known.String() + " and " + t.String() + " would share a name")
		}
		return ref
	}
	s.types[name] = t
	out := &Schema{Type: Types{"object"}, Properties: map[string]*Schema{}, Closed: true}
	s.Named[name] = out
	for _, field := range reflect.VisibleFields(t) {
		if !field.IsExported() || (field.Anonymous && field.Tag.Get("json") == "") {
			continue // the fields of an embedded struct are visible themselves
		}
		key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" {
			continue
		}
		out.Properties[key] = s.field(field)
		if s.required(field, options) && !throughPointer(t, field) {
			out.Required = append(out.Required, key)
		}
	}
	slices.Sort(out.Required)
	return ref
}

// throughPointer tells whether the field belongs to an embedded struct that may not be there.
func throughPointer(t reflect.Type, field reflect.StructField) bool {
	return len(field.Index) > 1 && t.Field(field.Index[0]).Type.Kind() == reflect.Pointer
}

func (s *Set) required(field reflect.StructField, options string) bool {
	if s.suffix != "" {
		return field.Tag.Get("need") == "true"
	}
	return !strings.Contains(options, "omit")
}

func (s *Set) field(field reflect.StructField) *Schema {
	out := s.Of(field.Type)
	out.Description = field.Tag.Get("doc")
	if format := field.Tag.Get("format"); format != "" {
		out.Format = format
	}
	if enum := field.Tag.Get("enum"); enum != "" {
		out.Enum = strings.Split(enum, ",")
	}
	nullable := field.Tag.Get("null") == "true" || field.Tag.Get("need") != "true"
	if s.suffix == "" {
		_, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		nullable = field.Type.Kind() == reflect.Pointer && !strings.Contains(options, "omit")
	}
	if !nullable {
		return out
	}
	return out.Null()
}

// name is the type's own name in upper case, without the parameters of a generic type's package paths.
func (s *Set) name(t reflect.Type) string {
	name := t.Name()
	if base, args, generic := strings.Cut(name, "["); generic {
		args = strings.TrimSuffix(args, "]")
		name = base + upper(args[strings.LastIndexAny(args, "./")+1:])
	}
	name = upper(strings.TrimSuffix(name, "JSON"))
	if s.suffix != "" && !strings.HasSuffix(name, s.suffix) {
		name += s.suffix
	}
	return name
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
