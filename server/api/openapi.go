package api

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/plain"
	"klartext/server/api/schema"
)

// object is a part of the document.
type object = map[string]any

// describe writes the OpenAPI document out of the table of operations and the types of their bodies and answers.
func (h *Handlers) describe() ([]byte, error) {
	answers := schema.Answers(enums())
	paths := object{}
	for _, op := range operations() {
		path, known := paths[op.path].(object)
		if !known {
			path = object{}
			paths[op.path] = path
		}
		path[strings.ToLower(op.method)] = h.describeOperation(op, answers)
	}
	schemas := object{}
	for _, set := range []*schema.Set{answers, h.requests} {
		for name, s := range set.Named {
			schemas[name] = s
		}
	}
	if _, taken := schemas["Problem"]; taken {
		return nil, errors.New("a type has the name of the problem that every error becomes")
	}
	schemas["Problem"] = problemSchema()
	return json.Marshal(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Klartext", "version": h.Version,
			"description": "What a company does with people's data, in plain language, with every version of it. " +
				"Reading what is published needs no token; everything else needs one of somebody whose role allows it.",
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"servers": []object{{"url": h.BaseURL}},
		"paths":   paths,
		"components": object{
			"schemas":         schemas,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
			"responses": object{"Problem": object{
				"description": "What is wrong, in the language of Accept-Language (RFC 9457)",
				"content":     object{"application/problem+json": object{"schema": object{"$ref": schema.Prefix + "Problem"}}},
			}},
		},
	})
}

func (h *Handlers) describeOperation(op operation, answers *schema.Set) object {
	out := object{
		"operationId": op.name, "summary": op.summary, "tags": []string{strings.Split(op.path, "/")[3]},
		"security": []object{{"token": []string{}}},
		"responses": object{
			strconv.Itoa(op.status): describeAnswer(op, answers),
			"default":               object{"$ref": "#/components/responses/Problem"},
		},
	}
	if op.act == everybody {
		out["security"] = []object{{}, {"token": []string{}}}
	} else {
		out["x-role"] = weakestRole(op.act)
	}
	if parameters := describeParameters(op); len(parameters) > 0 {
		out["parameters"] = parameters
	}
	if op.body != nil {
		out["requestBody"] = object{
			"required": !mayBeMissing(op.body),
			"content":  h.describeBody(op),
		}
	}
	return out
}

func (h *Handlers) describeBody(op operation) object {
	all := object{fiber.MIMEApplicationJSON: object{"schema": h.bodies[op.body]}}
	if op.upload {
		all[fiber.MIMEMultipartForm] = object{"schema": uploadSchema()}
	}
	return all
}

func describeAnswer(op operation, answers *schema.Set) object {
	if op.file {
		picture := object{"schema": object{"type": "string", "contentMediaType": "image/*"}}
		return object{"description": op.summary, "content": object{"image/png": picture, "image/jpeg": picture}}
	}
	if op.answer == nil {
		return object{"description": "Done"}
	}
	body := object{"schema": answers.Of(op.answer)}
	if op.example != nil {
		body["example"] = op.example
	}
	return object{"description": op.summary, "content": object{fiber.MIMEApplicationJSON: body}}
}

func describeParameters(op operation) []object {
	var all []object
	for part := range strings.SplitSeq(op.path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			all = append(all, withExample(object{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": object{"type": "string"}}, op.pathExample))
		}
	}
	for _, p := range op.query {
		kind := object{"type": "string"}
		if p.max > 0 {
			kind = object{"type": "integer", "minimum": 1, "maximum": p.max}
		}
		all = append(all, withExample(object{"name": p.name, "in": "query", "description": p.doc, "schema": kind}, p.example))
	}
	if op.method == fiber.MethodPost {
		all = append(all, object{
			"name": headerKey, "in": "header", "schema": object{"type": "string", "maxLength": maxKey},
			"description": "the same request with the same key happens once; its answer is kept for a day",
		})
	}
	return all
}

func withExample(parameter object, example string) object {
	if example != "" {
		parameter["example"] = example
	}
	return parameter
}

// weakestRole is the role from which on people may do the act.
func weakestRole(act content.Act) content.Role {
	for _, role := range content.Roles() {
		if role.May(act) {
			return role
		}
	}
	return ""
}

// problemSchema describes what the server answers for every error.
func problemSchema() object {
	return object{"type": "object", "required": []string{"type", "title", "status", "detail", "code"}, "properties": object{
		"type": object{"type": "string"}, "title": object{"type": "string"}, "status": object{"type": "integer"},
		"detail":   object{"type": "string", "description": "a sentence for people"},
		"code":     object{"type": "string", "description": "a stable name for programs"},
		"instance": object{"type": "string", "description": "quote it when you report the problem"},
		"errors":   object{"type": "array", "items": object{"$ref": schema.Prefix + "FieldProblem"}},
		"findings": object{"type": "array", "items": object{"$ref": schema.Prefix + "Finding"}},
		"newest":   object{"$ref": schema.Prefix + "Revision"},
	}}
}

// enums lists the values of the domain's words.
func enums() map[reflect.Type][]string {
	return map[reflect.Type][]string{
		reflect.TypeFor[content.EntryKind]():     {string(content.FAQ), string(content.Policy)},
		reflect.TypeFor[content.Side]():          words(content.Sides()),
		reflect.TypeFor[content.Materiality]():   {string(content.Material), string(content.Editorial)},
		reflect.TypeFor[content.State]():         words(changeStates()),
		reflect.TypeFor[content.DeliveryState](): words(content.DeliveryStates()),
		reflect.TypeFor[content.ChannelState]():  {string(content.ChannelActive), string(content.ChannelPaused), string(content.ChannelDisconnected)},
		reflect.TypeFor[content.QuestionState](): words(content.QuestionStates()),
		reflect.TypeFor[content.Role]():          words(content.Roles()),
		reflect.TypeFor[checkLang]():             plain.Languages(),
		reflect.TypeFor[overrideRole]():          append([]string{noRole}, words(content.Roles())...),
		reflect.TypeFor[content.Severity]():      words(content.Severities()),
		reflect.TypeFor[textKind]():              plain.Kinds(),
	}
}

func words[S ~string](all []S) []string { return each(all, func(s S) string { return string(s) }) }

func changeStates() []content.State {
	return []content.State{content.Draft, content.InReview, content.Approved, content.Scheduled, content.Published, content.Cancelled}
}

// mayBeMissing tells whether calls that take this body can do without it.
func mayBeMissing(body reflect.Type) bool {
	switch body {
	case reflect.TypeFor[nothing](), reflect.TypeFor[requestEditsInput](), reflect.TypeFor[repeatInput]():
		return true
	}
	return false
}
