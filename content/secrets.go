package content

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"
)

// minSecret is the shortest value that is taken for a secret in what a network says; shorter ones are found in any word.
const minSecret = 8

// withoutSecrets hides a channel's secrets in an error: a server may send back
// what it got, and its words are shown and logged.
func withoutSecrets(err error, fields []SettingField, settings json.RawMessage) error {
	hide := secretsOf(fields, settings)
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return hideError(err, hide)
	}
	hidden := *e // its own text cuts long arguments off, so all of them are gone through
	hidden.Args = hideIn(e.Args, hide)
	hidden.Fields = make([]FieldError, len(e.Fields))
	for i, f := range e.Fields {
		hidden.Fields[i] = FieldError{Field: f.Field, Code: f.Code, Args: hideIn(f.Args, hide)}
	}
	hidden.Err = hideError(e.Err, hide)
	return &hidden
}

// hideError is the error itself where it says nothing secret.
func hideError(err error, hide *strings.Replacer) error {
	if err == nil || hide.Replace(err.Error()) == err.Error() {
		return err
	}
	return errors.New(hide.Replace(err.Error()))
}

// secretsOf puts a sign in the place of every secret among the settings.
func secretsOf(fields []SettingField, settings json.RawMessage) *strings.Replacer {
	values, err := settingsOf(settings)
	if err != nil {
		return strings.NewReplacer()
	}
	var pairs []string
	for _, field := range fields {
		if value := values[field.Name]; field.Secret && len(value) >= minSecret {
			pairs = append(pairs, value, "…")
		}
	}
	return strings.NewReplacer(pairs...)
}

func hideIn(args Args, hide *strings.Replacer) Args {
	out := maps.Clone(args)
	for name, value := range out {
		if s, ok := value.(string); ok {
			out[name] = hide.Replace(s)
		}
	}
	return out
}
