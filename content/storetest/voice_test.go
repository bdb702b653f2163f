package storetest_test

import (
	"errors"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

func TestQuestionsAreAnsweredOrClosed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		questions := content.Questions{Store: store, Now: s.Now}
		entry := s.Entry(t, "location")
		s.Publish(t, s.Change(t, "first", s.Write(t, entry.ID, "en", "One")).ID)
		receipt, err := questions.Ask(t.Context(), "en", "  Do you sell my location?  ", entry.ID)
		if err != nil || len(receipt) < 20 {
			t.Fatalf("%q, %v", receipt, err)
		}
		q, err := questions.ByReceipt(t.Context(), receipt)
		if err != nil || q.Text != "Do you sell my location?" || q.State != content.QuestionNew || q.About != entry.ID || q.Asked != "2026-03-02" {
			t.Fatalf("%+v, %v", q, err)
		}
		if q, err = questions.Answer(t.Context(), s.Author, q.ID, content.AnswerRef{Entry: entry.ID, Lang: "en", Version: 1}); err != nil {
			t.Fatal(err)
		}
		again, err := questions.ByReceipt(t.Context(), receipt)
		if err != nil || again != q || again.State != content.QuestionAnswered || again.Answer.Version != 1 || again.Decided != "2026-03-02" {
			t.Errorf("%+v, %v", again, err)
		}
		if q, err = questions.Reopen(t.Context(), s.Author, q.ID); err != nil || q.State != content.QuestionNew || q.Answer != (content.AnswerRef{}) {
			t.Errorf("%+v, %v", q, err)
		}
		if q, err = questions.Close(t.Context(), s.Author, q.ID, " We never did. "); err != nil || q.State != content.QuestionClosed || q.Word != "We never did." {
			t.Errorf("%+v, %v", q, err)
		}
		for state, want := range map[content.QuestionState]int{"": 1, content.QuestionClosed: 1, content.QuestionNew: 0} {
			if list, err := questions.List(t.Context(), s.Author, state); err != nil || len(list) != want {
				t.Errorf("%q: %d, %v", state, len(list), err)
			}
		}
	})
}

func TestQuestionsAreChecked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		questions := content.Questions{Store: store, Now: s.Now}
		entry := s.Entry(t, "location")
		for text, code := range map[string]content.Code{
			"  ": content.CodeRequired, "Why?": content.CodeQuestionShort, strings.Repeat("ä", 1001): content.CodeTooLong, "a null \x00 inside": content.CodeNotText,
		} {
			if _, err := questions.Ask(t.Context(), "en", text, ""); codeIn(err, "text") != code {
				t.Errorf("%.20q: %v", text, err)
			}
		}
		if _, err := questions.Ask(t.Context(), "fr", "Est-ce que vous savez?", ""); codeIn(err, "lang") != content.CodeLangUnknown {
			t.Errorf("an unknown language: %v", err)
		}
		if _, err := questions.Ask(t.Context(), "en", "Do you know who I am?", "nobody"); content.KindOf(err) != content.NotFound {
			t.Errorf("an unknown entry: %v", err)
		}
		if _, err := questions.ByReceipt(t.Context(), "guessed"); content.KindOf(err) != content.NotFound {
			t.Errorf("a guessed receipt: %v", err)
		}
		receipt, err := questions.Ask(t.Context(), "en", "Do you know who I am?", "")
		if err != nil {
			t.Fatal(err)
		}
		q, err := questions.ByReceipt(t.Context(), receipt)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := questions.Answer(t.Context(), s.Author, q.ID, content.AnswerRef{Entry: entry.ID, Lang: "en", Version: 1}); codeIn(err, "version") != content.CodeVersionUnknown {
			t.Errorf("a draft as answer: %v", err)
		}
		if _, err := questions.Close(t.Context(), s.Author, q.ID, " "); codeIn(err, "word") != content.CodeRequired {
			t.Errorf("closed without a word: %v", err)
		}
		if _, err := questions.List(t.Context(), content.Actor{}, ""); content.KindOf(err) != content.Unknown {
			t.Errorf("a stranger reads the list: %v", err)
		}
		if _, err := questions.Close(t.Context(), content.Actor{}, q.ID, "x"); content.KindOf(err) != content.Unknown {
			t.Errorf("a stranger closes: %v", err)
		}
	})
}

