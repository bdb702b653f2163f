package view

import (
	"time"

	"klartext/content"
)

// Admin is what every page of the admin UI has; page types embed it.
type Admin struct {
	Lang     content.Lang
	Title    string // of the page, in the reader's language
	SiteName string
	Section  string        // the part of the navigation that is marked: "entries", "changes", "channels", "settings"
	User     *content.User // nil before login
	CSRF     string        // for the field _csrf of every form
	Note     string        // says what was just done
	Zone     *time.Location
	// Problem is why the form was not accepted, "" where it was not sent or has only field errors.
	Problem string
	// Errors has a sentence for each field that was not accepted.
	Errors map[string]string
	// Wrongs are the same in the order in which they were found, for the list above the form.
	Wrongs []Field
}

// May tells whether the user may do an act, so that pages offer only what works.
func (a Admin) May(act string) bool {
	return a.User != nil && a.User.Role.May(content.Act(act))
}

// Wrong is whether anything in the form was not accepted.
func (a Admin) Wrong() bool { return a.Problem != "" || len(a.Errors) > 0 }

// Field puts one field's name, value and error together for the template "field".
func (a Admin) Field(name, value string) Field {
	return Field{Name: name, Value: value, Error: a.Errors[name]}
}

// Field is one control of a form.
type Field struct {
	Name  string
	Label string // "" where the error says enough
	Value string
	Error string
}

// ErrorPage tells a person what went wrong and what to do.
type ErrorPage struct {
	Admin
	Status    int
	Message   string
	Advice    string
	Reference string // stands in the log too; "" where there is nothing to look up
	Fields    []string
	Door      bool // the admin UI's, seen by somebody who is not logged in
}
