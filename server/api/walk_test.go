package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"klartext/content"
)

// shop is a site with one entry, in two languages, that is ready to be published.
type shop struct {
	*world
	topic, entry, facts, german, english, channel, change string
}

func (w *world) shop() *shop {
	w.t.Helper()
	s := &shop{world: w}
	s.topic = w.do(content.Author, 201, "POST", "/topics", object{"slug": "location", "title": object{"de": "Standort", "en": "Location"}}).text("id")
	s.entry = w.do(content.Author, 201, "POST", "/entries", object{"kind": "entry", "slug": "where-am-i", "topic": s.topic}).text("id")
	s.german = s.write("de", "Wissen Sie, wo ich bin?", nil).text("id")
	s.english = s.write("en", "Do you know where I am?", nil).text("id")
	s.facts = w.do(content.Author, 201, "POST", "/entries/"+s.entry+"/facts", factsBody("P3M")).text("id")
	s.channel = w.do(content.Admin, 201, "POST", "/channels", object{
		"network": "test", "name": "Shop", "languages": []string{"de", "en"},
		"settings": object{"server": "https://example.social", "access_token": "canary-token"},
	}).text("id")
	s.change = w.do(content.Author, 201, "POST", "/changes", object{
		"slug": "location-explained", "title": object{"de": "Standort erklärt", "en": "Location explained"},
		"summary": object{"en": "We say what we know."}, "why": object{"de": "Sie haben gefragt.", "en": "You asked."},
		"materiality": "material", "effective_date": "2026-04-01",
		"perspectives": object{"en": []object{{"side": "critic", "text": "Too long."}}},
		"revisions":    []string{s.german, s.english, s.facts},
	}).text("id")
	return s
}

func (s *shop) write(lang, title string, base any) answer {
	s.t.Helper()
	return s.do(content.Author, 201, "POST", "/entries/"+s.entry+"/revisions", object{
		"lang": lang, "title": title, "short_answer": "Only while you ask.", "body": "We ask your phone.",
		"examples": []string{"You look for a shop."}, "perspectives": []object{{"side": "customer", "text": "I wonder."}},
		"choices": []object{{"label": "Switch it off", "url": "https://example.org/off"}}, "base_revision": base,
	})
}

func factsBody(duration string) object {
	return object{
		"data": []object{{"de": "Standort", "en": "location"}}, "purposes": []object{{"de": "Filiale finden", "en": "find a shop"}},
		"legal_bases": []object{{"code": "gdpr-6-1-b", "text": object{"en": "contract"}}},
		"retention":   object{"duration": duration, "from": object{"en": "your search"}},
		"recipients":  []object{{"name": "Maps Ltd", "role": object{"en": "maps"}, "country": "IE"}},
		"countries":   []string{"DE", "IE"}, "base_revision": nil,
	}
}

// publish takes the shop's change all the way.
func (s *shop) publish() {
	s.t.Helper()
	hash := s.do(content.Author, 200, "POST", "/changes/"+s.change+"/submit", nil).text("hash")
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/approve", object{"hash": hash})
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/publish", nil).want("state", "published")
}

func TestTheWholeWalk(t *testing.T) {
	s := newWorld(t).shop()
	draft := s.do(content.Author, 200, "GET", "/changes/"+s.change, nil)
	draft.want("state", "draft", "edition", 1, "effective_date", "2026-04-01", "pieces.0.entry", s.entry, "pieces.0.live_version", "<nil>",
		"author", s.Author.UserID, "author_name", "author", "permalink.de", "https://example.org/de/changes/location-explained", "problems", "[]")
	if draft.count("pieces") != 3 || draft.count("revisions") != 3 {
		t.Fatalf("pieces: %s", draft.body)
	}
	announced := s.do(content.Author, 200, "PUT", "/changes/"+s.change+"/announcements", []object{
		{"channel": s.channel, "lang": "de", "text": "Wir erklären, was wir wissen.", "link": true},
		{"channel": s.channel, "lang": "en", "text": "No link here.", "link": false},
	})
	final := "Wir erklären, was wir wissen.\n\nhttps://example.org/de/changes/location-explained"
	announced.want("announcements.0.final_text", final, "announcements.0.length", len(final), "announcements.0.limit", 100,
		"announcements.0.over", 0, "announcements.0.cost", "<nil>", "announcements.0.warnings", "[]", "announcements.0.network", "test",
		"announcements.1.final_text", "No link here.", "announcements.1.link", false)
	if announced.text("hash") == draft.text("hash") {
		t.Error("a new announcement left the hash as it was")
	}
	submitted := s.do(content.Author, 200, "POST", "/changes/"+s.change+"/submit", nil)
	submitted.want("state", "in_review", "hash", announced.text("hash"))
	s.do(content.Approver, 409, "POST", "/changes/"+s.change+"/approve", object{"hash": draft.text("hash")}).want("code", "hash_mismatch")
	approved := s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/approve", object{"hash": submitted.text("hash")})
	approved.want("state", "approved", "approvals.0.valid", true, "approvals.0.name", "approver", "approvals.0.user", s.Approver.UserID,
		"approvals.0.hash", submitted.text("hash"), "approval_count", 1, "approvals_required", 1)
	published := s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/publish", nil)
	published.want("state", "published", "pieces.0.live_version", 1, "hash", submitted.text("hash"))

	deliveries := s.do(content.Author, 200, "GET", "/deliveries?change="+s.change, nil)
	deliveries.want("items.0.state", "queued", "items.0.channel", s.channel, "items.0.text", final, "items.0.remote_id", "<nil>", "items.0.attempts", "[]")
	if deliveries.count("items") != 2 {
		t.Fatalf("deliveries: %s", deliveries.body)
	}
	one := deliveries.text("items.0.id")
	s.do(content.Author, 200, "GET", "/deliveries/"+one, nil).want("id", one)
	s.do(content.Approver, 409, "POST", "/deliveries/"+one+"/retry", nil)
	s.do(content.Approver, 200, "POST", "/deliveries/"+one+"/cancel", nil).want("state", "cancelled")
	s.do(content.Approver, 409, "POST", "/deliveries/"+one+"/resolve", object{"as": "sent", "remote_url": "https://example.social/@shop/1"})
}

