package api

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/server/web"
)

func voiceOperations() []operation {
	return []operation{
		get[listOf[questionJSON]]("/questions", "listQuestions", content.HearReaders, "What readers asked, newest first",
			paged(parameter{name: "state", doc: "only those in this state"})...),
		create[questionInput, receiptJSON]("/questions", "askQuestion", content.HearReaders,
			"Ask in a reader's name, for an app that shows the form itself; the receipt is told once"),
		get[questionJSON]("/questions/{id}", "showQuestion", content.HearReaders, "One question"),
		do[answerInput, questionJSON](http.MethodPost, "/questions/{id}/answer", "answerQuestion", content.HearReaders,
			"Say which published version answers it; its receipt then leads there"),
		do[closeInput, questionJSON](http.MethodPost, "/questions/{id}/close", "closeQuestion", content.HearReaders, "End it with a word to the reader"),
		do[nothing, questionJSON](http.MethodPost, "/questions/{id}/reopen", "reopenQuestion", content.HearReaders, "Take the answer or the word back"),
		get[listOf[voteCountJSON]]("/vote-counts", "listVoteCounts", content.HearReaders, "How many readers understood each version", paged()...),
		get[listOf[voteJSON]]("/votes", "listVotes", content.HearReaders, "The votes that say more than yes or no, newest first", paged()...),
		create[voteInput, nothing]("/votes", "castVote", content.HearReaders, "Vote in a reader's name, for an app that shows the form itself"),
	}
}

// questionJSON is what a reader asked. Nothing says who.
type questionJSON struct {
	ID      string                `json:"id"`
	Lang    content.Lang          `json:"lang"`
	Text    string                `json:"text"`
	About   *string               `json:"about" doc:"id of the entry on whose page it was asked"`
	Asked   content.Date          `json:"asked_on"`
	State   content.QuestionState `json:"state"`
	Answer  *questionAnswerJSON   `json:"answer" doc:"the version that answers it; null in other states"`
	Word    string                `json:"word" doc:"with which it was closed"`
	Decided *string               `json:"decided_on"`
}

type questionAnswerJSON struct {
	Entry   string       `json:"entry"`
	Lang    content.Lang `json:"lang"`
	Version int          `json:"version"`
}

func questionOf(q content.Question) questionJSON {
	out := questionJSON{
		ID: q.ID, Lang: q.Lang, Text: q.Text, About: some(q.About), Asked: q.Asked, State: q.State, Word: q.Word, Decided: some(string(q.Decided)),
	}
	if q.State == content.QuestionAnswered {
		out.Answer = &questionAnswerJSON{q.Answer.Entry, q.Answer.Lang, q.Answer.Version}
	}
	return out
}

// ListQuestions lists what readers asked.
func (h *Handlers) ListQuestions(c *fiber.Ctx) error {
	state, err := queryState(c, content.QuestionStates())
	if err != nil {
		return err
	}
	all, err := h.Questions.List(c.UserContext(), web.Actor(c), state)
	if err != nil {
		return err
	}
	return sendList(c, all, func(q content.Question) string { return q.ID }, questionOf)
}

// ShowQuestion answers with one question.
func (h *Handlers) ShowQuestion(c *fiber.Ctx) error {
	return h.question(c, func(id string) (content.Question, error) { return h.Questions.One(c.UserContext(), web.Actor(c), id) })
}

func (h *Handlers) question(c *fiber.Ctx, f func(id string) (content.Question, error)) error {
	id, err := id(c, content.CodeQuestionUnknown)
	if err != nil {
		return err
	}
	q, err := f(id)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, questionOf(q))
}

type questionInput struct {
	Lang  content.Lang `json:"lang" need:"true"`
	Text  string       `json:"text" need:"true" doc:"10 to 1000 characters"`
	About *string      `json:"about" doc:"id of an entry"`
}

type receiptJSON struct {
	Receipt string `json:"receipt"`
	URL     string `json:"url" doc:"where the reader sees what became of it"`
}

// AskQuestion keeps a question.
func (h *Handlers) AskQuestion(c *fiber.Ctx) error {
	in, err := read[questionInput](h, c)
	if err != nil {
		return err
	}
	if err := web.Actor(c).May(content.HearReaders); err != nil {
		return err
	}
	about := ""
	if in.About != nil {
		about = *in.About
	}
	if about != "" && !idForm(about) {
		return badField("about", content.CodeEntryUnknown, nil)
	}
	receipt, err := h.Questions.Ask(c.UserContext(), in.Lang, in.Text, about)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, receiptJSON{receipt, h.BaseURL + "/" + string(in.Lang) + "/questions/" + receipt})
}

