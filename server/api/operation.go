package api

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
)

// operation is one call of the API, as its document describes it.
type operation struct {
	method, path, name, summary string
	// act is what the caller must be allowed to do; "" where everybody may.
	act    content.Act
	query  []parameter
	body   reflect.Type // nil where there is none
	status int
	answer reflect.Type // nil where there is none
	upload bool         // the body may come as multipart/form-data, too
	file   bool         // the answer is a picture
	// example of an answer, and of the one parameter in the path; either may be missing.
	example     object
	pathExample string
}

// parameter is one of the query: a text, or a number up to max.
type parameter struct {
	name, doc, example string
	max                int
}

// version is the part of the address that all calls share.
const version = "/api/v1"

// operations lists every call of the API. A test holds it against the app's routes.
func operations() []operation {
	return slices.Concat(entryOperations(), changeOperations(), announcementOperations(), deliveryOperations(), voiceOperations(), siteOperations(), historyOperations(), plainOperations())
}

func get[A any](path, name string, act content.Act, summary string, query ...parameter) operation {
	return operation{
		method: fiber.MethodGet, path: version + path, name: name, summary: summary, act: act, query: query,
		status: fiber.StatusOK, answer: reflect.TypeFor[A](),
	}
}

// create makes something: 201.
func create[B, A any](path, name string, act content.Act, summary string) operation {
	op := do[B, A](fiber.MethodPost, path, name, act, summary)
	op.status = fiber.StatusCreated
	return op
}

func do[B, A any](method, path, name string, act content.Act, summary string) operation {
	return operation{
		method: method, path: version + path, name: name, summary: summary, act: act,
		body: reflect.TypeFor[B](), status: fiber.StatusOK, answer: reflect.TypeFor[A](),
	}
}

// paged adds the parameters of every list.
func paged(query ...parameter) []parameter {
	return append(query,
		parameter{name: "cursor", doc: "next of the part before"},
		parameter{name: "limit", doc: "50 where it is not given", max: maxLimit},
	)
}

// NoRoute answers what no route took: 405 where the address takes other methods, else 404.
func (h *Handlers) NoRoute(c *fiber.Ctx) error {
	allowed := methodsOf(c.Path())
	if len(allowed) == 0 {
		return content.Fail(content.NotFound, CodeNoRoute, nil)
	}
	c.Set(fiber.HeaderAllow, strings.Join(allowed, ", "))
	return fiber.ErrMethodNotAllowed
}

// CodeNoRoute says that the API has no such address.
const CodeNoRoute content.Code = "no_route"

func methodsOf(path string) []string {
	var methods []string
	for _, op := range operations() {
		if fits(path, op.path) {
			methods = append(methods, op.method)
			if op.method == fiber.MethodGet {
				methods = append(methods, fiber.MethodHead)
			}
		}
	}
	return methods
}

func fits(path, template string) bool {
	have, want := strings.Split(path, "/"), strings.Split(template, "/")
	return slices.EqualFunc(have, want, func(have, want string) bool {
		return have == want || (strings.HasPrefix(want, "{") && have != "")
	})
}
