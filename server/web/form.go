package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// Form is what a person sent in the body of a request. The query is never
// part of it: Fiber's FormValue lets the query win over the body.
type Form struct {
	url.Values
	names []string
}

// maxFormFields bounds what a form may hold; the largest real one is a policy with all its sections.
const maxFormFields = 4000

// ReadForm reads a urlencoded body. It answers Invalid where the body is of
// another type or holds more fields than any real form.
func ReadForm(c *fiber.Ctx) (Form, error) {
	kind, _, _ := strings.Cut(string(c.Request().Header.ContentType()), ";")
	if kind = strings.TrimSpace(kind); len(c.Request().Body()) > 0 && !strings.EqualFold(kind, fiber.MIMEApplicationForm) {
		return Form{}, content.Fail(content.Invalid, CodeMediaType, content.Args{"Value": kind})
	}
	args := c.Request().PostArgs()
	if args.Len() > maxFormFields {
		return Form{}, content.Fail(content.Invalid, content.CodeTooMany, content.Args{"Count": args.Len(), "Limit": maxFormFields})
	}
	form := Form{Values: url.Values{}}
	for key, value := range args.All() {
		form.add(string(key), string(value))
	}
	return form, nil
}

func (f *Form) add(name, value string) {
	if _, seen := f.Values[name]; !seen {
		f.names = append(f.names, name)
	}
	f.Values[name] = append(f.Values[name], lines(value))
}

// lines undoes what browsers do to line ends in a textarea, so that saving an untouched text changes nothing.
func lines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// All lists every value of a field that may come more than once.
func (f Form) All(name string) []string { return f.Values[name] }

// Names lists the fields in the order in which they were sent.
func (f Form) Names() []string { return f.names }

// Bool is whether a checkbox is ticked.
func (f Form) Bool(name string) bool { return f.Get(name) != "" }

// Int is a whole number; false where the field holds none.
func (f Form) Int(name string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(f.Get(name)))
	return n, err == nil
}

// Text collects a field that stands once per language, as "title.de" and "title.en".
func (f Form) Text(name string, langs []content.Lang) content.Text {
	text := content.Text{}
	for _, lang := range langs {
		if field := name + "." + string(lang); f.Has(field) {
			text[lang] = f.Get(field)
		}
	}
	return text
}