func TestStrangersReadWhatIsPublishedAndNothingElse(t *testing.T) {
	s := newWorld(t).shop()
	for _, path := range []string{"/topics", "/entries", "/changes"} {
		if list := s.do("", 200, "GET", path, nil); list.count("items") != 0 || list.at("next") != nil {
			t.Errorf("%s before anything is published: %s", path, list.body)
		}
	}
	hidden := []string{"/entries/" + s.entry, "/changes/" + s.change, "/entries/" + s.entry + "/versions", "/entries/" + s.entry + "/versions/de/1"}
	for _, path := range hidden {
		s.do("", 404, "GET", path, nil)
	}
	s.publish()
	later := s.write("de", "Noch geheim?", s.german)
	persons := []string{s.Author.UserID, s.Approver.UserID, `"author"`, `"approver"`, `"name":"a`, "geheim", later.text("id")}

	topics := s.do("", 200, "GET", "/topics", nil)
	topics.want("items.0.slug", "location")
	entries := s.do("", 200, "GET", "/entries?kind=entry&slug=where-am-i&topic="+s.topic, nil)
	entries.want("items.0.id", s.entry, "items.0.languages.0.lang", "de", "items.0.languages.0.version", 1, "items.0.languages.0.state", "live",
		"items.0.languages.0.url", "https://data.example.org/de/faq/where-am-i", "items.0.facts.version", 1)
	entry := s.do("", 200, "GET", "/entries/"+s.entry, nil)
	entry.want("published.0.title", "Wissen Sie, wo ich bin?", "published.0.number", 1, "published.0.facts.retention.duration", "P3M",
		"published.0.html.body", "<p>We ask your phone.</p>", "drafts", "<nil>")
	versions := s.do("", 200, "GET", "/entries/"+s.entry+"/versions?lang=en", nil)
	versions.want("items.0.number", 1, "items.0.effective_date", "2026-04-01", "items.0.url", "https://data.example.org/en/faq/where-am-i/v1")
	version := s.do("", 200, "GET", "/entries/"+s.entry+"/versions/en/1", nil)
	version.want("title", "Do you know where I am?", "choices.0.url", "https://example.org/off", "facts.countries", "[DE IE]")
	s.do("", 200, "GET", "/entries/"+s.entry+"/versions/facts/1", nil).want("title", "<nil>", "lang", "", "facts.recipients.0.name", "Maps Ltd")
	changes := s.do("", 200, "GET", "/changes", nil)
	change := s.do("", 200, "GET", "/changes/"+s.change, nil)
	change.want("state", "published", "approval_count", 1, "approvals", "[]", "author", "<nil>", "pieces.0.live_version", 1, "announcements", "[]",
		"why.de", "Sie haben gefragt.", "approvals_required", 1)
	settings := s.do("", 200, "GET", "/settings", nil)
	settings.want("languages", "[de en]", "time_zone", "Europe/Berlin", "approvals_required", 1)
	for _, a := range []answer{topics, entries, entry, versions, version, changes, change, settings} {
		a.lacks(persons...)
		if a.header.Get("Access-Control-Allow-Origin") != "*" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("headers: %v", a.header)
		}
	}
	s.do("", 401, "GET", "/changes?state=draft", nil).want("code", "token_needed")
	with := s.do(content.Author, 200, "GET", "/entries/"+s.entry, nil)
	with.want("drafts.0.title", "Noch geheim?", "languages.0.draft", true, "languages.0.newest.id", later.text("id"))
	if with.header.Get("Access-Control-Allow-Origin") != "" || with.header.Get("Cache-Control") != "no-store" {
		t.Errorf("an answer with drafts can be read elsewhere: %v", with.header)
	}
}

