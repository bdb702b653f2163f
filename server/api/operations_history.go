package api

import "maps"

// historyOperations are what readers have as pages of the past; each is open to everybody.
func historyOperations() []operation {
	lang := parameter{name: "lang", doc: "only this language of the site", example: "en"}
	asOf := get[listOf[thenJSON]]("/as-of/{date}", "showAsOf", everybody,
		"Everything that could be read at the end of a day, each text with the number of its version; slugs and topics are today's", paged(lang)...)
	asOf.example = object{"items": []object{{
		"entry": "01980c5e-6b1a-7c3e-9f40-2b6d1c7a8e11", "kind": "entry", "slug": "location", "topic": "01980c5e-6b10-7d21-8a57-4c0f9d3e7b22", "facts_version": 1,
		"languages": []object{{
			"lang": "en", "title": "Do you know where I am?", "number": 2, "hash": "9f2c41d07be85a36", "published_at": "2026-03-02T09:00:00Z", "effective_date": "2026-03-02",
			"url": "https://data.example.org/en/faq/location/v2", "as_of_url": "https://data.example.org/en/as-of/2026-03-31/faq/location",
		}},
	}}, "next": nil}
	asOf.pathExample = "2026-03-31"
	since := get[sinceJSON]("/since", "showSince", everybody,
		"What reads otherwise today than on a day or after a change, and the changes that made it so",
		paged(parameter{name: "date", doc: "from the beginning of this day; either this or change", example: "2026-03-01"},
			parameter{name: "change", doc: "after this change: its id or slug"}, lang)...)
	ref := object{
		"id": "01980c5e-7f02-7a19-b1de-90a3c2f45d33", "slug": "shorter", "title": object{"en": "Payment data stays for six months only"}, "materiality": "material",
		"imported": false, "published_at": "2026-03-02T09:00:00Z", "permalink": object{"en": "https://data.example.org/en/changes/shorter"},
	}
	since.example = object{"from": "2026-03-01T00:00:00Z", "changes": []object{ref}, "more_changes": 0, "items": []object{{
		"entry": "01980c5e-6b1a-7c3e-9f40-2b6d1c7a8e11", "kind": "entry", "slug": "payment-data", "lang": "en", "act": "changed", "title": "What happens to my payment data?",
		"from": 1, "to": 2, "url": "https://data.example.org/en/faq/payment-data", "compare_url": "https://data.example.org/en/faq/payment-data/v1...v2",
	}}, "next": nil}
	coverage := get[coverageJSON]("/coverage", "showCoverage", everybody, "Which changes were announced on which networks", paged()...)
	covered := object{"why": object{"en": "Complaints come within six months."}, "posts": []object{{
		"network": "mastodon", "channel": "@shop@social.example", "lang": "en", "url": "https://social.example/@shop/1", "at": "2026-03-02T09:00:04Z",
		"part": 0, "correction": false, "corrected_at": nil, "withdrawn": false, "gone": false,
	}}}
	maps.Copy(covered, ref)
	coverage.example = object{"material": 1, "announced": 1, "editorial": 0, "imported": 0, "items": []object{covered}, "next": nil}
	return []operation{asOf, since, coverage}
}
