package x

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"klartext/content"
	"klartext/publishers"
)

// Check asks X who the keys belong to. It posts nothing.
func (d *Driver) Check(ctx context.Context, raw json.RawMessage) (content.Account, error) {
	settings, err := decode(raw)
	if err != nil {
		return content.Account{}, err
	}
	me, err := d.api(settings).me(ctx)
	if err != nil {
		return content.Account{}, checkError(err, settings)
	}
	if me.ID == "" {
		return content.Account{}, content.Fail(content.Unavailable, content.CodeServerKind, content.Args{"Server": d.base})
	}
	account := content.Account{
		ID: me.ID, Handle: "@" + me.Username, URL: "https://x.com/" + me.Username, Software: "X API v2", Limit: Limit, Counting: "weighted",
	}
	if settings.Driver == v11 && !settings.granted() {
		account.Software = softwareV1
	}
	account.Images = pictures(account)
	return account, nil
}

// softwareV1 marks accounts that post through v1.1, which sends words alone.
const softwareV1 = "X API v1.1"

// checkError tells the admin which keys to look at, or what else X says.
func checkError(err error, settings Settings) error {
	refused, ok := errors.AsType[*AnswerError](err)
	if !ok {
		return &content.Error{Kind: content.Unavailable, Code: content.CodeServerUnreachable, Args: content.Args{"Server": "X"}, Err: err}
	}
	switch {
	case refused.Status == http.StatusUnauthorized, refused.has(codeBadAuth, codeBadToken):
		e := &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err}
		if settings.granted() {
			e.Fields = []content.FieldError{{Field: "settings.access_token", Code: content.CodeTokenRefused}}
			return e
		}
		for _, name := range []string{"api_key", "api_secret", "access_token", "access_secret"} {
			e.Fields = append(e.Fields, content.FieldError{Field: "settings." + name, Code: content.CodeKeysRefused})
		}
		return e
	case refused.has(codeNoAccess):
		return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings.driver", Code: content.CodeChannelNoV1},
		}}
	case refused.Status >= 500, refused.Status == http.StatusTooManyRequests:
		return &content.Error{Kind: content.Unavailable, Code: content.CodeServerUnreachable, Args: content.Args{"Server": "X"}, Err: err}
	}
	return &content.Error{Kind: content.Invalid, Code: content.CodeNetworkSaid, Err: err, Args: content.Args{
		"Network": "X", "Status": refused.Status, "Said": publishers.Detail(refused.said()),
	}}
}