type answerInput struct {
	Entry   string       `json:"entry" need:"true" doc:"id"`
	Lang    content.Lang `json:"lang" need:"true"`
	Version int          `json:"version" need:"true"`
}

// AnswerQuestion names the version that answers a question.
func (h *Handlers) AnswerQuestion(c *fiber.Ctx) error {
	in, err := read[answerInput](h, c)
	if err != nil {
		return err
	}
	if !idForm(in.Entry) {
		return badField("entry", content.CodeEntryUnknown, nil)
	}
	return h.question(c, func(id string) (content.Question, error) {
		return h.Questions.Answer(c.UserContext(), web.Actor(c), id, content.AnswerRef{Entry: in.Entry, Lang: in.Lang, Version: in.Version})
	})
}

type closeInput struct {
	Word string `json:"word" need:"true" doc:"to the reader, in the reader's language"`
}

// CloseQuestion ends a question with a word.
func (h *Handlers) CloseQuestion(c *fiber.Ctx) error {
	in, err := read[closeInput](h, c)
	if err != nil {
		return err
	}
	return h.question(c, func(id string) (content.Question, error) {
		return h.Questions.Close(c.UserContext(), web.Actor(c), id, in.Word)
	})
}

// ReopenQuestion takes an answer or a word back.
func (h *Handlers) ReopenQuestion(c *fiber.Ctx) error {
	if err := readNothing(h, c); err != nil {
		return err
	}
	return h.question(c, func(id string) (content.Question, error) {
		return h.Questions.Reopen(c.UserContext(), web.Actor(c), id)
	})
}

// voteCountJSON counts the votes on one version.
type voteCountJSON struct {
	Entry   string       `json:"entry"`
	Lang    content.Lang `json:"lang"`
	Version int          `json:"version"`
	Yes     int          `json:"yes"`
	No      int          `json:"no"`
	Share   int          `json:"share" doc:"how many of a hundred understood it"`
}

// ListVoteCounts counts the votes on every version that has any.
func (h *Handlers) ListVoteCounts(c *fiber.Ctx) error {
	all, err := h.Votes.VoteCounts(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	name := func(v content.VoteCount) string {
		return v.Entry + "-" + string(v.Lang) + "-" + strconv.Itoa(v.Version)
	}
	return sendList(c, all, name, func(v content.VoteCount) voteCountJSON {
		return voteCountJSON{v.Entry, v.Lang, v.Version, v.Yes, v.No, v.Share()}
	})
}

// voteJSON is a vote that says more than yes or no.
type voteJSON struct {
	ID       string       `json:"id"`
	Entry    string       `json:"entry"`
	Lang     content.Lang `json:"lang"`
	Version  int          `json:"version"`
	Clear    bool         `json:"clear"`
	Sentence string       `json:"sentence"`
	Cast     content.Date `json:"cast_on"`
}

// ListVotes lists the votes that say more than yes or no.
func (h *Handlers) ListVotes(c *fiber.Ctx) error {
	all, err := h.Votes.Sentences(c.UserContext(), web.Actor(c))
	if err != nil {
		return err
	}
	return sendList(c, all, func(v content.Vote) string { return v.ID }, func(v content.Vote) voteJSON {
		return voteJSON{v.ID, v.Entry, v.Lang, v.Version, v.Clear, v.Sentence, v.Cast}
	})
}

type voteInput struct {
	Entry    string       `json:"entry" need:"true" doc:"id"`
	Lang     content.Lang `json:"lang" need:"true"`
	Version  int          `json:"version" need:"true"`
	Clear    *bool        `json:"clear" need:"true"`
	Sentence string       `json:"sentence"`
}

// CastVote keeps a vote.
func (h *Handlers) CastVote(c *fiber.Ctx) error {
	in, err := read[voteInput](h, c)
	if err != nil {
		return err
	}
	if err := web.Actor(c).May(content.HearReaders); err != nil {
		return err
	}
	if !idForm(in.Entry) {
		return badField("entry", content.CodeEntryUnknown, nil)
	}
	err = h.Votes.Cast(c.UserContext(), content.Vote{Entry: in.Entry, Lang: in.Lang, Version: in.Version, Clear: *in.Clear, Sentence: in.Sentence})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, nothing{})
}
