package public

import "testing"

func TestTypeset(t *testing.T) {
	for html, want := range map[string]string{
		"<p>Am 2. Januar 2027 gilt</p>":                          "<p>Am 2.\u00a0Januar 2027 gilt</p>",
		"<p>nach 30 Tagen, z. B. nach Art. 6 Abs. 1</p>":         "<p>nach 30\u00a0Tagen, z.\u00a0B. nach Art.\u00a06\u00a0Abs.\u00a01</p>",
		`<a title="am 3. Mai" href="/x">am 3. Mai</a>`:           "<a title=\"am 3. Mai\" href=\"/x\">am 3.\u00a0Mai</a>",
		"<style>a{margin:0 1 b}</style><pre>3 x</pre><b>3 x</b>": "<style>a{margin:0 1 b}</style><pre>3 x</pre><b>3\u00a0x</b>",
		"<script type=x>3 Tage</script>3 Tage":                   "<script type=x>3 Tage</script>3\u00a0Tage",
		"<p>zu 30 % und 5 € (z. B. in Fassung 2)</p>":            "<p>zu 30\u00a0% und 5\u00a0€ (z.\u00a0B. in Fassung\u00a02)</p>",
		"für 1.200 Euro, A4 oder „Art. 6“":                       "für 1.200\u00a0Euro, A4 oder „Art.\u00a06“",
		"im Jahr 2026 und (§ 25)":                                "im Jahr 2026 und (§\u00a025)",
		"broken <p":                                              "broken <p",
	} {
		if got := string(typeset([]byte(html))); got != want {
			t.Errorf("%q became %q, want %q", html, got, want)
		}
	}
	if got := string(typeset([]byte("Art. 6(1) and 30 days, see version 2"))); got != "Art.\u00a06(1) and 30\u00a0days, see version\u00a02" {
		t.Errorf("English: %q", got)
	}
}
