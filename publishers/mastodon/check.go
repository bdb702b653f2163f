package mastodon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/mattn/go-mastodon"

	"klartext/content"
	"klartext/publishers"
)

// Check asks the server who the token belongs to, whether it may write, and what its limits are. It posts nothing.
func (d *Driver) Check(ctx context.Context, raw json.RawMessage) (content.Account, error) {
	client, err := d.connect(raw, keyed{})
	if err != nil {
		return content.Account{}, err
	}
	server, err := url.Parse(client.Config.Server)
	if err != nil {
		return content.Account{}, fmt.Errorf("address of the server: %w", err)
	}
	me, err := client.GetAccountCurrentUser(ctx)
	if err != nil {
		return content.Account{}, checkError(server, err)
	}
	if me.ID == "" || me.Username == "" {
		return content.Account{}, notMastodon(server, errors.New("the account has no id"))
	}
	if err := mayWrite(ctx, client); err != nil {
		return content.Account{}, checkError(server, err)
	}
	account := content.Account{ID: string(me.ID), Handle: "@" + me.Username + "@" + handleHost(me, server), URL: me.URL}
	about, err := limits(ctx, client)
	if err != nil {
		return content.Account{}, checkError(server, err)
	}
	account.Limit, account.Software, account.Images = about.limit(), cutVersion(about.Version), about.pictures()
	if account.Images > 0 && mayUpload(ctx, client) != nil {
		account.Images = 0
	}
	if software, err := nodeinfo(ctx, client); err == nil {
		account.Software = software
	}
	account.Counting = countLonger
	if isMastodon(account.Software) {
		account.Counting = countGraphemes
	}
	return account, nil
}

// handleHost is the host in the account's name, which may differ from the server's.
func handleHost(me *mastodon.Account, server *url.URL) string {
	if u, err := url.Parse(me.URL); err == nil && u.Host != "" {
		return u.Host
	}
	return server.Host
}

// mayWrite asks to delete a post that cannot exist: a token that may write gets
// "not found", one that may only read is refused before the server looks.
func mayWrite(ctx context.Context, client *mastodon.Client) error {
	err := client.DeleteStatus(ctx, "0")
	if a, ok := errors.AsType[*AnswerError](err); ok && (a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden) {
		return err //nolint:wrapcheck // checkError reads it
	}
	return nil
}

// mayUpload does the same for a picture that cannot exist. A token without this right can still post words.
func mayUpload(ctx context.Context, client *mastodon.Client) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, client.Config.Server+"/api/v1/media/0", http.NoBody)
	if err != nil {
		return fmt.Errorf("address of the server: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+client.Config.AccessToken)
	_, err = call(client, req)
	if a, ok := errors.AsType[*AnswerError](err); ok && (a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden) {
		return err
	}
	return nil
}

// checkError tells the admin which field to look at, or what the server says.
func checkError(server *url.URL, err error) error {
	field := func(name string, code content.Code) error {
		return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
			{Field: "settings." + name, Code: code, Args: content.Args{"Server": server.Host}},
		}}
	}
	a, answered := errors.AsType[*AnswerError](err)
	var private interface{ Private() bool }
	switch {
	case errors.As(err, &private):
		return field("server", content.CodeServerPrivate)
	case !answered && isDecode(err):
		return notMastodon(server, err)
	case !answered:
		return &content.Error{Kind: content.Unavailable, Code: content.CodeServerUnreachable, Err: err, Args: content.Args{"Server": server.Host}}
	case a.Status == http.StatusUnauthorized:
		return field("access_token", content.CodeTokenRefused)
	case a.Status == http.StatusForbidden:
		return field("access_token", content.CodeTokenScope)
	case a.Status >= 500, a.Status == http.StatusTooManyRequests:
		return &content.Error{Kind: content.Unavailable, Code: content.CodeServerUnreachable, Err: err, Args: content.Args{"Server": server.Host}}
	case a.Said != "" && a.Status != http.StatusNotFound:
		return &content.Error{Kind: content.Invalid, Code: content.CodeNetworkSaid, Err: err, Args: content.Args{
			"Network": server.Host, "Status": a.Status, "Said": publishers.Detail(a.Said),
		}}
	}
	return notMastodon(server, err)
}

// errStrange is an answer in the right form that no server of this kind gives.
var errStrange = errors.New("the server does not answer as Mastodon does")

// isDecode tells an answer that cannot be understood from none at all.
func isDecode(err error) bool {
	if errors.Is(err, errStrange) {
		return true
	}
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, kind := errors.AsType[*json.UnmarshalTypeError](err)
	return syntax || kind
}

func notMastodon(server *url.URL, err error) error {
	return &content.Error{Kind: content.Invalid, Code: content.CodeInvalid, Err: err, Fields: []content.FieldError{
		{Field: "settings.server", Code: content.CodeServerKind, Args: content.Args{"Server": server.Host}},
	}}
}

// cutVersion is what a server says of itself, short enough for a table.
func cutVersion(s string) string { return publishers.Detail(strings.TrimSpace(s)) }
