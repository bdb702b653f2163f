// Package schema describes Go types as JSON Schema and holds JSON against it, so that the API's document and what the API
// accepts cannot drift apart. It knows nothing of HTTP or of what the fields mean.
package schema

import (
	"encoding/json"
	"slices"
	"strings"
)

// Schema is the part of JSON Schema 2020-12 that the API's types need.
type Schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Type        Types              `json:"type,omitempty"`
	Description string             `json:"description,omitempty"`
	Format      string             `json:"format,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	AnyOf       []*Schema          `json:"anyOf,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	// Additional describes the values of a map; Closed says that a struct has no other fields than its Properties.
	Additional *Schema `json:"-"`
	Closed     bool    `json:"-"`
}

// Types are the JSON types a value may have: one, or one and "null".
type Types []string

// MarshalJSON writes one type as a string, several as a list.
func (t Types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// words names the types for people. That null is fine as well is not worth a word.
func (t Types) words() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(t), func(name string) bool { return name == null }), ", ")
}

const null = "null"

// MarshalJSON adds additionalProperties, which is a schema for maps and false for structs.
func (s Schema) MarshalJSON() ([]byte, error) {
	type plain Schema
	var additional any
	switch {
	case s.Additional != nil:
		additional = s.Additional
	case s.Closed:
		additional = false
	}
	return json.Marshal(struct {
		plain
		AdditionalProperties any `json:"additionalProperties,omitempty"`
	}{plain(s), additional})
}

// Null gives the same schema that also allows null.
func (s *Schema) Null() *Schema {
	out := *s
	switch {
	case slices.Contains(s.Type, null):
	case s.Ref != "" || len(s.Enum) > 0:
		out.Description = ""
		return &Schema{Description: s.Description, AnyOf: []*Schema{&out, {Type: Types{null}}}}
	default:
		out.Type = append(slices.Clone(s.Type), null)
	}
	return &out
}
