package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/server/admin"
	"klartext/server/api"
	"klartext/server/public"
	"klartext/server/theme"
	"klartext/static"
)

// publicRoutes are for readers: no session, no cookie, no database.
func publicRoutes(app fiber.Router, h *public.Handlers) {
	app.Use(h.ShowCurrent) // every page as it stands now: front, topics, entries, policies, changes, feeds, sitemap
	app.Get("/", h.ShowHome)
	app.Get("/:lang/ask", h.ShowAsk)
	app.Post("/:lang/ask", h.Ask)
	app.Get("/:lang/questions/:receipt", h.ShowReceipt)
	app.Get("/:lang/:folder/:slug/:version/vote", h.ShowVote)
	app.Post("/:lang/:folder/:slug/:version/vote", h.Vote)
	app.Get("/:lang/:folder/:slug/versions", h.ShowHistory)
	app.Get("/:lang/:folder/:slug/:version", h.ShowShare, h.ShowVersion)
	app.Get("/:lang/search", h.ShowSearch)
	app.Get("/:lang/since", h.ShowSince)
	app.Get("/:lang/as-of", h.ShowAsOf)
	app.Get("/:lang/as-of/:day", h.ShowThen)
	app.Get("/:lang/as-of/:day/", h.ShowThen)
	app.Get("/:lang/as-of/:day/:folder/:slug", h.ShowThen)
	app.Get("/embed.js", h.ShowEmbed)
	app.Get("/embed/*", h.ShowEmbed)
	app.Get("/oembed", h.ShowOEmbed)
	app.Get("/oembed/*", h.ShowOEmbed)
	app.Get("/:lang/:folder/:file", h.ShowFeed)
	app.Get("/ledger.jsonl", h.ShowLedger)
	app.Get(static.Prefix+"*", h.ShowAsset)
	app.Get(theme.Prefix+"*", h.ShowThemeFile)
	app.Get("/logo/:name", h.ShowLogo)
	app.Get("/healthz", h.ShowHealth)
	app.Get("/readyz", h.ShowReady)
	app.Use(outside("/admin", "/api", h.ShowElsewhere))
}

// outside calls a handler for all addresses but those of two parts of the site.
func outside(one, other string, handler fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		for _, part := range []string{one, other} {
			if path := c.Path(); path == part || strings.HasPrefix(path, part+"/") {
				return c.Next()
			}
		}
		return handler(c)
	}
}

// adminRoutes are for the people who write. Everything below Open knows who
// asks; everything below RequireUser is closed to strangers, found or not.
func adminRoutes(app fiber.Router, h *admin.Handlers) {
	app = app.Group("/admin", h.Open)
	app.Get("/login", h.ShowLogin)
	app.Post("/login", h.Login)
	app.Get("/enter", h.ShowEnter)
	app.Post("/enter", h.Enter)

	app = app.Group("", h.RequireUser)
	app.Get("", h.ShowHome)
	app.Get("/", h.ShowHome)
	adminEntryRoutes(app, h)
	adminChangeRoutes(app, h)
	adminPeopleRoutes(app, h)
	adminChannelRoutes(app, h)
}

