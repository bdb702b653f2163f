package locale

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"strings"

	"klartext/content"
)

// Error is the sentence for an error. What is not meant for people is told as
// an internal error, whatever it says.
func (p *Printer) Error(err error) string {
	e, ok := errors.AsType[*content.Error](err)
	if !ok || e.Kind == content.Internal {
		return p.T("error." + string(content.CodeInternal))
	}
	return p.Problem(e.Code, e.Args)
}

// Problem is the sentence for a code and its placeholders.
func (p *Printer) Problem(code content.Code, args content.Args) string {
	return p.T("error."+string(code), p.words(args))
}

// Reason is the sentence for why a channel or delivery stands as it does, and what the other side said.
func (p *Printer) Reason(r content.Reason) string {
	if r.Code == "" {
		return r.Detail
	}
	text := p.Problem(r.Code, r.Args)
	if r.Detail != "" {
		text += " " + p.T("error.said", "Detail", r.Detail)
	}
	return text
}

// FieldErrors gives a sentence for each field that an error complains about; the first complaint about a field counts.
func (p *Printer) FieldErrors(err error) map[string]string {
	sentences := map[string]string{}
	e, ok := errors.AsType[*content.Error](err)
	if !ok {
		return sentences
	}
	for _, f := range e.Fields {
		if _, said := sentences[f.Field]; !said {
			sentences[f.Field] = p.Problem(f.Code, f.Args)
		}
	}
	return sentences
}

// FieldName is what a form calls a field, and its language in brackets; "" where
// there is no name that says more than the error does.
func (p *Printer) FieldName(field string) string {
	id, lang := "field", ""
	for part := range strings.SplitSeq(field, ".") {
		switch {
		case len(part) == 2:
			lang = " (" + p.LangName(content.Lang(part)) + ")"
		case strings.Trim(part, "0123456789") != "":
			id += "." + part
		}
	}
	if !p.Has(id) {
		return ""
	}
	return p.T(id) + lang
}

// words puts the program's own names among the placeholders into the reader's language.
func (p *Printer) words(args content.Args) content.Args {
	out := make(content.Args, len(args))
	maps.Copy(out, args)
	for name, value := range args {
		switch v := value.(type) {
		case int:
			out[name] = p.Number(v)
		case float64: // a number that was stored as JSON
			if v == math.Trunc(v) {
				out[name] = p.Number(int(v))
			}
		case string, content.Lang, content.Role, content.State, content.Step, content.Act:
			out[name] = p.word(name, fmt.Sprint(v))
		}
	}
	return out
}

func (p *Printer) word(name, value string) string {
	if name == "Lang" {
		return p.LangName(content.Lang(value))
	}
	prefixes := map[string]string{"Role": "role.", "Act": "act.", "State": "state.", "Step": "step."}
	if prefix, ok := prefixes[name]; ok && p.Has(prefix+value) {
		return p.T(prefix + value)
	}
	return value
}
