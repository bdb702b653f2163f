package api

import (
	"net/http"

	"klartext/content"
	"klartext/server/found"
)

// everybody may make a call that needs no act.
const everybody content.Act = ""

func entryOperations() []operation {
	return []operation{
		get[listOf[content.Topic]]("/topics", "listTopics", everybody, "Topics in their order", paged()...),
		create[topicInput, content.Topic]("/topics", "createTopic", content.WriteRevision, "Make a topic"),
		do[topicPatchInput, content.Topic](http.MethodPatch, "/topics/{id}", "editTopic", content.WriteRevision, "Change a topic"),

		get[listOf[entryJSON]]("/entries", "listEntries", everybody, "Entries and policies: published ones, with a token also drafts",
			paged(parameter{name: "kind", doc: "entry or policy"}, parameter{name: "topic", doc: "id of a topic"}, parameter{name: "slug", doc: "exactly this one"})...),
		create[entryInput, entryJSON]("/entries", "createEntry", content.WriteRevision, "Make an entry or policy without any text yet"),
		get[wholeEntry]("/entries/{id}", "showEntry", everybody, "One entry with the texts that readers see, with a token also drafts"),
		do[entryPatchInput, entryJSON](http.MethodPatch, "/entries/{id}", "editEntry", content.WriteRevision, "Change slug, topic or position"),
		get[listOf[revisionItem]]("/entries/{id}/facts", "listFacts", content.ReadDrafts, "Revisions of the facts, newest first", paged()...),
		create[factsInput, revisionJSON]("/entries/{id}/facts", "saveFacts", content.WriteRevision,
			"Save the facts; 409 with the newest where base_revision is not it"),
		get[listOf[revisionItem]]("/entries/{id}/revisions", "listRevisions", content.ReadDrafts, "Revisions in one language, newest first",
			paged(parameter{name: "lang", doc: "the language; required"})...),
		create[revisionInput, revisionJSON]("/entries/{id}/revisions", "saveRevision", content.WriteRevision,
			"Save a text; 409 with the newest where base_revision is not it"),
		get[listOf[versionItem]]("/entries/{id}/versions", "listVersions", everybody, "What was published, newest first",
			paged(parameter{name: "lang", doc: "only this language"})...),
		get[versionJSON]("/entries/{id}/versions/{lang}/{n}", "showVersion", everybody, `One version; the language "facts" gives the facts alone`),
		get[revisionJSON]("/revisions/{id}", "showRevision", content.ReadDrafts, "One revision"),
		do[previewInput, writing](http.MethodPost, "/preview", "preview", content.WriteRevision, "Render a text as saving would, and save nothing"),
		do[checkInput, checkedJSON](http.MethodPost, "/check", "checkText", content.WriteRevision,
			"Say how hard a text is to read, where, and what would be plainer; saves nothing. Any token will do"),
	}
}

func changeOperations() []operation {
	step := func(path, name string, act content.Act, summary string) operation {
		return do[nothing, changeJSON](http.MethodPost, "/changes/{id}/"+path, name, act, summary)
	}
	return []operation{
		get[listOf[changeJSON]]("/changes", "listChanges", everybody, "Changes, newest first: published ones, with a token all",
			paged(parameter{name: "state", doc: "only those in this state"})...),
		create[changeInput, changeJSON]("/changes", "createChange", content.WriteChange, "Open a change"),
		get[changeJSON]("/changes/{id}", "showChange", everybody, "One change; without a token only what is published, and no person's name"),
		do[changeInput, changeJSON](http.MethodPatch, "/changes/{id}", "editChange", content.WriteChange,
			"Change what is given; voids approvals and takes the change back to draft"),
		do[[]announcementInput, changeJSON](http.MethodPut, "/changes/{id}/announcements", "setAnnouncements", content.WriteChange,
			"Replace the announcements; the answer has each one's length, limit, cost, warnings and final text"),
		do[[]overrideInput, changeJSON](http.MethodPut, "/changes/{id}/overrides", "setOverrides", content.WriteChange,
			"Say why texts go out although the gate is closed for them; the settings say whose role may"),
		step("submit", "submitChange", content.SubmitChange, "Ask for approval; 422 with findings where a gate is closed"),
		do[approveInput, changeJSON](http.MethodPost, "/changes/{id}/approve", "approveChange", content.ApproveChange,
			"Agree to exactly what the hash names; 403 for one's own text, 409 for another hash"),
		do[requestEditsInput, changeJSON](http.MethodPost, "/changes/{id}/request-edits", "requestEdits", content.ApproveChange,
			"Send the change back to its authors"),
		do[scheduleInput, changeJSON](http.MethodPost, "/changes/{id}/schedule", "scheduleChange", content.PublishChange, "Set the time of publication"),
		step("publish", "publishChange", content.PublishChange, "Publish everything in the change, at once and in one step"),
		step("cancel", "cancelChange", content.CancelChange, "End a change that is not published"),
	}
}