// adminEntryRoutes: a form that was not accepted leaves its own address in the
// browser, so reading that address leads back to the page of the form.
func adminEntryRoutes(app fiber.Router, h *admin.Handlers) {
	app.Get("/entries", h.ListEntries)
	app.Post("/entries", h.CreateEntry)
	app.Get("/entries/new", h.NewEntry)
	app.Get("/entries/:id", h.OpenEntry)
	app.Get("/entries/:id/text/:lang", h.ShowText)
	app.Post("/entries/:id/text/:lang/revisions", h.SaveText)
	app.Post("/entries/:id/text/:lang/preview", h.PreviewText)
	app.Post("/entries/:id/text/:lang/check", h.CheckText)
	app.Post("/entries/:id/text/:lang/ignore", h.IgnoreFinding)
	app.Post("/entries/:id/text/:lang/take-up", h.UnignoreFinding)
	app.Get("/entries/:id/text/:lang/:act", h.BackToText)
	app.Get("/entries/:id/facts", h.ShowFacts)
	app.Post("/entries/:id/facts", h.SaveFacts)
	app.Get("/entries/:id/settings", h.ShowEntrySettings)
	app.Post("/entries/:id/settings", h.SaveEntrySettings)
	app.Post("/entries/:id/propose", h.Propose)
	app.Post("/entries/:id/withdraw", h.TakeDown)
	app.Get("/entries/:id/:act", h.OpenEntry)
	app.Get("/revisions/:id", h.ShowRevision)
	app.Post("/revisions/:id/restore", h.RestoreRevision)

	app.Get("/questions", h.ListQuestions)
	app.Get("/questions/:id", h.ShowQuestion)
	app.Post("/questions/:id/answer", h.AnswerQuestion)
	app.Post("/questions/:id/close", h.CloseQuestion)
	app.Post("/questions/:id/reopen", h.ReopenQuestion)
	app.Get("/questions/:id/:act", h.ShowQuestion)
	app.Get("/votes", h.ShowVotes)

	app.Get("/topics", h.ListTopics)
	app.Post("/topics", h.CreateTopic)
	app.Post("/topics/:id", h.SaveTopic)
	app.Post("/topics/:id/move", h.MoveTopic)
	app.Get("/topics/:id", h.BackToTopics)

	app.Get("/glossary", h.ListTerms)
	app.Post("/glossary", h.CreateTerm)
	app.Post("/glossary/adopt", h.AdoptTerms)
	app.Post("/glossary/:id", h.SaveTerm)
	app.Get("/glossary/:id", h.BackToGlossary)
	app.Get("/clarity", h.ShowClarity)
}

func adminChangeRoutes(app fiber.Router, h *admin.Handlers) {
	app.Get("/changes", h.ListChanges)
	app.Post("/changes", h.CreateChange)
	app.Get("/changes/new", h.NewChange)
	app.Get("/changes/:id", h.ShowChange)
	app.Post("/changes/:id", h.SaveChange)
	app.Post("/changes/:id/pieces", h.ChangePieces)
	app.Post("/changes/:id/withdrawals", h.ChangeWithdrawals)
	app.Post("/changes/:id/announcements", h.SaveAnnouncements)
	app.Post("/changes/:id/length", h.CountAnnouncement)
	app.Post("/changes/:id/override", h.SaveOverride)
	app.Post("/changes/:id/proposals", h.ProposeAnnouncements)
	app.Post("/changes/:id/pictures", h.AddPicture)
	app.Get("/media/:id", h.ShowPicture)
	app.Get("/media/:id/small", h.ShowSmallPicture)
	app.Post("/changes/:id/submit", h.SubmitChange)
	app.Post("/changes/:id/approve", h.ApproveChange)
	app.Post("/changes/:id/request-edits", h.RequestEdits)
	app.Post("/changes/:id/schedule", h.ScheduleChange)
	app.Post("/changes/:id/publish", h.PublishChange)
	app.Post("/changes/:id/cancel", h.CancelChange)
	app.Get("/changes/:id/:act", h.BackToChange)
}

func adminPeopleRoutes(app fiber.Router, h *admin.Handlers) {
	app.Post("/logout", h.Logout)
	app.Get("/account", h.ShowAccount)
	app.Post("/account/language", h.SaveLang)
	app.Post("/account/password", h.SavePassword)
	app.Post("/account/tokens", h.AddToken)
	app.Post("/account/tokens/:id/revoke", h.RevokeToken)

	app.Get("/settings", h.ShowSettings)
	app.Post("/settings", h.SaveSettings)
	app.Get("/settings/gates", h.ShowGates)
	app.Post("/settings/gates", h.SaveGates)
	app.Get("/look", h.ShowLook)
	app.Post("/look", h.SaveLook)
	app.Post("/look/logo", h.SaveLogo)
	app.Post("/look/logo/remove", h.RemoveLogo)
	app.Get("/users", h.ShowUsers)
	app.Post("/users", h.AddUser)
	app.Get("/users/:id", h.ShowUser)
	app.Post("/users/:id", h.SaveUser)
	app.Post("/users/:id/link", h.LinkUser)
	app.Post("/users/:id/disable", h.DisableUser)
	app.Post("/users/:id/enable", h.EnableUser)
	app.Get("/audit", h.ShowAudit)
}

