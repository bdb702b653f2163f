package export

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// rules writes the two files that many hosts read: _redirects and _headers.
func (b *build) rules() error {
	for _, move := range b.Moves {
		if err := b.folder.put(fileOf(move.From, true), leadOn(b.BaseURL, move.To), b.Packed); err != nil {
			return err
		}
	}
	if err := b.folder.put("_redirects", []byte(b.redirects()), nil); err != nil {
		return err
	}
	return b.folder.put("_headers", []byte(headers(b.headers)), nil)
}

func (b *build) redirects() string {
	slices.SortFunc(b.moved, func(x, y Move) int { return strings.Compare(x.From, y.From) })
	var out strings.Builder
	for _, move := range b.moved {
		fmt.Fprintf(&out, "%s %s 302\n", move.From, move.To)
	}
	for _, move := range b.Moves {
		fmt.Fprintf(&out, "%s %s 301\n%s/* %s/:splat 301\n", move.From, move.To, move.From, move.To)
		for _, end := range []string{".atom", ".rss", ".json"} {
			fmt.Fprintf(&out, "%s%s %s%s 301\n", move.From, end, move.To, end)
		}
	}
	return out.String()
}

// served are the headers that make a difference to browsers and that a host of files does not know by itself.
func served() []string {
	return []string{
		"Access-Control-Allow-Origin", "Cache-Control", "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
		"Link", "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options",
	}
}

// headers writes one rule for each group of addresses. Rules must not overlap: hosts add up the
// headers of all that fit, and two policies allow only what both allow.
func headers(all map[string]http.Header) string {
	groups, html := map[string]map[string]string{}, map[string]bool{}
	for address, header := range all {
		group := groupOf(address)
		html[group] = strings.HasPrefix(header.Get("Content-Type"), "text/html") && !strings.HasSuffix(group, "*") && !strings.HasSuffix(group, "/")
		lines := linesOf(header, !strings.HasSuffix(group, "*"))
		if known, ok := groups[group]; ok {
			maps.DeleteFunc(known, func(name, value string) bool { return lines[name] != value })
			continue
		}
		groups[group] = lines
	}
	var out strings.Builder
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		writeRule(&out, group, groups[group])
		if html[group] { // hosts serve a folder's page with a slash at the end, too
			writeRule(&out, group+"/", groups[group])
		}
	}
	return out.String()
}

func writeRule(out *strings.Builder, group string, lines map[string]string) {
	fmt.Fprintln(out, group)
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintf(out, "  %s: %s\n", name, lines[name])
	}
}

func linesOf(header http.Header, alone bool) map[string]string {
	lines := map[string]string{}
	for _, name := range served() {
		if value := header.Get(name); value != "" {
			lines[name] = value
		}
	}
	if kind := header.Get("Content-Type"); alone && !strings.HasPrefix(kind, "text/html") {
		lines["Content-Type"] = kind
	}
	return lines
}

// groupOf puts what lies two folders deep together: "/de/faq/*". All else stands alone.
func groupOf(address string) string {
	parts := strings.Split(strings.Trim(address, "/"), "/")
	if len(parts) < 3 {
		return address
	}
	return "/" + parts[0] + "/" + parts[1] + "/*"
}
