package web

import (
	"errors"

	"klartext/content"
	"klartext/content/plain"
)

// Codes of texts that the plain-language checker cannot read.
const (
	CodeCheckTooLong  content.Code = "check_too_long"
	CodeCheckNotUTF8  content.Code = "check_not_utf8"
	CodeCheckNUL      content.Code = "check_nul"
	CodeCheckBrackets content.Code = "check_brackets"
	CodeCheckTangled  content.Code = "check_tangled"
)

// CheckError makes a refusal of the plain-language checker into one that people can read: Invalid, with what is wrong in
// the named field. Any other error stays as it is.
func CheckError(field string, err error) error {
	refused, ok := errors.AsType[*plain.InputError](err)
	if !ok {
		return err
	}
	codes := map[string]content.Code{
		"too_long": CodeCheckTooLong, "invalid_utf8": CodeCheckNotUTF8, "nul": CodeCheckNUL,
		"too_many_brackets": CodeCheckBrackets, "too_complex": CodeCheckTangled, "cannot_read": CodeCheckTangled,
	}
	code, known := codes[refused.Code]
	if !known {
		return err // a language or kind that the caller made up
	}
	args := content.Args{"Offset": refused.Offset, "Limit": refused.Limit}
	if code == CodeCheckTooLong {
		args["Limit"] = refused.Limit >> 10
	}
	return &content.Error{
		Kind: content.Invalid, Code: content.CodeInvalid, Err: err,
		Fields: []content.FieldError{{Field: field, Code: code, Args: args}},
	}
}
