package schema

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

type colour string

type part struct {
	Name string `json:"name" need:"true"`
	Size int    `json:"size"`
}

type embedded struct {
	Inside string `json:"inside"`
}

type whole struct {
	ID     string            `json:"id" need:"true" doc:"an id"`
	Colour colour            `json:"colour"`
	Base   *string           `json:"base" null:"true"`
	Text   map[string]string `json:"text"`
	Parts  []part            `json:"parts"`
	One    *part             `json:"one" null:"true"`
	At     time.Time         `json:"at,omitzero"`
	Yes    *bool             `json:"yes,omitempty"`
	*embedded
	hidden string
}

func colours() map[reflect.Type][]string {
	return map[reflect.Type][]string{reflect.TypeFor[colour](): {"red", "blue"}}
}

func TestCheckNamesEachWrongField(t *testing.T) {
	set := Requests(colours())
	want := set.Of(reflect.TypeFor[whole]())
	for _, test := range []struct{ name, body, problems string }{
		{"all well", `{"id":"a","colour":"red","base":null,"text":{"de":"x"},"parts":[{"name":"n","size":3}],"one":null,"yes":true,"inside":"i"}`, ""},
		{"the least", `{"id":""}`, ""},
		{"missing", `{}`, "id required"},
		{"unknown", `{"id":"a","ID":"b","hidden":"c"}`, "ID json_unknown, hidden json_unknown"},
		{"deep", `{"id":"a","parts":[{"name":"n"},{"nome":"n"}]}`, "parts.1.nome json_unknown, parts.1.name required"},
		{"number for string", `{"id":1}`, "id json_type"},
		{"string for number", `{"id":"a","parts":[{"name":"n","size":"3"}]}`, "parts.0.size json_type"},
		{"fraction", `{"id":"a","parts":[{"name":"n","size":1.5}]}`, "parts.0.size json_type"},
		{"huge number", `{"id":"a","parts":[{"name":"n","size":1e400}]}`, "parts.0.size json_type"},
		{"null where a value is needed", `{"id":null}`, "id json_type"},
		{"null for what may be left out", `{"id":"a","colour":null,"text":{"de":null},"parts":null,"yes":null}`, ""},
		{"null in a list", `{"id":"a","parts":[null]}`, "parts.0 json_type"},
		{"null for an unknown field", `{"id":"a","color":null}`, "color json_unknown"},
		{"value", `{"id":"a","colour":"green"}`, "colour json_value"},
		{"map value", `{"id":"a","text":{"de":7}}`, "text.de json_type"},
		{"NUL", `{"id":"a\u0000b"}`, "id not_text"},
		{"list for object", `[]`, " json_type"},
		{"twice", `{"id":"a","id":"b"}`, "id json_twice"},
		{"twice, spelled otherwise", `{"id":"a","\u0069d":"b"}`, "id json_twice"},
		{"twice, deep", `{"id":"a","parts":[{"name":"a","name":"b"}]}`, "parts.0.name json_twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := complaints(set.Check([]byte(test.body), want)); got != test.problems {
				t.Errorf("got %q, want %q", got, test.problems)
			}
		})
	}
}

func TestCheckRefusesWhatIsNoJSON(t *testing.T) {
	set := Requests(nil)
	want := set.Of(reflect.TypeFor[part]())
	for _, test := range []struct {
		name, body string
		code       content.Code
		args       content.Args
	}{
		{"nothing", "", CodeForm, content.Args{"Line": 1, "Column": 1}},
		{"cut off", "{\n\"name\":", CodeForm, content.Args{"Line": 2, "Column": 7}},
		{"trailing", `{"name":"n"} {}`, CodeForm, content.Args{"Line": 1, "Column": 14}},
		{"trailing comma", `{"name":"n",}`, CodeForm, content.Args{"Line": 1, "Column": 13}},
		{"single quotes", `{'name':1}`, CodeForm, content.Args{"Line": 1, "Column": 2}},
		{"latin 1", "{\"name\":\"\xe4\"}", CodeUTF8, nil},
		{"a million brackets", strings.Repeat("[", 1_000_000), CodeForm, nil},
		{"nested", strings.Repeat(`{"name":`, 40) + "1" + strings.Repeat("}", 40), CodeDeep, content.Args{"Limit": maxDepth}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, ok := errors.AsType[*content.Error](set.Check([]byte(test.body), want))
			if !ok || e.Code != test.code {
				t.Fatalf("got %v, want %s", e, test.code)
			}
			if test.args != nil && !reflect.DeepEqual(e.Args, test.args) {
				t.Errorf("got %v, want %v", e.Args, test.args)
			}
		})
	}
}

func TestCheckSaysLittleAboutALot(t *testing.T) {
	set := Requests(nil)
	want := set.Of(reflect.TypeFor[part]())
	body := map[string]int{}
	for i := range 1000 {
		body[strings.Repeat("x", 1000+i)] = i
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := errors.AsType[*content.Error](set.Check(raw, want))
	if e == nil || len(e.Fields) != maxProblems || len(e.Fields[0].Field) > 4*maxShown {
		t.Fatalf("got %d problems, the first about a name of %d bytes", len(e.Fields), len(e.Fields[0].Field))
	}
}

func TestAnswersRequireWhatTheyAlwaysHave(t *testing.T) {
	set := Answers(colours())
	set.Of(reflect.TypeFor[whole]())
	got := set.Named["Whole"]
	if want := []string{"base", "colour", "id", "one", "parts", "text"}; !reflect.DeepEqual(got.Required, want) {
		t.Errorf("required: got %v, want %v", got.Required, want)
	}
	raw, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"id":{"type":"string","description":"an id"}`, `"base":{"type":["string","null"]}`, `"enum":["red","blue"]`,
		`"one":{"anyOf":[{"$ref":"#/components/schemas/Part"},{"type":"null"}]}`, `"additionalProperties":false`,
		`"text":{"type":"object","additionalProperties":{"type":"string"}}`, `"at":{"type":"string","format":"date-time"}`,
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in %s", want, raw)
		}
	}
	var value whole
	if _, err := json.Marshal(value); err != nil || value.hidden != "" {
		t.Fatal(err)
	}
}

// FuzzCheck: whatever fits the schema can be decoded, and nothing panics.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`{"id":"a"}`, `{"id":"a","parts":[{"name":"n","size":3}]}`, `{"id":"a","one":{"name":""},"base":null}`, `[[{]`} {
		f.Add([]byte(seed))
	}
	set := Requests(colours())
	want := set.Of(reflect.TypeFor[whole]())
	f.Fuzz(func(t *testing.T, body []byte) {
		if set.Check(body, want) != nil {
			return
		}
		var into struct {
			ID    string
			Parts []part
		}
		if err := json.Unmarshal(body, &into); err != nil {
			t.Errorf("%q passed and cannot be decoded: %v", body, err)
		}
	})
}

func complaints(err error) string {
	e, ok := errors.AsType[*content.Error](err)
	if !ok {
		return ""
	}
	all := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		all[i] = f.Field + " " + string(f.Code)
	}
	return strings.Join(all, ", ")
}
