package content

import (
	"encoding/json"
	"errors"
	"maps"
	"testing"
)

// either is a network with keys that are typed and tokens that are granted.
type either struct{ Network }

func (either) Fields() []SettingField {
	return []SettingField{
		{Name: "key", Secret: true}, {Name: "token", Secret: true}, {Name: "refresh", Secret: true, Granted: true}, {Name: "driver", Optional: true},
	}
}

func TestTypedAndGrantedSettings(t *testing.T) {
	for name, c := range map[string]struct {
		given, stored, want map[string]string
		missing             int
	}{
		"typed":                       {given: map[string]string{"key": "k", "token": "t"}, want: map[string]string{"key": "k", "token": "t"}},
		"half typed":                  {given: map[string]string{"key": "k"}, missing: 1},
		"granted":                     {given: map[string]string{"token": "t", "refresh": "r"}, want: map[string]string{"token": "t", "refresh": "r"}},
		"another choice keeps grants": {given: map[string]string{"driver": "d"}, stored: map[string]string{"token": "t", "refresh": "r"}, want: map[string]string{"driver": "d", "token": "t", "refresh": "r"}},
		"typed ends what was granted": {given: map[string]string{"key": "k", "token": "u"}, stored: map[string]string{"token": "t", "refresh": "r"}, want: map[string]string{"key": "k", "token": "u"}},
		"granted anew":                {given: map[string]string{"token": "u", "refresh": "s"}, stored: map[string]string{"token": "t", "refresh": "r"}, want: map[string]string{"token": "u", "refresh": "s"}},
		"nothing":                     {missing: 2},
	} {
		given, _ := json.Marshal(c.given)
		stored, _ := json.Marshal(c.stored)
		got, err := cleanSettings(either{}.Fields(), given, stored)
		var e *Error
		if errors.As(err, &e) != (c.missing > 0) || e != nil && len(e.Fields) != c.missing {
			t.Errorf("%s: %v, want %d fields missing", name, err, c.missing)
			continue
		}
		values, _ := settingsOf(got)
		if c.missing == 0 && !maps.Equal(values, c.want) {
			t.Errorf("%s: %v, want %v", name, values, c.want)
		}
	}
}
