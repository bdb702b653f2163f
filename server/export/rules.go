package export

import (
	"fmt"
	"maps"
	"net/http"
	"path"
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

// headers writes one rule for each group of addresses, and one for each kind of file in it that has more.
// Hosts add up the headers of all rules that fit, and two policies allow only what both allow: so no two
// rules give the same header to one address.
func headers(all map[string]http.Header) string {
	groups := map[string]*group{}
	for address, header := range all {
		name := groupOf(address)
		if groups[name] == nil {
			groups[name] = &group{alone: !strings.HasSuffix(name, "*")}
		}
		groups[name].add(address, header)
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		common := g.common()
		writeRule(&out, name, common)
		if g.alone && g.pages != nil && !strings.HasSuffix(name, "/") { // hosts serve a folder's page with a slash at the end, too
			writeRule(&out, name+"/", common)
		}
		for _, end := range slices.Sorted(maps.Keys(g.files)) {
			more := maps.Clone(g.files[end])
			maps.DeleteFunc(more, func(header, _ string) bool { _, given := common[header]; return given })
			if !g.alone && len(more) > 0 {
				writeRule(&out, name+end, more)
			}
		}
	}
	return out.String()
}

// group is what one rule is about: the headers that its pages have in common, and its other files by the end of their names.
type group struct {
	alone bool // one address
	pages map[string]string
	files map[string]map[string]string
}

func (g *group) add(address string, header http.Header) {
	lines := linesOf(header, g.alone)
	if strings.HasPrefix(header.Get("Content-Type"), "text/html") {
		g.pages = shared(g.pages, lines)
		return
	}
	if g.files == nil {
		g.files = map[string]map[string]string{}
	}
	end := path.Ext(address)
	g.files[end] = shared(g.files[end], lines)
}

// common are the headers for everything in the group. Where there are pages they are the pages': a page must not lose its
// policy because a feed beside it, which needs none, has another.
func (g *group) common() map[string]string {
	if g.pages != nil {
		return g.pages
	}
	var common map[string]string
	for _, lines := range g.files {
		common = shared(common, lines)
	}
	return common
}

// shared are the lines that both have; known is nil before the first.
func shared(known, lines map[string]string) map[string]string {
	if known == nil {
		return maps.Clone(lines)
	}
	maps.DeleteFunc(known, func(name, value string) bool { return lines[name] != value })
	return known
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

// groupOf puts what lies two folders deep together: "/de/faq/*", and files under their hashes in one group. All else stands alone.
func groupOf(address string) string {
	parts := strings.Split(strings.Trim(address, "/"), "/")
	if len(parts) >= 3 && (parts[0] == "static" || parts[0] == "theme") {
		return "/" + parts[0] + "/*"
	}
	if len(parts) < 3 {
		return address
	}
	return "/" + parts[0] + "/" + parts[1] + "/*"
}
