package history

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"klartext/content"
)

func rules() Rules {
	return Rules{Languages: []content.Lang{"de", "en"}, Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
}

const goodLine = `{"key":"faq/a","kind":"entry","lang":"en","date":"2024-05-01T10:00:00Z","title":"A?","topic":"T","status":"published","message":"New","markdown":"Text."}`

// with is the good line with one field replaced by raw JSON, or taken away where that is "".
func with(field, raw string) string {
	start := strings.Index(goodLine, `"`+field+`":`)
	value := start + len(field) + 3
	end := value + 1 + strings.Index(goodLine[value+1:], `"`) + 1
	if raw == "" {
		return strings.NewReplacer(`,,`, `,`, `{,`, `{`).Replace(goodLine[:start] + goodLine[end:])
	}
	return goodLine[:value] + raw + goodLine[end:]
}

func TestReadRefusesBrokenLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, line, field string
		code              content.Code
	}{
		{"no JSON", `{"key":`, "line", content.CodeImportJSON},
		{"an array", `[1]`, "line", content.CodeImportJSON},
		{"null", `null`, "line", content.CodeImportJSON},
		{"more after the object", goodLine + ` {}`, "line", content.CodeImportJSON},
		{"a number for a text", with("title", `7`), "title", content.CodeImportType},
		{"an object for a text", with("markdown", `{"a":1}`), "markdown", content.CodeImportType},
		{"invalid UTF-8", with("title", "\"\xff\""), "line", content.CodeNotText},
		{"NUL", with("markdown", `"a\u0000b"`), "markdown", content.CodeNotText},
		{"half a surrogate pair", with("title", `"\ud800"`), "title", content.CodeNotText},
		{"no key", with("key", ""), "key", content.CodeRequired},
		{"blank key", with("key", `"  "`), "key", content.CodeRequired},
		{"long key", with("key", `"`+strings.Repeat("k", maxKey+1)+`"`), "key", content.CodeTooLong},
		{"no kind", with("kind", ""), "kind", content.CodeRequired},
		{"unknown kind", with("kind", `"page"`), "kind", content.CodeKindUnknown},
		{"no language", with("lang", ""), "lang", content.CodeRequired},
		{"unknown language", with("lang", `"fr"`), "lang", content.CodeLangUnknown},
		{"no date", with("date", ""), "date", content.CodeRequired},
		{"a day alone", with("date", `"2024-05-01"`), "date", content.CodeImportDate},
		{"no such day", with("date", `"2024-02-30T10:00:00Z"`), "date", content.CodeImportDate},
		{"before all sites", with("date", `"0001-01-01T00:00:00Z"`), "date", content.CodeImportDate},
		{"a date that was never set", with("date", `"1970-01-01T01:00:00+01:00"`), "date", content.CodeImportDate},
		{"the future", with("date", `"2026-11-23T12:00:01Z"`), "date", content.CodeImportFuture},
		{"the future by its zone", with("date", `"2026-11-23T12:30:00-01:00"`), "date", content.CodeImportFuture},
		{"no title", with("title", `""`), "title", content.CodeRequired},
		{"null title", with("title", `null`), "title", content.CodeRequired},
		{"no status", with("status", ""), "status", content.CodeRequired},
		{"unknown status", with("status", `"draft"`), "status", content.CodeImportStatus},
		{"no text", with("markdown", `" "`), "markdown", content.CodeRequired},
		{"long message", with("message", `"`+strings.Repeat("m", maxMessage+1)+`"`), "message", content.CodeTooLong},
		{"long topic", with("topic", `"`+strings.Repeat("t", maxTopic+1)+`"`), "topic", content.CodeTooLong},
		{"over 2 MB", with("markdown", `"`+strings.Repeat("x", maxLine)+`"`), "line", content.CodeImportLineLong},
		{"the same state again", strings.Replace(goodLine, "A?", "B?", 1), "date", content.CodeImportTwice},
		{"the same state in another zone", with("date", `"2024-05-01T12:00:00+02:00"`), "date", content.CodeImportTwice},
		{"another kind for the key", with("kind", `"policy","date":"2024-05-02T10:00:00Z"`), "kind", content.CodeImportKindDiffers},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			line := test.line
			if test.code == content.CodeImportKindDiffers {
				line = strings.Replace(line, `,"date":"2024-05-01T10:00:00Z"`, "", 1)
			}
			file := goodLine + "\n\n" + line + "\n" + with("key", `"faq/later"`)
			states, err := Read(strings.NewReader(file), rules())
			e, ok := errors.AsType[*content.Error](err)
			if !ok || e.Kind != content.Invalid || e.Code != content.CodeImportBroken || len(states) != 0 {
				t.Fatalf("Read = %d states, %v", len(states), err)
			}
			f := e.Fields[0]
			if len(e.Fields) != 1 || f.Code != test.code || f.Args["Line"] != 3 || f.Args["Name"] != test.field || e.Args["Line"] != 3 {
				t.Errorf("problems %+v, want %s at line 3, %s", e.Fields, test.code, test.field)
			}
		})
	}
}

