package content

import (
	"context"
	"strings"
)

// SetLang chooses the language of one's own admin UI; "" takes the browser's. It
// answers Invalid for what is no language code.
func (a *Accounts) SetLang(ctx context.Context, actor Actor, lang Lang) (User, error) {
	if actor.UserID == "" {
		return User{}, Fail(Unknown, CodeLoginNeeded, nil)
	}
	lang = Lang(strings.TrimSpace(string(lang)))
	if lang != "" && !langForm.MatchString(string(lang)) {
		return User{}, &Error{Kind: Invalid, Code: CodeInvalid, Fields: []FieldError{{
			Field: "lang", Code: CodeLangForm, Args: Args{"Value": string(lang)},
		}}}
	}
	now := a.Now()
	return a.Store.UpdateUser(ctx, actor.UserID, func(u *User, _ int) error { u.Lang = lang; return nil },
		NewAudit(actor, now, "user.lang", actor.UserID, map[string]string{"lang": string(lang)}))
}