func deliveryOperations() []operation {
	return []operation{
		get[listOf[deliveryJSON]]("/deliveries", "listDeliveries", content.ReadDrafts, "What became of each announcement",
			paged(parameter{name: "change", doc: "id of a change"}, parameter{name: "channel", doc: "id of a channel"}, parameter{name: "state", doc: "only those in this state"},
				parameter{name: "view", doc: "needed: what stands still until a person decides, and posts that are gone or altered; queue: what will go out by itself, oldest first"})...),
		get[deliveryJSON]("/deliveries/{id}", "showDelivery", content.ReadDrafts, "One delivery with its attempts"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/retry", "retryDelivery", content.DecideDelivery, "Send again what surely is not out"),
		do[resolveInput, deliveryJSON](http.MethodPost, "/deliveries/{id}/resolve", "resolveDelivery", content.DecideDelivery, "Say whether it is out"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/cancel", "cancelDelivery", content.DecideDelivery, "Drop what is not sent"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/look", "lookDelivery", content.DecideDelivery, "Look for it on the network once more"),
		do[correctInput, deliveryJSON](http.MethodPost, "/deliveries/{id}/correct", "correctDelivery", content.DecideDelivery,
			"Give a post that is out other words, in place or by a post that answers it"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/withdraw", "withdrawDelivery", content.DecideDelivery, "Take a post down"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/call-off", "callOffDelivery", content.DecideDelivery,
			"End a correction or withdrawal that the network has not taken yet"),
		do[repeatInput, deliveryJSON](http.MethodPost, "/deliveries/{id}/repeat", "repeatDelivery", content.DecideDelivery,
			"Post once more what is not out any more; answers with the new delivery, and 409 again_doubt where confirm is needed"),
		do[nothing, deliveryJSON](http.MethodPost, "/deliveries/{id}/dismiss", "dismissDelivery", content.DecideDelivery,
			"Take note of what happened to a post that is gone or altered, so that it asks nobody any more"),
		get[heldJSON]("/deliveries-held", "showHeld", content.ReadDrafts, "Whether everything unsent waits, because the database was restored"),
		do[releaseInput, releasedJSON](http.MethodPost, "/deliveries-held/release", "releaseHeld", content.DecideDelivery, "Decide about all posts that are held"),
		do[nothing, releasedJSON](http.MethodPost, "/deliveries-trust", "trustPages", content.DecideDelivery,
			"Trust from now on that the site's pages are there although this server cannot reach them, and send what waits for that"),

		get[listOf[channelJSON]]("/channels", "listChannels", content.ReadDrafts, "Connected accounts, without their settings", paged()...),
		create[channelInput, channelJSON]("/channels", "connectChannel", content.ManageChannels, "Check an account with its network and connect it"),
		create[consentInput, consentJSON]("/channels/consents", "beginConsent", content.ManageChannels,
			"Begin to connect an account by its owner's consent (OAuth); holds 10 minutes"),
		create[consentAnswerInput, channelJSON]("/channels/consents/finish", "finishConsent", content.ManageChannels,
			"Take the network's answer, once, by whoever began; connects the account or gives its channel new credentials"),
		get[channelJSON]("/channels/{id}", "showChannel", content.ReadDrafts, "One channel, without its settings"),
		do[channelPatchInput, channelJSON](http.MethodPatch, "/channels/{id}", "editChannel", content.ManageChannels, "Change name, languages, pace or settings"),
		do[nothing, channelJSON](http.MethodPost, "/channels/{id}/test", "testChannel", content.ManageChannels, "Check credentials and limits without posting"),
		do[nothing, channelJSON](http.MethodPost, "/channels/{id}/pause", "pauseChannel", content.ManageChannels, "Hold the queue"),
		do[nothing, channelJSON](http.MethodPost, "/channels/{id}/resume", "resumeChannel", content.ManageChannels, "Let the queue go on"),
		disconnect(),
	}
}

func disconnect() operation {
	op := get[channelJSON]("/channels/{id}", "disconnectChannel", content.ManageChannels, "Forget the credentials, end them at the network, cancel what is not sent; reason says what is left to be done by hand")
	op.method = http.MethodDelete
	return op
}

func siteOperations() []operation {
	revoke := operation{
		method: http.MethodDelete, path: version + "/tokens/{id}", name: "revokeToken", act: content.ManageOwnTokens,
		summary: "End a token at once", status: http.StatusNoContent,
	}
	return []operation{
		get[found.SearchAnswer]("/search", "search", everybody, "What readers find: entries, policies, their sections and topics",
			parameter{name: "q", doc: "what somebody typed; 200 bytes are looked at"},
			parameter{name: "lang", doc: "the reader's language; the site's first where it is not given"},
			parameter{name: "limit", doc: "20 where it is not given", max: maxResults}),
		get[settingsJSON]("/settings", "showSettings", everybody, "The site's settings"),
		do[settingsInput, settingsJSON](http.MethodPatch, "/settings", "editSettings", content.ManageSettings, "Change the site's settings"),
		do[logoInput, settingsJSON](http.MethodPut, "/settings/logo", "setLogo", content.ManageSettings,
			"Give the site a logo; it is drawn anew as PNG, at most 640 by 112"),
		removeLogo(),
		get[userJSON]("/me", "showSelf", content.ReadDrafts, "Whose token it is"),
		get[listOf[userJSON]]("/users", "listUsers", content.ManageUsers, "Accounts", paged()...),
		create[userInput, userJSON]("/users", "addUser", content.ManageUsers, "Make an account without a password"),
		do[userPatchInput, userJSON](http.MethodPatch, "/users/{id}", "editUser", content.ManageUsers, "Change name or role, or disable an account"),
		create[nothing, loginLinkJSON]("/users/{id}/login-link", "makeLoginLink", content.ManageUsers, "Make a link that lets the person in once"),
		get[listOf[tokenJSON]]("/tokens", "listTokens", content.ManageOwnTokens, "One's own tokens", paged()...),
		create[tokenInput, newToken]("/tokens", "addToken", content.ManageOwnTokens, "Make a token of one's own; its secret is told once"),
		revoke,
		get[listOf[auditJSON]]("/audit", "listAudit", content.ReadAudit, "Who did what, newest first", paged()...),
	}
}
