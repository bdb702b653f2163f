package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"klartext/content"
)

// Codes of what is wrong with JSON; each has its sentence in the locale files.
const (
	CodeForm    content.Code = "json_form"
	CodeUTF8    content.Code = "json_utf8"
	CodeDeep    content.Code = "json_deep"
	CodeTwice   content.Code = "json_twice"
	CodeUnknown content.Code = "json_unknown"
	CodeType    content.Code = "json_type"
	CodeValue   content.Code = "json_value"
)

// maxDepth is far above what any body of the API needs.
const maxDepth = 32

// document is parsed JSON: nil, bool, string, json.Number, []any or map[string]any.
type document = any

// parse reads one JSON value and nothing after it. Unlike encoding/json it
// refuses names that stand twice in one object, because readers would differ in
// which of them counts.
func parse(body []byte) (document, error) {
	if !utf8.Valid(body) {
		return nil, content.Fail(content.Invalid, CodeUTF8, nil)
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return nil, broken(body, err)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return value(d, "", 0)
}

// broken tells where the JSON stops being JSON.
func broken(body []byte, err error) error {
	at := len(body)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = min(int(syntax.Offset), len(body))
	}
	before := body[:max(0, at-1)]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &content.Error{Kind: content.Invalid, Code: CodeForm, Args: content.Args{"Line": line, "Column": column}, Err: err}
}

func value(d *json.Decoder, path string, depth int) (document, error) {
	if depth > maxDepth {
		return nil, content.Fail(content.Invalid, CodeDeep, content.Args{"Limit": maxDepth})
	}
	token, err := d.Token()
	if err != nil {
		return nil, fmt.Errorf("read a value at %q: %w", path, err)
	}
	switch token {
	case json.Delim('['):
		return array(d, path, depth)
	case json.Delim('{'):
		return object(d, path, depth)
	}
	return token, nil
}

func array(d *json.Decoder, path string, depth int) (document, error) {
	items := []any{}
	for d.More() {
		item, err := value(d, under(path, fmt.Sprint(len(items))), depth+1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, closing(d)
}

func object(d *json.Decoder, path string, depth int) (document, error) {
	fields := map[string]any{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("read a name at %q: %w", path, err)
		}
		name, _ := token.(string)
		if _, twice := fields[name]; twice {
			return nil, fieldError(under(path, name), CodeTwice, nil)
		}
		if fields[name], err = value(d, under(path, name), depth+1); err != nil {
			return nil, err
		}
	}
	return fields, closing(d)
}

func closing(d *json.Decoder) error {
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the end of a list or object: %w", err)
	}
	return nil
}

func fieldError(field string, code content.Code, args content.Args) error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{{Field: field, Code: code, Args: args}}}
}

// under is the name of a field or item below path, as "sections.3.body".
func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
