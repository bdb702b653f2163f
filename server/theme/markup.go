package theme

import (
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// action is what stands between braces in a template.
var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// blocked are elements that the pages' policy lets nothing into, or that change what all others mean.
func blocked() []string {
	return []string{"iframe", "frame", "object", "embed", "applet", "portal", "video", "audio", "track", "base"}
}

// checkMarkup finds what the pages' Content-Security-Policy would block, as far as the source shows
// it: what an action puts in is looked at when the site checks itself.
func checkMarkup(file, source string) FileErrors {
	var found FileErrors
	// Lines stay what they are; an address that an action makes is taken for one of this site.
	source = action.ReplaceAllStringFunc(source, func(a string) string { return " " + strings.Repeat("\n", strings.Count(a, "\n")) })
	tokens, line := nethtml.NewTokenizer(strings.NewReader(source)), 1
	for {
		kind := tokens.Next()
		raw := string(tokens.Raw())
		if kind == nethtml.ErrorToken {
			return found
		}
		if kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			for _, what := range checkElement(tokens.Token()) {
				found.add(file, line, "%s", what)
			}
		}
		line += strings.Count(raw, "\n")
	}
}

func checkElement(token nethtml.Token) (wrong []string) {
	attrs := map[string]string{}
	for _, attr := range token.Attr {
		attrs[attr.Key] = attr.Val
	}
	switch name := token.Data; {
	case name == "script" && !strings.Contains(attrs["type"], "json"):
		wrong = append(wrong, "scripts do not run on these pages, so <script> cannot be used; take it out")
	case name == "style":
		wrong = append(wrong, "<style> would be blocked; put the rules into "+cssName)
	case name == "link" && strings.Contains(strings.ToLower(attrs["rel"]), "stylesheet"):
		wrong = append(wrong, "a further style sheet would be blocked; put the rules into "+cssName)
	case name == "meta" && attrs["http-equiv"] != "":
		wrong = append(wrong, "<meta http-equiv> cannot be used; headers are set by the program")
	case slices.Contains(blocked(), name):
		wrong = append(wrong, "<"+name+"> cannot be used on these pages; take it out")
	}
	for _, attr := range token.Attr {
		if what := checkAttribute(token.Data, attrs, attr); what != "" {
			wrong = append(wrong, what)
		}
	}
	return wrong
}

func checkAttribute(element string, attrs map[string]string, attr nethtml.Attribute) string {
	value := strings.ToLower(strings.TrimSpace(attr.Val))
	switch {
	case attr.Key == "style":
		return "style attributes would be blocked; give the element a class and put the rules into " + cssName
	case strings.HasPrefix(attr.Key, "on"):
		return attr.Key + " would be blocked, because no scripts run on these pages; take it out"
	case attr.Key == "ping":
		return "ping would tell another server what readers do; take it out"
	case strings.HasPrefix(value, "javascript:"):
		return "javascript: would be blocked; take it out"
	case loads(element, attr.Key, attrs) && slices.ContainsFunc(addresses(attr.Key, value), elsewhere):
		return attr.Key + ` has an address that is not this site's: pages load nothing from other servers. Put the file into the theme's folder files/ and write {{file "NAME"}}`
	}
	return ""
}

// loads is whether a browser asks for the address without being asked to, or sends a form there.
func loads(element, attribute string, attrs map[string]string) bool {
	switch attribute {
	case "src", "srcset", "poster", "background", "data", "action", "formaction", "xlink:href":
		return true
	case "href":
		rel := strings.ToLower(attrs["rel"])
		return element == "image" || element == "use" || element == "link" && !slices.Contains([]string{"me", "license", "author", "canonical", "alternate"}, rel)
	}
	return false
}

func addresses(attribute, value string) []string {
	if attribute != "srcset" {
		return []string{value}
	}
	var list []string
	for candidate := range strings.SplitSeq(value, ",") {
		list = append(list, strings.TrimSpace(candidate))
	}
	return list
}

// elsewhere is whether an address leads away from this site, or holds the thing itself, which the policy blocks too.
func elsewhere(address string) bool {
	if strings.HasPrefix(address, "//") || strings.HasPrefix(address, `\\`) || strings.HasPrefix(address, `/\`) {
		return true
	}
	scheme, _, absolute := strings.Cut(address, ":")
	return absolute && !strings.ContainsAny(scheme, "/?#")
}
