package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"klartext/content"
)

// adminRoutes are all routes of the admin UI, found in the app itself, with something in place of each parameter.
func adminRoutes(t *testing.T, w *world) [][2]string {
	t.Helper()
	seen := map[[2]string]bool{}
	var routes [][2]string
	for _, route := range w.app.GetRoutes(true) {
		if !strings.HasPrefix(route.Path, "/admin") {
			continue
		}
		path := fill(route.Path)
		key := [2]string{route.Method, path}
		if !seen[key] {
			seen[key] = true
			routes = append(routes, key)
		}
	}
	if len(routes) < 40 {
		t.Fatalf("found %d routes only: the search is broken", len(routes))
	}
	return routes
}

func fill(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = "01890000-0000-7000-8000-000000000000"
		}
	}
	return strings.Join(parts, "/")
}

// open are the only addresses of the admin UI that strangers reach.
func open(path string) bool { return path == "/admin/login" || path == "/admin/enter" }

func TestStrangersAreLedToTheLogin(t *testing.T) {
	w := newWorld(t)
	for _, route := range append(adminRoutes(t, w), [2]string{"GET", "/admin/nothing"}, [2]string{"POST", "/admin/nothing"}) {
		method, path := route[0], route[1]
		if open(path) {
			continue
		}
		a := w.send(method, path, nil)
		switch method {
		case http.MethodGet, http.MethodHead:
			if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/admin/login") {
				t.Errorf("%s %s: %d to %q", method, path, a.StatusCode, a.Header.Get("Location"))
			}
		default:
			if a.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s %s: %d for a stranger", method, path, a.StatusCode)
			}
		}
	}
}

func TestForgedRequestsAreRefused(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	forgeries := map[string]func(*http.Request){
		"another site":       func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"a neighbour":        func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
		"foreign origin":     func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.Header.Set("Origin", "https://evil.example") },
		"no origin":          func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.Header.Set("Origin", "null") },
		"neither, no token":  func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") },
		"token in the query": func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.URL.RawQuery = "_csrf=x" },
		"lookalike of origin": func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "https://"+host+".evil.example")
		},
	}
	tried := 0
	for _, route := range adminRoutes(t, w) {
		method, path := route[0], route[1]
		if method == http.MethodGet || method == http.MethodHead {
			continue
		}
		tried++
		for name, forge := range forgeries {
			if a := w.send(method, path, url.Values{}, forge); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s, %s: %d", method, path, name, a.StatusCode)
			}
		}
	}
	if tried < 20 {
		t.Errorf("tried %d routes only", tried)
	}
}

func TestTokenProvesWhereHeadersAreMissing(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	bare := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	token := w.get("/admin/account").is(200).value("input[name=_csrf]")
	send := func(token string) int {
		return w.send(http.MethodPost, "/admin/account/language", url.Values{"lang": {"de"}, "_csrf": {token}}, bare).StatusCode
	}
	if got := send(token); got != http.StatusSeeOther {
		t.Errorf("own token: %d", got)
	}
	w.login(w.Author)
	if got := send(token); got != http.StatusForbidden {
		t.Errorf("another session's token: %d", got)
	}
	same := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site"); r.Header.Set("Origin", baseURL) }
	if got := w.send(http.MethodPost, "/admin/account/language", url.Values{"lang": {"de"}}, same).StatusCode; got != http.StatusSeeOther {
		t.Errorf("own origin: %d", got)
	}
}

// TestRoles is who may open what, and who may press what, of the rooms of this package.
func TestRoles(t *testing.T) {
	w := newWorld(t)
	channel := w.connect()
	for _, room := range []struct {
		method, path             string
		author, approver, manage int
	}{
		{"GET", "/admin/account", 200, 200, 200},
		{"GET", "/admin/settings", 303, 303, 200},
		{"POST", "/admin/settings", 403, 403, 422},
		{"GET", "/admin/users", 403, 403, 200},
		{"POST", "/admin/users", 403, 403, 422},
		{"GET", "/admin/users/" + w.Author.UserID, 403, 403, 200},
		{"POST", "/admin/users/" + w.Author.UserID + "/link", 403, 403, 200},
		{"POST", "/admin/users/nobody/disable", 403, 403, 404},
		{"GET", "/admin/audit", 403, 403, 200},
		{"GET", "/admin/channels", 200, 200, 200},
		{"GET", "/admin/channels/" + channel, 200, 200, 200},
		{"GET", "/admin/channels/new/mastodon", 403, 403, 200},
		{"POST", "/admin/channels/new/mastodon", 403, 403, 422},
		{"POST", "/admin/channels/" + channel + "/pause", 403, 403, 303},
		{"POST", "/admin/channels/" + channel + "/resume", 403, 403, 303},
		{"POST", "/admin/channels/" + channel + "/test", 403, 403, 303},
		{"GET", "/admin/deliveries", 200, 200, 200},
		{"POST", "/admin/deliveries/none/retry", 403, 404, 404},
		{"POST", "/admin/deliveries/none/cancel", 403, 404, 404},
	} {
		for actor, want := range map[*content.Actor]int{&w.Author: room.author, &w.Approver: room.approver, &w.Admin: room.manage} {
			w.login(*actor)
			if a := w.send(room.method, room.path, url.Values{}); a.StatusCode != want {
				t.Errorf("%s %s as %s: %d, want %d: %.200s", room.method, room.path, actor.Role, a.StatusCode, want, words(a.Text))
			}
		}
	}
}

