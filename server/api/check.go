package api

import (
	"context"
	"runtime"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/plain"
	"klartext/server/web"
)

// Checker reads a text as its readers will and says how hard that is. It answers
// with a *plain.InputError where it cannot read the text at all.
type Checker interface {
	Check(ctx context.Context, in plain.Input) (plain.Result, error)
}

// checkLang is a language that the checker knows, on this site or not.
type checkLang string

// textKind is what sort of text is checked.
type textKind string

type checkInput struct {
	Lang checkLang `json:"lang" need:"true" doc:"language of the text"`
	Text string    `json:"text" need:"true" doc:"Markdown, at most 2 MiB"`
	Kind textKind  `json:"kind" doc:"faq for an answer, which has rules of its own; else, and where it is not given, text"`
}

// checkedJSON is what the checker has to say; klartext check --format json says the same of each file.
type checkedJSON struct {
	Score      *int         `json:"score" doc:"0 to 100; null where the text is too short for a score"`
	Difficulty *float64     `json:"difficulty" doc:"what the score is made of; null where there is no word"`
	Parts      *partsJSON   `json:"parts,omitempty" doc:"what the score lost to what"`
	Band       string       `json:"band" enum:"very easy,plain,demanding,hard,too short"`
	Sentences  int          `json:"sentences"`
	Words      int          `json:"words"`
	Figures    *figuresJSON `json:"figures,omitempty" doc:"for experts; absent where there is no word"`
	Findings   []markJSON   `json:"findings" doc:"in the order of the text"`
	More       int          `json:"more,omitempty" doc:"how many findings are left out here"`
	RuleSet    string       `json:"rule_set" doc:"changes whenever a verdict may change"`
}

// markJSON is one place in the text that readers may stumble over.
type markJSON struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity" enum:"error,warning,hint"`
	Start       int    `json:"start" doc:"byte offset in the text as UTF-8"`
	End         int    `json:"end"`
	Message     string `json:"message" doc:"in the language of Accept-Language, like why and suggestion"`
	Why         string `json:"why,omitempty"`
	Suggestion  string `json:"suggestion,omitempty"`
	Replacement string `json:"replacement,omitempty" doc:"may take the place of the marked text as it stands; absent where a person must decide"`
}

type partsJSON struct {
	Sentences float64 `json:"sentences" doc:"points lost to the sentences"`
	Words     float64 `json:"words" doc:"points lost to the words"`
}

type figuresJSON struct {
	ASL            float64  `json:"asl" doc:"words per sentence"`
	ASW            float64  `json:"asw" doc:"syllables per word"`
	LongWords      float64  `json:"long_words" doc:"% of words with at least 7 letters"`
	ThreeSyllables float64  `json:"three_syllables" doc:"% of words with at least 3 syllables"`
	FourSyllables  float64  `json:"four_syllables" doc:"% of words with at least 4 syllables"`
	Unknown        float64  `json:"unknown" doc:"% of words that are not among the commonest"`
	UnknownNames   float64  `json:"unknown_names" doc:"% of words: those of the unknown that begin with a capital"`
	Letters        float64  `json:"letters" doc:"per word"`
	Nominal        float64  `json:"nominal" doc:"% of words: nouns made of verbs and adjectives"`
	Commas         float64  `json:"commas" doc:"per sentence"`
	Passives       float64  `json:"passives" doc:"per sentence"`
	Address        float64  `json:"address" doc:"% of words that speak to the reader"`
	Officialese    float64  `json:"officialese" doc:"weight of officialese per 100 words"`
	LIX            float64  `json:"lix"`
	FleschAmstad   *float64 `json:"flesch_amstad,omitempty" doc:"German"`
	WSTF1          *float64 `json:"wstf1,omitempty" doc:"German: first Wiener Sachtextformel"`
	FleschEase     *float64 `json:"flesch_ease,omitempty" doc:"English"`
	FleschKincaid  *float64 `json:"flesch_kincaid,omitempty" doc:"English: school grade"`
}

func checkedOf(r *plain.Result) checkedJSON {
	return checkedJSON{
		Score: r.Score, Difficulty: r.Difficulty, Parts: (*partsJSON)(r.Parts), Band: r.Band, Sentences: r.Sentences, Words: r.Words,
		Figures: (*figuresJSON)(r.Figures), Findings: each(r.Findings, markOf), More: r.More, RuleSet: r.RuleSet,
	}
}

func markOf(f plain.Finding) markJSON {
	return markJSON{
		Rule: f.Rule, Severity: f.Severity.String(), Start: f.Start, End: f.End,
		Message: f.Message, Why: f.Why, Suggestion: f.Suggestion, Replacement: f.Replacement,
	}
}

// checksAtOnce leaves half of the machine to readers: the worst text that is allowed keeps a core busy for a second.
func checksAtOnce() int { return max(1, runtime.GOMAXPROCS(0)/2) }

// Check reads a text as the plain-language checker does, and saves nothing.
func (h *Handlers) Check(c *fiber.Ctx) error {
	if err := web.Actor(c).May(content.WriteRevision); err != nil {
		return err
	}
	in, err := read[checkInput](h, c)
	if err != nil {
		return err
	}
	result, err := h.check(c.UserContext(), plain.Input{
		Source: in.Text, Lang: string(in.Lang), Kind: string(in.Kind), MessageLang: string(web.Printer(c).Lang),
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, checkedOf(&result))
}

// check waits for a place. It answers Unavailable where the time of the request is over first: nothing was done, so it may be sent again.
func (h *Handlers) check(ctx context.Context, in plain.Input) (plain.Result, error) {
	select {
	case h.checks <- struct{}{}:
		defer func() { <-h.checks }()
	case <-ctx.Done():
		return plain.Result{}, content.Fail(content.Unavailable, content.CodeBusy, nil)
	}
	result, err := h.Checker.Check(ctx, in)
	if err != nil && ctx.Err() != nil {
		return plain.Result{}, content.Fail(content.Unavailable, content.CodeBusy, nil)
	}
	return result, web.CheckError("text", err)
}