func TestTakingDownLeavesATombstone(t *testing.T) {
	s := newWorld(t).shop()
	s.publish()
	s.change = s.do(content.Author, 201, "POST", "/changes", object{
		"title": object{"de": "Weg damit"}, "why": object{"de": "Den Dienst gibt es nicht mehr."},
		"withdraw": []object{{"entry": s.entry, "lang": "de", "reason": "Gibt es nicht mehr."}},
	}).text("id")
	s.publish()
	entry := s.do("", 200, "GET", "/entries/"+s.entry, nil)
	entry.want("tombstones.0.lang", "de", "tombstones.0.reason", "Gibt es nicht mehr.", "tombstones.0.after_version", 1, "tombstones.0.change", s.change,
		"languages.0.state", "withdrawn", "languages.1.state", "live", "published.0.lang", "en")
	s.do("", 200, "GET", "/entries/"+s.entry+"/versions/de/1", nil).want("title", "Wissen Sie, wo ich bin?")
	s.do(content.Author, 200, "GET", "/entries/"+s.entry, nil).want("languages.0.state", "withdrawn", "tombstones.0.lang", "de")
}

func TestAPolicyIsKeptInSections(t *testing.T) {
	w := newWorld(t)
	policy := w.do(content.Author, 201, "POST", "/entries", object{"kind": "policy", "slug": "privacy", "topic": nil})
	policy.want("topic", "<nil>", "kind", "policy")
	saved := w.do(content.Author, 201, "POST", "/entries/"+policy.text("id")+"/revisions", object{
		"lang": "en", "title": "Privacy policy", "base_revision": nil,
		"sections": []object{{"heading": "Who we are", "body": "A shop.", "summary": "We are a shop."}, {"id": "data", "heading": "Data", "body": "Your name."}},
	})
	saved.want("sections.0.id", "part-1", "sections.0.summary", "We are a shop.", "sections.1.id", "data", "html.sections.1.body", "<p>Your name.</p>", "number", 1)
	w.do(content.Author, 200, "GET", "/revisions/"+saved.text("id"), nil).want("hash", saved.text("hash"), "sections.1.heading", "Data")
	w.do(content.Author, 201, "POST", "/entries/"+policy.text("id")+"/revisions", object{
		"lang": "de", "title": "Datenschutz", "body": "# Wer wir sind\n\nEin Laden.", "base_revision": nil,
	}).want("sections.0.heading", "All", "body", "")
}

func TestEditingGoesOnFromTheNewest(t *testing.T) {
	s := newWorld(t).shop()
	second := s.write("de", "Zweite", s.german)
	stale := s.do(content.Approver, 409, "POST", "/entries/"+s.entry+"/revisions", object{"lang": "de", "title": "Meine", "base_revision": s.german})
	stale.want("code", "revision_old", "newest.id", second.text("id"), "newest.title", "Zweite", "newest.body", "We ask your phone.",
		"newest.base_revision", s.german, "newest.choices.0.label", "Switch it off")
	s.do(content.Approver, 409, "POST", "/entries/"+s.entry+"/facts", factsBody("P1Y")).want("newest.id", s.facts, "newest.retention.duration", "P3M")
	list := s.do(content.Author, 200, "GET", "/entries/"+s.entry+"/revisions?lang=de&limit=1", nil)
	list.want("items.0.id", second.text("id"), "items.0.title", "Zweite")
	s.do(content.Author, 200, "GET", "/entries/"+s.entry+"/revisions?lang=de&cursor="+list.text("next"), nil).want("items.0.id", s.german, "next", "<nil>")
	s.do(content.Author, 200, "GET", "/entries/"+s.entry+"/facts", nil).want("items.0.id", s.facts, "items.0.lang", "")
	s.do(content.Author, 422, "GET", "/entries/"+s.entry+"/revisions", nil).want("errors.0.field", "lang")

	edited := s.do(content.Author, 200, "PATCH", "/changes/"+s.change, object{"effective_date": nil, "revisions": []string{second.text("id")}, "edition": 1})
	edited.want("effective_date", "<nil>", "edition", 2, "pieces.0.revision", second.text("id"), "title.de", "Standort erklärt")
	s.do(content.Author, 409, "PATCH", "/changes/"+s.change, object{"slug": "other", "edition": 1}).want("code", "edition_old")
	s.do(content.Author, 200, "PATCH", "/topics/"+s.topic, object{"title": object{"de": "Ort"}}).want("title.de", "Ort", "slug", "location")
	s.do(content.Author, 200, "PATCH", "/entries/"+s.entry, object{"slug": "where"}).want("slug", "where", "topic", s.topic)
	s.do(content.Author, 422, "PATCH", "/entries/"+s.entry, object{"topic": nil}).want("errors.0.field", "topic")
	s.do(content.Author, 200, "POST", "/preview", object{"kind": "entry", "title": "T", "body": "<b>"}).want("html.body", "<p>&lt;b&gt;</p>")
}

