package theme

import (
	"strings"
	"testing"
)

func TestMarkupThatPasses(t *testing.T) {
	for _, source := range []string{
		`<p class="a">{{.SiteName}} <a href="https://elsewhere.example/" rel="me noreferrer">x</a></p>`,
		`<img src="{{file "a.png"}}" srcset="/a.png 1x, /b.png 2x" alt=""><svg><use href="#a"/></svg>`,
		`<form action="/{{.Lang}}/search"><button>x</button></form><script type="application/ld+json">{}</script>`,
		`<link rel="icon" href="{{file "a.svg"}}"><link rel="me" href="https://social.example/@a"><meta name="x" content="y">`,
		"{{/* <script>\nonclick */}}{{if .Policies}}x{{end}}", ``,
	} {
		if found := checkMarkup("templates/x.html", source); len(found) > 0 {
			t.Errorf("%s: %v", source, found)
		}
	}
}

func TestMarkupThatIsRefused(t *testing.T) {
	for source, want := range map[string]string{
		"<p>\n\n<script>x</script>":     "line 3: scripts do not run",
		`<script src="/a.js"></script>`: "line 1: scripts do not run",
		"<p>\n<b\nonclick='x'>":         "line 2: onclick would be blocked",
		"<style>a{}</style>":            "line 1: <style> would be blocked",
		`{{if .X}}
<p {{if .Y}}style="color:red"{{end}}>{{end}}`: "line 2: style attributes would be blocked",
		`<a href="javascript:x()">`:                          "line 1: javascript: would be blocked",
		`<link rel="stylesheet" href="/x.css">`:              "line 1: a further style sheet",
		`<link rel="preconnect" href="https://cdn.example">`: "line 1: href has an address that is not this site's",
		`<img src="https://cdn.example/a.png">`:              "line 1: src has an address that is not this site's",
		`<IMG SRC="//cdn.example/a.png">`:                    "line 1: src has an address",
		`<img src="data:image/png;base64,AA">`:               "line 1: src has an address",
		`<img srcset="/a.png 1x, https://cdn.example/b 2x">`: "line 1: srcset has an address",
		`<form action="https://evil.example/">`:              "line 1: action has an address",
		`<iframe src="/x">`:                                  "line 1: <iframe> cannot be used",
		`<video src="/x">`:                                   "line 1: <video> cannot be used",
		`<base href="/x">`:                                   "line 1: <base> cannot be used",
		`<a href="/" ping="/x">`:                             "line 1: ping would tell",
		`<meta http-equiv="refresh" content="0">`:            "line 1: <meta http-equiv>",
		`<svg><image href="https://cdn.example/a"/></svg>`:   "line 1: href has an address",
	} {
		found := checkMarkup("templates/x.html", source)
		if len(found) != 1 || !strings.HasPrefix(found[0].Error(), "templates/x.html "+want) {
			t.Errorf("%s: %v", source, found)
		}
	}
}