func TestReadTakesWhatIsOnlyUnusual(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"a byte order mark":     "\ufeff" + goodLine,
		"CRLF":                  goodLine + "\r\n\r\n",
		"empty lines":           "\n\n  \n" + goodLine + "\n\n",
		"unknown fields":        strings.Replace(goodLine, "{", `{"source":"x","licence":{"a":[1]},`, 1),
		"no topic":              with("topic", `""`),
		"no message":            with("message", `null`),
		"a replaced sign":       with("title", `"�"`),
		"an escaped one":        with("title", `"\ufffd"`),
		"a real surrogate pair": with("title", `"\ud83d\ude00"`),
		"a zone":                with("date", `"2024-05-01T12:00:00+02:00"`),
		"parts of a second":     with("date", `"2024-05-01T10:00:00.123456Z"`),
		"now":                   with("date", `"2026-11-23T12:00:00Z"`),
		"no line end":           goodLine,
	} {
		states, err := Read(strings.NewReader(file), rules())
		if err != nil || len(states) != 1 || states[0].Key != "faq/a" || states[0].At.Location() != time.UTC {
			t.Errorf("%s: Read = %+v, %v", name, states, err)
		}
	}
	if states, err := Read(strings.NewReader(""), rules()); err != nil || len(states) != 0 {
		t.Errorf("an empty file: %v, %v", states, err)
	}
}

func TestReadAWithdrawalNeedsNoText(t *testing.T) {
	t.Parallel()
	line := `{"key":"k","kind":"entry","lang":"de","date":"2024-05-01T10:00:00Z","status":"withdrawn"}`
	states, err := Read(strings.NewReader(line), rules())
	if err != nil || len(states) != 1 || !states[0].Withdrawn {
		t.Errorf("Read = %+v, %v", states, err)
	}
}

func TestReadSortsByDateAndKeepsTheOrderWithinOne(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	for i, date := range []string{"2024-05-03", "2024-05-01", "2024-05-02", "2024-05-01"} {
		line := strings.Replace(goodLine, "2024-05-01", date, 1)
		fmt.Fprintln(&file, strings.Replace(line, "faq/a", fmt.Sprintf("faq/%d", i), 1))
	}
	states, err := Read(&file, rules())
	if err != nil {
		t.Fatal(err)
	}
	var order string
	for _, s := range states {
		order += s.Key[4:]
	}
	if order != "1320" {
		t.Errorf("order %s", order)
	}
}

func TestReadTellsTwentyLinesAtMost(t *testing.T) {
	t.Parallel()
	_, err := Read(strings.NewReader(strings.Repeat("no\n", 50)), rules())
	e, ok := errors.AsType[*content.Error](err)
	if !ok || len(e.Fields) != maxProblems || e.Fields[19].Args["Line"] != 20 {
		t.Errorf("%v", err)
	}
}

func TestReadTellsThatTheFileCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk")
	_, err := Read(&failing{[]byte(goodLine + "\n"), broken}, rules())
	if !errors.Is(err, broken) || content.KindOf(err) != content.Internal {
		t.Errorf("%v", err)
	}
}

type failing struct {
	first []byte
	err   error
}

func (f *failing) Read(p []byte) (int, error) {
	if len(f.first) == 0 {
		return 0, f.err
	}
	n := copy(p, f.first)
	f.first = f.first[n:]
	return n, nil
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(goodLine))
	f.Add([]byte("\ufeff" + goodLine + "\r\n\n" + goodLine))
	f.Add([]byte(with("date", `"2027-01-01T00:00:00Z"`) + "\n[]"))
	f.Add([]byte(with("title", `"\ud800"`)))
	f.Fuzz(func(t *testing.T, file []byte) {
		states, err := Read(bytes.NewReader(file), rules())
		if err == nil {
			for i, s := range states {
				if s.Key == "" || s.At.After(rules().Now) || (i > 0 && s.At.Before(states[i-1].At)) {
					t.Errorf("state %+v", s)
				}
			}
			return
		}
		e, ok := errors.AsType[*content.Error](err)
		if !ok || e.Kind != content.Invalid || len(e.Fields) == 0 || len(states) != 0 {
			t.Fatalf("%v", err)
		}
		for _, field := range e.Fields {
			if line, ok := field.Args["Line"].(int); !ok || line < 1 || line > bytes.Count(file, []byte("\n"))+1 {
				t.Errorf("a problem without a line of the file: %+v", field)
			}
		}
	})
}
