package admin

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"klartext/content"
)

// fieldError is a refusal of one field.
func fieldError(field string, code content.Code) error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{{Field: field, Code: code}}}
}

// isCode is whether err, or any field it complains about, has this code.
func isCode(err error, code content.Code) bool {
	e, ok := errors.AsType[*content.Error](err)
	return ok && (e.Code == code || slices.ContainsFunc(e.Fields, func(f content.FieldError) bool { return f.Code == code }))
}

// eachField is err with every field that it complains about put through change.
func eachField(err error, change func(content.FieldError) content.FieldError) error {
	e, ok := errors.AsType[*content.Error](err)
	if !ok {
		return err
	}
	out := *e
	out.Fields = make([]content.FieldError, len(e.Fields))
	for i, f := range e.Fields {
		out.Fields[i] = change(f)
	}
	return &out
}

// renamed gives the fields of an error that are called from, or lie below it, the name to:
// a form may ask for the same thing under another name than the API.
func renamed(err error, from, to string) error {
	return eachField(err, func(f content.FieldError) content.FieldError {
		if rest, below := strings.CutPrefix(f.Field, from); below && (rest == "" || rest[0] == '.') {
			f.Field = to + rest
		}
		return f
	})
}

// renamedViews gives errors of perspectives, which count through what was said, the names
// of the form, which has one field per side.
func renamedViews(err error, field string, views []content.Perspective) error {
	names := map[string]string{}
	for i, v := range views {
		names[field+"."+strconv.Itoa(i)+".text"] = field + "." + string(v.Side)
		names[field+"."+strconv.Itoa(i)+".side"] = field + "." + string(v.Side)
	}
	for from, to := range names {
		err = renamed(err, from, to)
	}
	return err
}

// filled is the text without languages that are blank.
func filled(t content.Text) content.Text {
	out := maps.Clone(t)
	maps.DeleteFunc(out, func(_ content.Lang, s string) bool { return strings.TrimSpace(s) == "" })
	return out
}

// firstFilled is the first of the languages in which there is a text, or else the first of all.
func firstFilled(t content.Text, languages []content.Lang) content.Lang {
	for _, lang := range languages {
		if strings.TrimSpace(t[lang]) != "" {
			return lang
		}
	}
	return languages[0]
}
