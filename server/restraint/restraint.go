// Package restraint looks at the site's own answers, log and tables for what a site
// that wants nothing of its readers must not have. It knows no server and no database.
package restraint

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Page is one answer as a reader gets it.
type Page struct {
	Address string
	Status  int
	Header  http.Header
	Body    []byte
}

// Report says what was looked at and what was found.
type Report struct {
	At    time.Time // zero where nobody looked yet
	Pages int
	// What must be empty.
	Cookies  []Finding // answers that set one
	Foreign  []Finding // what a page loads from another server
	Referrer []Finding // pages after which another site would learn where a reader came from
	Storing  []Finding // scripts that can store something in a browser without being asked
	Telling  []string  // columns of tables whose names speak of readers' machines
	Unread   []Finding // pages that did not answer
	// Asking are scripts that store something, by their own word only when a reader asks for it.
	Asking  []Finding
	Scripts int      // that pages run
	Own     []string // what pages load from this site, to be looked at, too
	Tables  int
	Columns int
	Lines   int             // of the log since the start
	Leaks   int             // lines with the address from which the pages were asked for
	files   map[string]bool // scripts that were counted
}

// Finding is where something was found, and what.
type Finding struct{ Where, What string }

// Clean tells whether everything that must be empty is.
func (r Report) Clean() bool {
	return len(r.Cookies)+len(r.Foreign)+len(r.Referrer)+len(r.Storing)+len(r.Telling)+len(r.Unread) == 0 && r.Leaks == 0
}

// Look reads answers of one site, whose absolute address is base.
func Look(pages []Page, base string) Report {
	r := Report{Pages: len(pages), files: map[string]bool{}}
	for _, page := range pages {
		if page.Status >= 500 || page.Status == 0 {
			r.Unread = append(r.Unread, Finding{page.Address, http.StatusText(page.Status)})
		}
		for _, cookie := range page.Header.Values("Set-Cookie") {
			name, _, _ := strings.Cut(cookie, "=")
			r.Cookies = append(r.Cookies, Finding{page.Address, name})
		}
		if policy := page.Header.Get("Referrer-Policy"); policy != "same-origin" && policy != "no-referrer" {
			r.Referrer = append(r.Referrer, Finding{page.Address, policy})
		}
		switch kind := page.Header.Get("Content-Type"); {
		case strings.HasPrefix(kind, "text/html"):
			r.html(page, base)
		case strings.HasPrefix(kind, "text/javascript"):
			r.script(page.Address, string(page.Body))
		case strings.HasPrefix(kind, "text/css"):
			r.style(page.Address, string(page.Body), base)
		}
	}
	return r
}

// storage is every way of a script to leave something in a browser.
var storage = regexp.MustCompile(`document\s*\.\s*cookie|\bcookieStore\b|\blocalStorage\b|\bsessionStorage\b|\bindexedDB\b|\bcaches\s*\.|\bserviceWorker\b`)

// onRequest stands in scripts that store only what a reader asked to have stored.
const onRequest = "@stores-on-request"

func (r *Report) script(where, text string) {
	found := storage.FindAllString(withoutComments(text), -1)
	slices.Sort(found)
	for _, what := range slices.Compact(found) {
		if strings.Contains(text, onRequest) {
			r.Asking = append(r.Asking, Finding{where, what})
		} else {
			r.Storing = append(r.Storing, Finding{where, what})
		}
	}
}

var comments = regexp.MustCompile(`(?m)/\*[\s\S]*?\*/|^\s*//.*$`)

func withoutComments(text string) string { return comments.ReplaceAllString(text, "") }

// loads are the addresses in a style sheet that a browser fetches.
var loads = regexp.MustCompile(`(?i)(?:url\(|@import)\s*["']?([^"')\s;]+)`)

func (r *Report) style(where, text, base string) {
	for _, match := range loads.FindAllStringSubmatch(text, -1) {
		r.loaded(where, match[1], base)
	}
}

func (r *Report) loaded(where, address, base string) {
	if elsewhere(address, base) {
		r.Foreign = append(r.Foreign, Finding{where, address})
		return
	}
	if address = strings.TrimPrefix(address, base); strings.HasPrefix(address, "/") && !slices.Contains(r.Own, address) {
		r.Own = append(r.Own, address)
	}
}

// elsewhere is whether a browser would ask another server for an address.
func elsewhere(address, base string) bool {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "//") {
		return true
	}
	scheme, rest, absolute := strings.Cut(address, ":")
	if !absolute || strings.ContainsAny(scheme, "/?#") || strings.EqualFold(scheme, "data") {
		return false
	}
	return address != base && !strings.HasPrefix(scheme+":"+rest, base+"/")
}

// telling are parts of names of columns that hold what a browser or its connection says about a reader.
var telling = regexp.MustCompile(`(?i)(^|_)(ip|ips|ipv4|ipv6|inet|remote_?addr(ess)?|client_?addr(ess)?|user_?agent|referr?er|fingerprint|cookie|device|geo|latitude|longitude)(_|$)`)

// Schema looks at the names of all columns, "table.column".
func (r *Report) Schema(columns []string) {
	tables := map[string]bool{}
	for _, column := range columns {
		table, name, _ := strings.Cut(column, ".")
		tables[table] = true
		if telling.MatchString(name) {
			r.Telling = append(r.Telling, column)
		}
	}
	r.Tables, r.Columns = len(tables), len(columns)
}
