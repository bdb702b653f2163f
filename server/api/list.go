package api

import (
	"encoding/base64"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// Codes of what can be wrong with the query of a list.
const (
	CodeCursor content.Code = "cursor_form"
	CodeLimit  content.Code = "limit_form"
	CodeState  content.Code = "state_unknown"
)

// How many items a list gives at once.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// listOf is one part of a list; next leads to the following part and is null at the end.
type listOf[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"send it back as cursor to read on; null at the end"`
}

// window is the part of a list that was asked for: what follows the item with the id after.
type window struct {
	after string
	limit int
}

func readWindow(c *fiber.Ctx) (window, error) {
	w := window{limit: defaultLimit}
	if s := c.Query("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return w, badField("limit", CodeLimit, content.Args{"Limit": maxLimit})
		}
		w.limit = min(n, maxLimit) // next leads to the rest
	}
	if s := c.Query("cursor"); s != "" {
		after, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil || !idForm(string(after)) {
			return w, badField("cursor", CodeCursor, nil)
		}
		w.after = string(after)
	}
	return w, nil
}

func badField(field string, code content.Code, args content.Args) error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Fields: []content.FieldError{{Field: field, Code: code, Args: args}}}
}

// cut takes the window out of the whole list. Items that are added in front do not move it.
func cut[T any](all []T, w window, id func(T) string) (part []T, next *string, err error) {
	from := 0
	if w.after != "" {
		at := slices.IndexFunc(all, func(item T) bool { return id(item) == w.after })
		if at < 0 {
			return nil, nil, badField("cursor", CodeCursor, nil)
		}
		from = at + 1
	}
	to := min(len(all), from+w.limit)
	if to < len(all) {
		next = cursor(id(all[to-1]))
	}
	return all[from:to], next, nil
}

func cursor(id string) *string {
	s := base64.RawURLEncoding.EncodeToString([]byte(id))
	return &s
}

// sendList answers with the part of all that was asked for; shape makes the JSON of an item.
func sendList[T, J any](c *fiber.Ctx, all []T, id func(T) string, shape func(T) J) error {
	w, err := readWindow(c)
	if err != nil {
		return err
	}
	part, next, err := cut(all, w, id)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, listOf[J]{Items: each(part, shape), Next: next})
}

// queryID reads an id from the query; "" where there is none, and Invalid for what cannot be an id.
func queryID(c *fiber.Ctx, name string, unknown content.Code) (string, error) {
	s := c.Query(name)
	if s != "" && !idForm(s) {
		return "", badField(name, unknown, nil)
	}
	return s, nil
}

// queryLang reads a language from the query; NoLang where there is none.
func queryLang(c *fiber.Ctx) (content.Lang, error) {
	lang := c.Query("lang")
	if lang != "" && !langForm(lang) {
		return "", badField("lang", content.CodeLangForm, content.Args{"Value": lang})
	}
	return content.Lang(lang), nil
}

func langForm(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return len(s) == 2 || len(s) == 3
}

// oddIDs lists the items of a field that cannot be ids.
func oddIDs(field, inside string, ids []string, unknown content.Code) []content.FieldError {
	var odd []content.FieldError
	for i, id := range ids {
		if !idForm(id) {
			odd = append(odd, content.FieldError{Field: field + "." + strconv.Itoa(i) + inside, Code: unknown})
		}
	}
	return odd
}

// queryState reads a state from the query; "" where there is none.
func queryState[S ~string](c *fiber.Ctx, all []S) (S, error) {
	state := S(c.Query("state"))
	if state != "" && !slices.Contains(all, state) {
		return "", badField("state", CodeState, content.Args{"Value": string(state)})
	}
	return state, nil
}
