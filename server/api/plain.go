package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

// noRole is how the API says that nobody may override the gate.
const noRole = "nobody"

// overrideRole is the weakest role that may override the gate, or nobody.
type overrideRole string

// gatesJSON is what a text must keep to before it may be published, and which words readers know.
type gatesJSON struct {
	MinScore      int                                `json:"min_score" doc:"0 to 100; 0 asks for none; texts too short for a score are not asked"`
	ErrorsAllowed bool                               `json:"errors_allowed" doc:"whether a text may have findings of severity error"`
	RulesOff      []string                           `json:"rules_off" doc:"ids of rules that are not asked; GET /rules lists all"`
	KnownWords    []string                           `json:"known_words" doc:"names and abbreviations that readers know"`
	Replacements  map[content.Lang]map[string]string `json:"replacements" doc:"the site's own: by language, a word or phrase and the plain words for it"`
	OverrideRole  overrideRole                       `json:"override_role" doc:"the weakest role that may publish in spite of a closed gate, with a written reason"`
}

func gatesOf(g content.Gate) gatesJSON {
	out := gatesJSON{
		MinScore: g.MinScore, ErrorsAllowed: g.ErrorsAllowed, RulesOff: list(g.RulesOff), KnownWords: list(g.KnownWords),
		Replacements: g.Replacements, OverrideRole: overrideRole(g.OverrideRole),
	}
	if out.Replacements == nil {
		out.Replacements = map[content.Lang]map[string]string{}
	}
	if g.OverrideRole == "" {
		out.OverrideRole = noRole
	}
	return out
}

type gatesInput struct {
	MinScore      *int                               `json:"min_score"`
	ErrorsAllowed *bool                              `json:"errors_allowed"`
	RulesOff      *[]string                          `json:"rules_off"`
	KnownWords    *[]string                          `json:"known_words"`
	Replacements  map[content.Lang]map[string]string `json:"replacements" doc:"takes the place of all that were there"`
	OverrideRole  *overrideRole                      `json:"override_role"`
}

// into changes what is given.
func (in *gatesInput) into(g *content.Gate) {
	if in == nil {
		return
	}
	if in.MinScore != nil {
		g.MinScore = *in.MinScore
	}
	if in.ErrorsAllowed != nil {
		g.ErrorsAllowed = *in.ErrorsAllowed
	}
	if in.RulesOff != nil {
		g.RulesOff = *in.RulesOff
	}
	if in.KnownWords != nil {
		g.KnownWords = *in.KnownWords
	}
	if in.Replacements != nil {
		g.Replacements = in.Replacements
	}
	if in.OverrideRole != nil {
		g.OverrideRole = content.Role(*in.OverrideRole)
		if *in.OverrideRole == noRole {
			g.OverrideRole = ""
		}
	}
}

// ruleJSON is one rule of the checker.
type ruleJSON struct {
	ID         string             `json:"id"`
	Langs      []content.Lang     `json:"langs"`
	Severities []content.Severity `json:"severities" doc:"that its findings may have"`
	Name       string             `json:"name" doc:"in the language of Accept-Language, like why"`
	Why        string             `json:"why"`
	On         bool               `json:"on" doc:"whether this site asks it"`
}

// ListRules lists what the checker looks for.
func (h *Handlers) ListRules(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.ReadDrafts); err != nil {
		return err
	}
	settings, err := h.Site.Settings(c.UserContext())
	if err != nil {
		return err
	}
	off := map[string]bool{}
	for _, id := range settings.Gates.RulesOff {
		off[id] = true
	}
	rules := each(h.Words.Rules(web.Lang(c)), func(r content.RuleInfo) ruleJSON {
		return ruleJSON{ID: r.ID, Langs: list(r.Langs), Severities: list(r.Severities), Name: r.Name, Why: r.Why, On: !off[r.ID]}
	})
	return answer(c, fiber.StatusOK, listOf[ruleJSON]{Items: rules})
}

// clarityJSON is how hard a text is to read.
type clarityJSON struct {
	Score      *int     `json:"score" doc:"0 to 100; null where the text is too short for a score"`
	Difficulty *float64 `json:"difficulty" doc:"what the score is made of; null where there is no word"`
	Band       string   `json:"band"`
	Words      int      `json:"words"`
	Errors     int      `json:"errors"`
	Warnings   int      `json:"warnings"`
	Hints      int      `json:"hints"`
}

func clarityOf(c *content.Clarity) clarityJSON {
	return clarityJSON{
		Score: c.Score, Difficulty: c.Difficulty, Band: c.Band, Words: c.Words,
		Errors: c.Count(content.SeverityError), Warnings: c.Count(content.SeverityWarning), Hints: c.Count(content.SeverityHint),
	}
}

// verdictJSON is what the gate said about a version when it was submitted.
type verdictJSON struct {
	Score    *int   `json:"score" doc:"null where the text was too short"`
	Band     string `json:"band"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	RuleSet  string `json:"rule_set" doc:"the rules that it was read by"`
	Override string `json:"override" doc:"why it was published although the gate was closed; empty where it was open"`
}

func verdictOf(v *content.Verdict) *verdictJSON {
	if v == nil {
		return nil
	}
	return &verdictJSON{Score: v.Score, Band: v.Band, Errors: v.Errors, Warnings: v.Warnings, RuleSet: v.RuleSet, Override: v.Override}
}

// rankedJSON is a published text among all others.
type rankedJSON struct {
	Entry   string            `json:"entry"`
	Slug    string            `json:"slug"`
	Kind    content.EntryKind `json:"kind"`
	Lang    content.Lang      `json:"lang"`
	Title   string            `json:"title"`
	Version int               `json:"version"`
	Legal   bool              `json:"legal" doc:"a policy without any summary: its legal text was read"`
	pointJSON
	Trend []pointJSON `json:"trend" doc:"its latest versions, oldest first, all read by today's rules"`
}

type pointJSON struct {
	Number      int       `json:"number" doc:"of the version"`
	PublishedAt time.Time `json:"published_at"`
	clarityJSON
}

func pointOf(p content.ClarityPoint) pointJSON {
	return pointJSON{Number: p.Version, PublishedAt: stamp(p.At), clarityJSON: clarityJSON{
		Score: p.Score, Difficulty: p.Difficulty, Band: p.Band, Words: p.Words, Errors: p.Errors, Warnings: p.Warnings, Hints: p.Hints,
	}}
}

// ListClarity lists all published texts, the hardest first.
func (h *Handlers) ListClarity(c *fiber.Ctx) error {
	ranking, err := h.Checks.Ranking(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return sendList(c, ranking, func(r content.RankedText) string { return r.Entry.ID + "-" + string(r.Lang) }, func(r content.RankedText) rankedJSON {
		return rankedJSON{
			Entry: r.Entry.ID, Slug: r.Entry.Slug, Kind: r.Entry.Kind, Lang: r.Lang, Title: r.Title, Version: r.Version, Legal: r.Legal,
			pointJSON: pointOf(r.Clarity), Trend: each(r.Trend, pointOf),
		}
	})
}
