package restraint

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// html looks at what a browser does with a page without being asked: loading, running, leading on.
func (r *Report) html(page Page, base string) {
	tokens := html.NewTokenizer(bytes.NewReader(page.Body))
	inside := ""
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			inside = token.Data
			r.element(page.Address, token, base)
		case html.EndTagToken:
			inside = ""
		case html.TextToken:
			switch text := string(tokens.Text()); inside {
			case "style":
				r.style(page.Address, text, base)
			case "script":
				r.script(page.Address, text)
			}
		default:
		}
	}
}

func (r *Report) element(where string, token html.Token, base string) {
	attrs := map[string]string{}
	for _, attr := range token.Attr {
		attrs[attr.Key] = attr.Val
	}
	if token.Data == "script" && !strings.Contains(attrs["type"], "json") {
		r.runs(attrs["src"])
	}
	for _, name := range loading(token.Data, attrs) {
		for _, address := range addresses(name, attrs[name]) {
			r.loaded(where, address, base)
		}
	}
	if style := attrs["style"]; style != "" {
		r.style(where, style, base)
	}
}

// runs counts a script, one that is a file once for all the pages that run it.
func (r *Report) runs(file string) {
	if file != "" {
		if r.files[file] {
			return
		}
		r.files[file] = true
	}
	r.Scripts++
}

// loading are the attributes of an element from which a browser loads.
func loading(element string, attrs map[string]string) []string {
	switch element {
	case "link":
		for rel := range strings.FieldsSeq(strings.ToLower(attrs["rel"])) {
			switch rel {
			case "stylesheet", "icon", "apple-touch-icon", "mask-icon", "preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch", "manifest":
				return []string{"href"}
			}
		}
		return nil
	case "a", "area", "base", "form":
		return []string{"ping"}
	case "object":
		return []string{"data"}
	case "video":
		return []string{"src", "poster"}
	case "image", "use", "feimage":
		return []string{"href", "xlink:href"}
	}
	return []string{"src", "srcset", "background"}
}

func addresses(attribute, value string) []string {
	if value == "" {
		return nil
	}
	switch attribute {
	case "srcset":
		var list []string
		for candidate := range strings.SplitSeq(value, ",") {
			address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
			list = append(list, address)
		}
		return list
	case "ping":
		return strings.Fields(value)
	}
	return []string{value}
}