func TestAClosedGateSaysWhatItFound(t *testing.T) {
	s := newWorld(t).shop()
	s.do(content.Author, 200, "PATCH", "/changes/"+s.change, object{"why": object{"de": "  "}})
	s.do(content.Author, 200, "PUT", "/changes/"+s.change+"/announcements", []object{
		{"channel": s.channel, "lang": "en", "text": strings.Repeat("x", 130), "link": false},
	}).want("announcements.0.over", 30)
	draft := s.do(content.Author, 200, "GET", "/changes/"+s.change, nil)
	closed := s.do(content.Author, 422, "POST", "/changes/"+s.change+"/submit", nil)
	var fields []string
	for i := range closed.count("findings") {
		item := closed.at("findings").([]any)[i].(object)
		fields = append(fields, item["field"].(string)+" "+item["rule"].(string)+" "+item["severity"].(string))
	}
	want := []string{"why.de why_missing error", "why.en why_missing error", "announcements.0.text announcement_long error"}
	if !slices.Equal(fields, want) || draft.count("problems") != 3 || draft.count("findings") < 4 || closed.count("errors") != 3 {
		t.Errorf("got %v, want %v: %s", fields, want, closed.body)
	}
	// After what holds it back comes what the checker finds in the change's own words, and in its texts.
	last := fmt.Sprintf("findings.%d.", draft.count("findings")-1)
	draft.want(last+"field", "announcements.0.text", last+"rule", "word.compound", last+"severity", "warning", last+"end", 130)
	closed.want("errors.2.detail", "The announcement for “Shop” is 30 characters too long: 130 of at most 100.")
	s.do(content.Author, 200, "GET", "/changes/"+s.change, nil).want("state", "draft")
}

func TestNobodyApprovesTheirOwnTextByTheAPI(t *testing.T) {
	s := newWorld(t).shop()
	s.do(content.Approver, 200, "PATCH", "/changes/"+s.change, object{"summary": object{"en": "Mine."}})
	hash := s.do(content.Author, 200, "POST", "/changes/"+s.change+"/submit", nil).text("hash")
	s.do(content.Approver, 403, "POST", "/changes/"+s.change+"/approve", object{"hash": hash}).want("code", "own_text")
	s.do(content.Admin, 200, "POST", "/changes/"+s.change+"/request-edits", object{"note": "Kürzer, bitte."}).want("state", "draft", "note", "Kürzer, bitte.")
	s.do(content.Approver, 409, "POST", "/changes/"+s.change+"/publish", nil).want("code", "wrong_state")
	s.do(content.Author, 200, "POST", "/changes/"+s.change+"/cancel", nil).want("state", "cancelled")
	s.do(content.Author, 200, "GET", "/changes?state=cancelled", nil).want("items.0.id", s.change)
}

func TestScheduling(t *testing.T) {
	s := newWorld(t).shop()
	hash := s.do(content.Author, 200, "POST", "/changes/"+s.change+"/submit", nil).text("hash")
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/approve", object{"hash": hash})
	s.do(content.Approver, 422, "POST", "/changes/"+s.change+"/schedule", object{"publish_at": "tomorrow"}).want("errors.0.code", "moment_form")
	s.do(content.Approver, 422, "POST", "/changes/"+s.change+"/schedule", object{"publish_at": "2020-01-01T00:00:00Z"}).want("errors.0.field", "publish_at")
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/schedule", object{"publish_at": "2026-03-29T09:00:00+02:00"}).
		want("state", "scheduled", "publish_at", "2026-03-29T07:00:00Z")
	s.do(content.Approver, 200, "POST", "/changes/"+s.change+"/publish", nil).want("state", "published")
}

func TestAOnePersonSite(t *testing.T) {
	s := newWorld(t).shop()
	s.do(content.Admin, 200, "PATCH", "/settings", object{"approvals_required": 0}).want("approvals_required", 0, "time_zone", "Europe/Berlin")
	s.do(content.Admin, 200, "POST", "/changes/"+s.change+"/submit", nil).want("state", "approved")
	s.do(content.Admin, 200, "POST", "/changes/"+s.change+"/publish", nil).want("state", "published", "approvals_required", 0)
}
