package api_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"klartext/content"
	"klartext/content/plain"
	"klartext/server"
)

const officialese = "Die Übermittlung der Daten an Dritte erfolgt ausschließlich zum Zwecke der Vertragsdurchführung. " +
	"Wir stellen Ihnen diese Information gemäß Art. 13 DSGVO zur Verfügung.\n"

// TestCheckSaysWhatTheCheckerSays holds the API's answer against the checker's own, field for field, so that no new field is forgotten.
func TestCheckSaysWhatTheCheckerSays(t *testing.T) {
	w := newWorld(t)
	checker, err := plain.New()
	if err != nil {
		t.Fatal(err)
	}
	english := "The processing of your data is effected pursuant to Article 6. Prior to disclosure we shall utilise encryption.\n"
	for _, test := range []plain.Input{
		{Source: officialese, Lang: "de", MessageLang: "en"},
		{Source: strings.Repeat(officialese, 8), Lang: "de", MessageLang: "en"},
		{Source: strings.Repeat(english, 8), Lang: "en", MessageLang: "en"},
		{Source: officialese, Lang: "de", Kind: plain.KindFAQ, MessageLang: "en"},
		{Source: "", Lang: "de", MessageLang: "en"},
		{Source: "42", Lang: "en", MessageLang: "en"},
	} {
		result, err := checker.Check(t.Context(), test)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(result)
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		body := object{"lang": test.Lang, "text": test.Source}
		if test.Kind != "" {
			body["kind"] = test.Kind
		}
		if got := w.do(content.Author, 200, "POST", "/check", body); !reflect.DeepEqual(got.parsed, want) {
			t.Errorf("%.40q:\ngot  %s\nwant %s", test.Source, got.body, raw)
		}
	}
	// So that the comparison above is one: a long text has a score, a short one findings all the same.
	short := w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": officialese})
	if short.want("score", "<nil>", "band", "too short"); short.count("findings") < 5 {
		t.Errorf("%s", short.body)
	}
	if a := w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": strings.Repeat(officialese, 8)}); a.at("score") == nil || a.at("figures.wstf1") == nil {
		t.Errorf("%s", a.body)
	}
}

func TestCheckSpeaksTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	body := `{"lang":"de","text":"Wir stellen Ihnen alles zur Verfügung."}`
	for accept, want := range map[string]string{"de-AT,en;q=0.5": "versteckt das Verb", "en": "hides the verb", "": "hides the verb"} {
		a := w.send(request{
			method: "POST", path: "/api/v1/check", role: content.Author, body: body, header: map[string]string{"Accept-Language": accept},
		})
		if a.status != 200 || !strings.Contains(a.text("findings.0.message"), want) {
			t.Errorf("%q: %d %s", accept, a.status, a.body)
		}
	}
	tangled, err := json.Marshal(object{"lang": "de", "text": strings.Repeat("[", 5000)})
	if err != nil {
		t.Fatal(err)
	}
	for accept, want := range map[string]string{"de": "eckige Klammern", "en": "square brackets"} {
		a := w.send(request{
			method: "POST", path: "/api/v1/check", role: content.Author, body: string(tangled), header: map[string]string{"Accept-Language": accept},
		})
		if a.status != 422 || a.text("errors.0.field") != "text" || a.text("errors.0.code") != "check_brackets" || !strings.Contains(a.text("errors.0.detail"), want) {
			t.Errorf("%q: %d %s", accept, a.status, a.body)
		}
	}
}

func TestCheckRefusesWhatItCannotRead(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct {
		body               any
		status             int
		code, field, which string
	}{
		{object{"text": "a"}, 422, "invalid", "lang", "required"},
		{object{"lang": "de"}, 422, "invalid", "text", "required"},
		{object{"lang": "fr", "text": "a"}, 422, "invalid", "lang", "json_value"},
		{object{"lang": "de", "kind": "poem", "text": "a"}, 422, "invalid", "kind", "json_value"},
		{object{"lang": "de", "text": "a\x00b"}, 422, "invalid", "text", "not_text"},
		{object{"lang": "de", "text": strings.Repeat("a ", plain.MaxBytes/2+1)}, 422, "invalid", "text", "check_too_long"},
		{object{"lang": "de", "text": strings.Repeat("a", 5<<20)}, 413, "body_too_large", "", ""},
		{object{"lang": "de", "text": "a", "title": "b"}, 422, "invalid", "title", "json_unknown"},
	} {
		a := w.do(content.Author, test.status, "POST", "/check", test.body)
		if a.text("code") != test.code || a.text("errors.0.field") != test.field || a.text("errors.0.code") != test.which {
			t.Errorf("got %s, want %s %s", a.body, test.field, test.which)
		}
	}
	w.do("", 401, "POST", "/check", object{"lang": "de", "text": "a"}).want("code", "token_needed")
	w.do(content.Author, 200, "POST", "/check", object{"lang": "de", "text": strings.Repeat("Wir löschen das. ", plain.MaxBytes/20)})
}

// gate is a checker that keeps everybody inside until it is opened or they must go.
type gate struct{ entered, open chan struct{} }

func (g *gate) Check(ctx context.Context, _ plain.Input) (plain.Result, error) {
	g.entered <- struct{}{}
	select {
	case <-g.open:
	case <-ctx.Done():
	}
	return plain.Result{Band: plain.BandTooShort, Findings: []plain.Finding{}}, nil
}

func TestChecksWaitForTheirTurn(t *testing.T) {
	w := newWorld(t)
	places := w.api.ChecksAtOnce()
	g := &gate{entered: make(chan struct{}, places+2), open: make(chan struct{})}
	w.api.Checker = g
	check := request{method: "POST", path: "/api/v1/check", role: content.Author, body: `{"lang":"de","text":"Wir."}`}
	var all sync.WaitGroup
	for range places {
		all.Go(func() {
			if a := w.send(check); a.status != 200 {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	for range places {
		<-g.entered
	}
	patient := w.app
	w.app = w.serve(server.Limits{Work: 500 * time.Millisecond})
	if a := w.send(check); a.status != 503 || a.text("code") != "busy" || a.header.Get("Retry-After") == "" {
		t.Errorf("one more than there are places: %d %s", a.status, a.body)
	}
	check.header = map[string]string{"Idempotency-Key": "k"}
	if a := w.send(check); a.status != 503 {
		t.Errorf("with a key: %d %s", a.status, a.body)
	}
	close(g.open)
	all.Wait()
	w.app = patient
	if a := w.send(check); a.status != 200 {
		t.Errorf("the places were not given back: %d %s", a.status, a.body)
	}
}
