package theme

import (
	"regexp"
	"strings"
	"testing"
)

func oneFile(name string) (string, bool) {
	return Prefix + "0011223344556677/" + name, name == "a.woff2"
}

func TestCSSAsItStandsInPages(t *testing.T) {
	for source, want := range map[string]string{
		"a { color : red ; }\n\n b,\n c > d{ }":                        "a{color : red;}b,c > d{}",
		"/* a { */ p { content: \"a  /* b */ : { ;\" }":                `p{content: "a  /* b */ : { ;"}`,
		"@media (width < 40rem) { a:hover { top: calc(1px + 2px) } }":  "@media (width < 40rem){a:hover{top: calc(1px + 2px)}}",
		"@font-face { src: url( 'files/a.woff2' ) format(\"woff2\") }": `@font-face{src: url(` + Prefix + `0011223344556677/a.woff2) format("woff2")}`,
		"@font-face{src:URL(./files/a.woff2)}":                         "@font-face{src:url(" + Prefix + "0011223344556677/a.woff2)}",
		"a{mask:url(#m)}":                                              "a{mask:url(#m)}",
		`.a\:b{content:"\201C"}`:                                       `.a\:b{content:"\201C"}`,
		"a .b{}a.b{}":                                                  "a .b{}a.b{}",
		"a{grid-area:\n\"x y\"\n\"z z\"}":                              "a{grid-area: \"x y\" \"z z\"}",
		"a{margin:1px/* x */2px}":                                      "a{margin:1px/**/2px}",
		"@media/* x */print{}":                                         "@media/**/print{}",
		"a /* x */ b/* y */\n{/* z */}/**/":                            "a b{}",
		"a{b:c//* x */*d}":                                             "a{b:c//**/*d}",
		"@im/* x */port 'x';":                                          "@im/**/port 'x';",
		"a{b:u/* x */rl(y)}":                                           "a{b:u/**/rl(y)}",
		"":                                                             "",
	} {
		if got, found := checkCSS(source, oneFile); got != want || len(found) > 0 {
			t.Errorf("%s\nbecame %s\nwant   %s\n%v", source, got, want, found)
		}
	}
}

func TestCSSThatIsRefused(t *testing.T) {
	for source, want := range map[string]string{
		"a{}\n@import url(files/a.woff2);":                        "theme.css line 2: @import cannot be used",
		"@IMPORT 'x';":                                            "theme.css line 1: @IMPORT cannot be used",
		"a{\n\nbackground:url(https://cdn.example/a.png)}":        "theme.css line 3: url(https://cdn.example/a.png) does not name a file",
		"a{background:url(//cdn.example/a.png)}":                  "theme.css line 1: url(//cdn.example/a.png)",
		`a{background:url("//cdn.example/a.png")}`:                "theme.css line 1: \"//cdn.example/a.png\" is an address of another server",
		"a{background:uRl(/static/x.png)}":                        "theme.css line 1: url(/static/x.png) does not name a file",
		"a{background:url(data:image/png;base64,AA)}":             "theme.css line 1: url(data:",
		"a{background:url(files/none.png)}":                       "theme.css line 1: there is no file files/none.png in the theme",
		"a{background:url(files/../../x)}":                        "theme.css line 1: there is no file",
		"a{background:image-set('https://cdn.example/a.png' 1x)}": "theme.css line 1: \"https://cdn.example/a.png\" is an address of another server",
		`a{background:\75rl(https://cdn.example/a.png)}`:          "theme.css line 1: a backslash before a letter or digit",
		`a{background:u\rl(https://cdn.example/a.png)}`:           "theme.css line 1: a backslash before a letter or digit",
		`@\69mport "x";`:                                          "theme.css line 1: a backslash",
		"a{}</style><script>":                                     "theme.css line 1: \"</\" cannot stand in a style sheet",
		"a{content:\"</style>\"}":                                 "theme.css line 1: </ and <! cannot stand",
		"a{}\n<!-- x -->":                                         "theme.css line 2: \"<!\" cannot stand",
		"a{\nb{}":                                                 "theme.css line 1: this { is never closed",
		"a{}\n}":                                                  "theme.css line 2: this } closes nothing",
		"a{}\n/* x":                                               "theme.css line 2: this comment is never closed",
		"a{content:\"x\n}":                                        "theme.css line 1: these quotes are not closed",
		"a{}\r\nb{content:\"x\ry:url(https://a.example)\"}":       "theme.css line 2: these quotes are not closed",
		"a{content:'x":                                            "theme.css line 1: these quotes are never closed",
		"a{background:url(files/a.woff2":                          "theme.css line 1: this url( is never closed",
		"a{background:url('files/a.woff2'":                        "theme.css line 1: this url( is never closed",
		"a{background:red/**/url(//cdn.example/a.png)}":           "theme.css line 1: url(//cdn.example/a.png)",
		"a\xff{}": "theme.css line 1: this is not text in UTF-8",
		strings.Repeat("a{top:1px}", largestCSS/10+1): "theme.css: it has 16390 bytes",
	} {
		_, found := checkCSS(source, oneFile)
		if len(found) == 0 || !strings.HasPrefix(found[0].Error(), want) {
			t.Errorf("%.80q: %v", source, found)
		}
	}
}

var quoted = regexp.MustCompile(`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'`)

// Whatever is written, what comes out ends no element and loads from nowhere else.
func FuzzCSS(f *testing.F) {
	for _, seed := range []string{"a{b:url(files/a.woff2)}", `@import"x`, `u\rl(`, "/*", "a{content:'\\", "url(", "url('", "<!--", "\\", "@", "url(#", "a/**/b", "//**/*", "'url('"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		css, found := checkCSS(source, oneFile)
		if len(found) > 0 {
			return
		}
		lower := strings.ToLower(quoted.ReplaceAllString(css, `"`)) // in quotes, url( is text
		for _, never := range []string{"</", "<!", "@import", "url(http", "url(//", "url(\"", "url('"} {
			if strings.Contains(lower, never) || never[0] == '<' && strings.Contains(css, never) {
				t.Errorf("%q became %q", source, css)
			}
		}
		again, _ := checkCSS(strings.ReplaceAll(css, Prefix+"0011223344556677/", "files/"), oneFile)
		if again != css {
			t.Errorf("%q became %q and then %q", source, css, again)
		}
	})
}