func adminChannelRoutes(app fiber.Router, h *admin.Handlers) {
	app.Get("/channels", h.ShowChannels)
	app.Get("/channels/new/:network", h.NewChannel)
	app.Post("/channels/new/:network", h.ConnectChannel)
	app.Post("/channels/new/:network/consent", h.AskForConsent)
	app.Get("/channels/new/:network/consent", h.BackToChannelForm)
	app.Get("/channels/callback", h.TakeConsent)
	app.Get("/channels/:id", h.ShowChannel)
	app.Post("/channels/:id", h.SaveChannel)
	app.Post("/channels/:id/consent", h.AskAgain)
	app.Post("/channels/:id/test", h.TestChannel)
	app.Post("/channels/:id/pause", h.PauseChannel)
	app.Post("/channels/:id/resume", h.ResumeChannel)
	app.Post("/channels/:id/disconnect", h.DisconnectChannel)
	app.Get("/channels/:id/:act", h.BackToChannel)

	app.Get("/deliveries", h.ShowDeliveries)
	app.Get("/deliveries/:id", h.ShowDelivery)
	app.Post("/deliveries/:id/retry", h.RetryDelivery)
	app.Post("/deliveries/:id/resolve", h.ResolveDelivery)
	app.Post("/deliveries/:id/cancel", h.CancelDelivery)
	app.Post("/deliveries/:id/look", h.LookDelivery)
	app.Post("/deliveries/:id/correct", h.CorrectDelivery)
	app.Post("/deliveries/:id/withdraw", h.WithdrawDelivery)
	app.Post("/deliveries/:id/call-off", h.CallOffDelivery)
	app.Post("/deliveries/:id/repeat", h.RepeatDelivery)
	app.Post("/deliveries/:id/dismiss", h.DismissDelivery)
	app.Post("/deliveries-held", h.ReleaseHeld)
	app.Post("/deliveries-trust", h.TrustPages)
}

// apiRoutes are for programs. Everything above NeedToken is open to strangers, who see what is published there.
func apiRoutes(app fiber.Router, h *api.Handlers) {
	app.Get("/api/openapi.json", h.Document)
	app.Options("/api/openapi.json", h.Allow)
	app = app.Group("/api/v1", h.Tidy, h.Preflight, h.Authenticate, h.Once)
	app.Get("/topics", h.Open, h.ListTopics)
	app.Get("/entries", h.Open, h.ListEntries)
	app.Get("/entries/:id", h.Open, h.ShowEntry)
	app.Get("/entries/:id/versions", h.Open, h.ListVersions)
	app.Get("/entries/:id/versions/:lang/:n", h.Open, h.ShowVersion)
	app.Get("/changes", h.Open, h.ListChanges)
	app.Get("/changes/:id", h.Open, h.ShowChange)
	app.Get("/settings", h.Open, h.ShowSettings)
	app.Get("/glossary", h.Open, h.ListTerms)
	app.Get("/search", h.Open, h.Search)
	app.Get("/as-of/:date", h.Open, h.ShowAsOf)
	app.Get("/since", h.Open, h.ShowSince)
	app.Get("/coverage", h.Open, h.ShowCoverage)

	app.Use(h.NeedToken)
	apiContentRoutes(app, h)
	apiSiteRoutes(app, h)
	apiPlainRoutes(app, h)
	app.Use(h.NoRoute)
}

func apiContentRoutes(app fiber.Router, h *api.Handlers) {
	app.Post("/topics", h.CreateTopic)
	app.Patch("/topics/:id", h.EditTopic)
	app.Post("/entries", h.CreateEntry)
	app.Patch("/entries/:id", h.EditEntry)
	app.Get("/entries/:id/facts", h.ListFacts)
	app.Post("/entries/:id/facts", h.SaveFacts)
	app.Get("/entries/:id/revisions", h.ListRevisions)
	app.Post("/entries/:id/revisions", h.SaveRevision)
	app.Get("/revisions/:id", h.ShowRevision)
	app.Post("/preview", h.Preview)
	app.Post("/check", h.Check)

	app.Post("/changes", h.CreateChange)
	app.Patch("/changes/:id", h.EditChange)
	app.Put("/changes/:id/announcements", h.SetAnnouncements)
	app.Put("/changes/:id/overrides", h.SetOverrides)
	app.Get("/changes/:id/announcements/proposals", h.ListProposals)
	app.Get("/media", h.ListMedia)
	app.Post("/media", h.AddMedia)
	app.Get("/media/:id", h.ShowMedia)
	app.Get("/media/:id/file", h.ShowMediaFile)
	app.Post("/changes/:id/submit", h.SubmitChange)
	app.Post("/changes/:id/approve", h.ApproveChange)
	app.Post("/changes/:id/request-edits", h.RequestEdits)
	app.Post("/changes/:id/schedule", h.ScheduleChange)
	app.Post("/changes/:id/publish", h.PublishChange)
	app.Post("/changes/:id/cancel", h.CancelChange)
}