func TestHosts(t *testing.T) {
	w := newWorld(t)
	for name, want := range map[string]int{
		host: 200, "DATA.example.org": 200, "127.0.0.1:8080": 200, "localhost:8080": 200,
		"evil.example": 400, host + ".evil.example": 400, host + ":80": 400, "localhost:9999": 400, `a"><script>`: 400, "evil.example@" + host: 400,
	} {
		a := w.send(http.MethodGet, "/admin/login", nil, func(r *http.Request) { r.Host = name })
		if a.StatusCode != want {
			t.Errorf("Host %q: %d, want %d", name, a.StatusCode, want)
		}
		if strings.Contains(a.Text, "evil") || strings.Contains(a.Text, "<script>") {
			t.Errorf("Host %q comes back in the page", name)
		}
	}
	forwarded := w.send(http.MethodGet, "/admin/", nil, func(r *http.Request) {
		r.Header.Set("X-Forwarded-Host", "evil.example")
		r.Header.Set("X-Forwarded-Proto", "http")
	})
	if strings.Contains(forwarded.Header.Get("Location"), "evil") {
		t.Errorf("X-Forwarded-Host is believed: %q", forwarded.Header.Get("Location"))
	}
	if a := w.send(http.MethodGet, "/healthz", nil, func(r *http.Request) { r.Host = "10.1.2.3" }); a.StatusCode == 400 {
		t.Error("a load balancer cannot ask for health")
	}
}

func TestCompressedBodiesAreRefused(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/admin/login", "/api/v1/entries", "/nothing"} {
		for _, coding := range []string{"gzip", "br", "deflate", "zstd", "identity", "nonsense"} {
			a := w.send(http.MethodPost, path, url.Values{"a": {"b"}}, func(r *http.Request) { r.Header.Set("Content-Encoding", coding) })
			if a.StatusCode != http.StatusUnsupportedMediaType {
				t.Errorf("%s with %s: %d", path, coding, a.StatusCode)
			}
		}
	}
}

func TestHeadersStandOnEveryAnswer(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	for _, path := range []string{
		"/admin/login", "/admin/", "/admin/account", "/admin/users", "/admin/nothing", "/api/v1/nothing", "/api/openapi.json", "/de/nothing", "/en/", "/nothing",
	} {
		a := w.get(path)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "",
			"Strict-Transport-Security": "max-age=31536000",
		} {
			if got := a.Header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s (%d): %s is %q", path, a.StatusCode, name, got)
			}
		}
		csp := a.Header.Get("Content-Security-Policy")
		if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "base-uri 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if got := a.Header.Get("Server"); got != "" {
			t.Errorf("%s: Server is %q", path, got)
		}
		if kind := a.Header.Get("Content-Type"); a.Text != "" && !strings.Contains(kind, "charset=") && !strings.Contains(kind, "json") {
			t.Errorf("%s: Content-Type is %q", path, kind)
		}
		if strings.HasPrefix(path, "/admin") && a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control is %q", path, a.Header.Get("Cache-Control"))
		}
		if strings.Contains(a.Text, "<script>") || strings.Contains(a.Text, " style=") || strings.Contains(a.Text, " onclick") {
			t.Errorf("%s: something inline", path)
		}
	}
}

func TestAddressesAreExact(t *testing.T) {
	w := newWorld(t)
	w.login(w.Admin)
	for path, want := range map[string]int{
		"/admin/users": 200, "/ADMIN/users": 404, "/admin/USERS": 404, "/admin/users/": 404, "/%2561dmin/users": 404, "/admin//users": 404,
	} {
		if a := w.get(path); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, want)
		}
	}
}

func TestQueryNeverFillsAForm(t *testing.T) {
	w := newWorld(t)
	w.login(w.Author)
	w.send(http.MethodPost, "/admin/account/language?lang=de", url.Values{"lang": {"en"}}).to("/admin/account?note=saved")
	w.lang = "de"
	w.get("/admin/account").says("h1", "Your account")
}
