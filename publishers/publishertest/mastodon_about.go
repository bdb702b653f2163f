package publishertest

import "strings"

func (m *Mastodon) version() string {
	if m.options.Kind == GoToSocial {
		return "0.20.2+git-0c7e0e4"
	}
	return "4.6.1"
}

func (m *Mastodon) domain() string { return strings.TrimPrefix(m.URL, "http://") }

// configuration: GoToSocial names a length for links and then counts them in full.
func (m *Mastodon) configuration() object {
	link := mastodonLink
	if m.options.Kind == GoToSocial {
		link = 25
	}
	return object{
		"statuses":          object{"max_characters": m.options.Limit, "max_media_attachments": 4, "characters_reserved_per_url": link},
		"media_attachments": object{"description_limit": 1500, "supported_mime_types": []string{"image/jpeg", "image/png", "image/webp"}},
		"accounts":          object{"max_featured_tags": 10},
	}
}

func (m *Mastodon) instance2() any {
	return object{
		"domain": m.domain(), "title": "A network that is not one", "version": m.version(), "source_url": "https://github.com/mastodon/mastodon",
		"description": "For trying out", "usage": object{"users": object{"active_month": 1}}, "thumbnail": object{"url": ""}, "languages": []string{"en", "de"},
		"configuration": m.configuration(), "registrations": object{"enabled": false, "approval_required": false, "message": nil},
		"contact": object{"email": "admin@example.com", "account": nil}, "rules": []any{}, "api_versions": object{"mastodon": 7},
	}
}

func (m *Mastodon) instance1() any {
	about := object{
		"uri": m.domain(), "title": "A network that is not one", "short_description": "", "description": "For trying out", "email": "admin@example.com",
		"version": m.version(), "urls": object{}, "stats": object{"user_count": 1, "status_count": len(m.held), "domain_count": 1}, "thumbnail": nil,
		"languages": []string{"en", "de"}, "registrations": false, "approval_required": false, "invites_enabled": false,
		"configuration": m.configuration(), "contact_account": nil, "rules": []any{},
	}
	if m.options.Kind == GoToSocial {
		about["max_toot_chars"] = m.options.Limit
	}
	return about
}

func (m *Mastodon) nodeinfoIndex() any {
	return object{"links": []object{{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": m.URL + "/nodeinfo/2.0"}}}
}

func (m *Mastodon) nodeinfo() any {
	return object{
		"version": "2.0", "software": object{"name": string(m.options.Kind), "version": m.version()}, "protocols": []string{"activitypub"},
		"services": object{"inbound": []any{}, "outbound": []any{}}, "openRegistrations": false,
		"usage": object{"users": object{"total": 1}, "localPosts": len(m.held)}, "metadata": object{},
	}
}
