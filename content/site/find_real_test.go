package site

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/markdown"
)

// question is what somebody types, and the entry that must be among the first three.
type question struct {
	lang  content.Lang
	query string
	want  string
}

// asked are questions as people type them into a small field, half of them German.
var asked = []question{
	{"de", "standort", "android_location"},
	{"de", "Standort", "bluetooth_off"},
	{"de", "standortverwendung", "android_location"},
	{"de", "bin ich anonym", "anonymous"},
	{"de", "anonymität", "anonymous"},
	{"de", "anonymitaet", "anonymous"},
	{"de", "apk datei", "apk"},
	{"de", "akku", "battery"},
	{"de", "akkuverbrauch", "battery"},
	{"de", "batterie leer", "battery"},
	{"de", "wer betreibt den server", "backend_ops"},
	{"de", "datensicherung", "backup"},
	{"de", "backups", "backup"},
	{"de", "bluetooth sicherheit", "bt_security"},
	{"de", "schadsoftware", "bt_security"},
	{"de", "bewegungsprofil", "central_storage"},
	{"de", "app schliessen", "close_app"},
	{"de", "app schließen", "close_app"},
	{"de", "wer sieht meine daten", "data_access"},
	{"de", "datenschutz", "data_privacy"},
	{"de", "personenbezogene daten", "personal_data"},
	{"de", "personenbezogne Daten", "personal_data"},
	{"de", "ist die app pflicht muss ich sie verwenden", "have_to_use"},
	{"de", "schwerhörig", "hearing_impaired"},
	{"de", "schwerhoerig", "hearing_impaired"},
	{"de", "gehoerlos", "hearing_impaired"},
	{"de", "krankschreibung", "sick_leave"},
	{"de", "krankmeldung", "sick_leave"},
	{"de", "sprachen", "available_languages"},
	{"de", "mobile daten kosten", "mobile_data_costs"},
	{"de", "deinstallieren", "delete_random_ids"},
	{"de", "zufallscodes löschen", "delete_random_ids"},
	{"de", "quelcode", "oss_complete"},
	{"de", "quellcode offen gefahr", "oss_dangerous"},
	{"de", "negatives testergebnis", "test_negative"},
	{"de", "testergebniss ausland", "test_in_other_country"},
	{"de", "wieder gesund", "recovered"},
	{"de", "qrcode", "qr_test"},
	{"de", "mehrere QR-Codes", "QRcodes"},
	{"de", "fehler 9002", "cause9002"},
	{"de", "app stürzt ab", "app_crash"},
	{"de", "gerootet", "rooted_devices"},
	{"de", "huawei", "huawei_honor"},
	{"de", "kind alter", "age_restriction"},
	{"de", "altersbeschränkung", "age_restriction"},
	{"de", "smartwatch", "smartwatch"},
	{"de", "location", "android_location"},
	{"de", "battery", "battery"},
	{"en", "location", "android_location"},
	{"en", "where am i tracked", "android_location"},
	{"en", "anonymous", "anonymous"},
	{"en", "battery drain", "battery"},
	{"en", "batery", "battery"},
	{"en", "who runs the server", "backend_ops"},
	{"en", "backup", "backup"},
	{"en", "is bluetooth secure", "bt_security"},
	{"en", "malware", "bt_security"},
	{"en", "movement profile", "central_storage"},
	{"en", "closing the app", "close_app"},
	{"en", "who can access my data", "data_access"},
	{"en", "data privacy", "data_privacy"},
	{"en", "personal data stored", "personal_data"},
	{"en", "do i have to use it", "have_to_use"},
	{"en", "deaf", "hearing_impaired"},
	{"en", "sick note", "sick_leave"},
	{"en", "languages", "available_languages"},
	{"en", "languagse", "available_languages"},
	{"en", "roaming cost mobile data", "mobile_data_costs"},
	{"en", "uninstall", "delete_random_ids"},
	{"en", "delete random ids", "delete_random_ids"},
	{"en", "source code complete", "oss_complete"},
	{"en", "open source dangerous", "oss_dangerous"},
	{"en", "negative test", "test_negative"},
	{"en", "test from abroad", "test_in_other_country"},
	{"en", "recoverd", "recovered"},
	{"en", "qr code", "qr_test"},
	{"en", "error 9002", "cause9002"},
	{"en", "app crashes", "app_crash"},
	{"en", "rooted phone", "rooted_devices"},
	{"en", "huawei", "huawei_honor"},
	{"en", "children minimum age", "age_restriction"},
	{"en", "smart watches", "smartwatch"},
	{"en", "notification weekly", "notif_weekly_update"},
	{"en", "standort", "android_location"},
	{"en", "krankschreibung", "sick_leave"},
	{"en", "download numbers", "numbers_RKI"},
	{"en", "black screen", "ios_black_screen"},
	{"en", "eavesdropping network traffic", "traffic_monitoring"},
}

func TestQuestionsFindTheirAnswers(t *testing.T) {
	value := New(importedFAQ(t, "../../../shared/data/histories/cwa-faq.jsonl"))
	for _, questions := range [][]question{asked, askedInSentences} {
		if len(questions) < 20 || len(asked) < 60 {
			t.Fatalf("only %d questions", len(questions))
		}
		first := 0
		for _, q := range questions {
			var got []string
			for _, r := range value.Search(q.lang, q.query, 10).Results {
				if r.Entry != nil {
					got = append(got, r.Entry.Slug)
				}
			}
			if at := slices.Index(got, q.want); at < 0 || at > 2 {
				t.Errorf("%s %q: want %s among the first three of %v", q.lang, q.query, q.want, got)
			} else if at == 0 {
				first++
			}
		}
		t.Logf("%d of %d questions have their answer in the first place", first, len(questions))
	}
}

// importedFAQ is what the newest line of each text leaves standing.
func importedFAQ(t testing.TB, path string) content.SiteData {
	t.Helper()
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the imported FAQ is not here: ", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	type line struct{ Key, Lang, Date, Title, Status, Markdown string }
	newest := map[string]line{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if l.Date >= newest[l.Key+l.Lang].Date {
			newest[l.Key+l.Lang] = l
		}
	}
	entries := map[string]*content.PublishedEntry{}
	for _, l := range newest {
		if l.Status != "published" {
			continue
		}
		slug := l.Key[strings.LastIndexByte(l.Key, '/')+1:]
		if entries[slug] == nil {
			entries[slug] = &content.PublishedEntry{Entry: content.Entry{ID: slug, Slug: slug, Kind: content.FAQ}, Current: map[content.Lang]content.Version{}}
		}
		entries[slug].Current[content.Lang(l.Lang)] = versionOf(t, content.Lang(l.Lang), content.Writing{Title: l.Title, Body: l.Markdown})
	}
	data := content.SiteData{Seq: 1, Whole: true, Settings: berlin}
	for _, entry := range entries {
		data.Entries = append(data.Entries, *entry)
	}
	return data
}

func versionOf(t testing.TB, lang content.Lang, text content.Writing) content.Version {
	t.Helper()
	html, err := content.RenderWriting(t.Context(), markdown.NewDomain(), &text)
	if err != nil {
		t.Fatal(err)
	}
	return content.Version{VersionMeta: content.VersionMeta{Lang: lang, Number: 1, Title: text.Title}, Text: text, HTML: html}
}