func apiSiteRoutes(app fiber.Router, h *api.Handlers) {
	app.Get("/questions", h.ListQuestions)
	app.Post("/questions", h.AskQuestion)
	app.Get("/questions/:id", h.ShowQuestion)
	app.Post("/questions/:id/answer", h.AnswerQuestion)
	app.Post("/questions/:id/close", h.CloseQuestion)
	app.Post("/questions/:id/reopen", h.ReopenQuestion)
	app.Get("/vote-counts", h.ListVoteCounts)
	app.Get("/votes", h.ListVotes)
	app.Post("/votes", h.CastVote)

	app.Get("/deliveries", h.ListDeliveries)
	app.Get("/deliveries/:id", h.ShowDelivery)
	app.Post("/deliveries/:id/retry", h.RetryDelivery)
	app.Post("/deliveries/:id/resolve", h.ResolveDelivery)
	app.Post("/deliveries/:id/cancel", h.CancelDelivery)
	app.Post("/deliveries/:id/look", h.LookDelivery)
	app.Post("/deliveries/:id/correct", h.CorrectDelivery)
	app.Post("/deliveries/:id/withdraw", h.WithdrawDelivery)
	app.Post("/deliveries/:id/call-off", h.CallOffDelivery)
	app.Post("/deliveries/:id/repeat", h.RepeatDelivery)
	app.Post("/deliveries/:id/dismiss", h.DismissDelivery)
	app.Get("/deliveries-held", h.ShowHeld)
	app.Post("/deliveries-held/release", h.ReleaseHeld)
	app.Post("/deliveries-trust", h.TrustPages)

	app.Get("/channels", h.ListChannels)
	app.Post("/channels", h.ConnectChannel)
	app.Post("/channels/consents", h.BeginConsent)
	app.Post("/channels/consents/finish", h.FinishConsent)
	app.Get("/channels/:id", h.ShowChannel)
	app.Patch("/channels/:id", h.EditChannel)
	app.Delete("/channels/:id", h.DisconnectChannel)
	app.Post("/channels/:id/test", h.TestChannel)
	app.Post("/channels/:id/pause", h.PauseChannel)
	app.Post("/channels/:id/resume", h.ResumeChannel)

	app.Patch("/settings", h.EditSettings)
	app.Put("/settings/logo", h.SetLogo)
	app.Delete("/settings/logo", h.RemoveLogo)
	app.Get("/me", h.ShowSelf)
	app.Get("/users", h.ListUsers)
	app.Post("/users", h.AddUser)
	app.Patch("/users/:id", h.EditUser)
	app.Post("/users/:id/login-link", h.MakeLoginLink)
	app.Get("/tokens", h.ListTokens)
	app.Post("/tokens", h.AddToken)
	app.Delete("/tokens/:id", h.RevokeToken)
	app.Get("/audit", h.ListAudit)
}

func apiPlainRoutes(app fiber.Router, h *api.Handlers) {
	app.Post("/glossary", h.CreateTerm)
	app.Get("/glossary-starters", h.ListStarters)
	app.Post("/glossary-starters/adopt", h.AdoptTerms)
	app.Patch("/glossary/:id", h.EditTerm)
	app.Delete("/glossary/:id", h.DeleteTerm)
	app.Get("/entries/:id/ignored", h.ListIgnored)
	app.Post("/entries/:id/ignored", h.AddIgnored)
	app.Delete("/ignored/:id", h.DeleteIgnored)
	app.Get("/clarity", h.ListClarity)
	app.Get("/rules", h.ListRules)
}