func TestVotesAreCountedByVersion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		votes := content.Votes{Store: store, Now: s.Now}
		entry := s.Entry(t, "location")
		s.Publish(t, s.Change(t, "first", s.Write(t, entry.ID, "en", "One"), s.Write(t, entry.ID, "de", "Eins")).ID)
		s.Publish(t, s.Change(t, "second", s.Write(t, entry.ID, "en", "Two")).ID)
		cast := func(lang content.Lang, version int, clear bool, sentence string) {
			t.Helper()
			if err := votes.Cast(t.Context(), content.Vote{Entry: entry.ID, Lang: lang, Version: version, Clear: clear, Sentence: sentence}); err != nil {
				t.Fatal(err)
			}
		}
		cast("en", 1, false, " What is\na location? ")
		cast("en", 1, true, "")
		cast("en", 1, true, "")
		cast("en", 2, true, "")
		cast("de", 1, false, "")
		counts, err := votes.VoteCounts(t.Context(), s.Author)
		want := []content.VoteCount{
			{Entry: entry.ID, Lang: "de", Version: 1, No: 1}, {Entry: entry.ID, Lang: "en", Version: 1, Yes: 2, No: 1}, {Entry: entry.ID, Lang: "en", Version: 2, Yes: 1},
		}
		if err != nil || len(counts) != 3 || counts[0] != want[0] || counts[1] != want[1] || counts[2] != want[2] || counts[1].Share() != 67 {
			t.Errorf("%+v, %v", counts, err)
		}
		said, err := votes.Sentences(t.Context(), s.Author)
		if err != nil || len(said) != 1 || said[0].Sentence != "What is a location?" || said[0].Clear || said[0].Cast != "2026-03-02" {
			t.Errorf("%+v, %v", said, err)
		}
		for _, v := range []content.Vote{{Entry: entry.ID, Lang: "en", Version: 9}, {Entry: "nobody", Lang: "en", Version: 1}} {
			if err := votes.Cast(t.Context(), v); content.KindOf(err) != content.NotFound {
				t.Errorf("%+v: %v", v, err)
			}
		}
		if err := votes.Cast(t.Context(), content.Vote{Entry: entry.ID, Lang: "en", Version: 1, Sentence: strings.Repeat("x", 301)}); codeIn(err, "sentence") != content.CodeTooLong {
			t.Errorf("a long sentence: %v", err)
		}
		if _, err := votes.VoteCounts(t.Context(), content.Actor{}); content.KindOf(err) != content.Unknown {
			t.Errorf("a stranger reads the votes: %v", err)
		}
	})
}

func TestLogoIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, store *sqlstore.Store) {
		s := storetest.NewSite(t, store)
		if _, err := store.Logo(t.Context()); content.KindOf(err) != content.NotFound {
			t.Errorf("before: %v", err)
		}
		logo := content.Logo{LogoRef: content.LogoRef{Hash: "abc", Width: 3, Height: 2}, PNG: []byte("\x89PNG\x00\xff")}
		settings, err := store.SetLogo(t.Context(), &logo, content.NewAudit(s.Admin, s.Now(), "settings.logo", "site", nil))
		if err != nil || settings.Look.Logo == nil || *settings.Look.Logo != logo.LogoRef {
			t.Fatalf("%+v, %v", settings.Look, err)
		}
		kept, err := store.Logo(t.Context())
		if err != nil || string(kept.PNG) != string(logo.PNG) || kept.LogoRef != logo.LogoRef {
			t.Errorf("%+v, %v", kept, err)
		}
		site := content.Site{Store: store, Now: s.Now}
		settings, err = site.Update(t.Context(), s.Admin, func(all *content.Settings) { all.Look = content.Look{Accent: "#004488"} })
		if err != nil || settings.Look.Logo == nil {
			t.Errorf("other settings took the logo away: %+v, %v", settings.Look, err)
		}
		if settings, err = site.SetLogo(t.Context(), s.Admin, nil); err != nil || settings.Look.Logo != nil || settings.Look.Accent != "#004488" {
			t.Errorf("%+v, %v", settings.Look, err)
		}
	})
}

// codeIn is the code with which an error refuses a field.
func codeIn(err error, field string) content.Code {
	if e, ok := errors.AsType[*content.Error](err); ok {
		for _, f := range e.Fields {
			if f.Field == field {
				return f.Code
			}
		}
	}
	return ""
}
