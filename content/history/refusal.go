package history

import (
	"errors"

	"klartext/content"
	"klartext/content/markdown"
)

// refusal says in the domain's words why a text could not be converted.
func refusal(err error) error {
	guard, ok := errors.AsType[*markdown.GuardError](err)
	if !ok {
		return err
	}
	args := content.Args{"Limit": guard.Limit, "Found": guard.Found}
	return &content.Error{Kind: content.Invalid, Code: content.RenderCode(guard.Reason), Args: args, Err: err}
}
