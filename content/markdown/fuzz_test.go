package markdown

import (
	"errors"
	"os"
	"testing"
)

var seeds = []string{
	"", "# a\n\n[b](c) ![d](/media/e.png)\n", "[a]: b\n[a]: [c](d)\n", "> - 1. `x`\n>   ~~~\n", "|a|b|\n|-|-|\n|c|\n",
	"<div>\n\na <b>b</b><br>c\n</div>\n<!-- d -->\n<e f>\n", "---\na: b\n---\n<table><tr><td>x</table>", "[text]()", "&auml;&#0;&#x110000;",
	"- <ul><li>a\n\n</ul>\n<pre>\n\n`</pre>", "<a href=\"javascript:x\">a</a><a href=x><b>c</a></b>",
}

func FuzzRender(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	r := New()
	f.Fuzz(func(t *testing.T, source string) {
		out, err := r.Render(t.Context(), source)
		checkRefusal(t, err)
		checkSafe(t, source, out)
		if again := r.policy.Sanitize(out); again != out {
			t.Errorf("sanitising again changes %q to %q", out, again)
		}
	})
}

func FuzzBlocks(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		list, err := Blocks(source)
		checkRefusal(t, err)
		for _, b := range list {
			if b.Text == "" || b.Kind == Heading && (b.Level < 2 || b.Level > 6) {
				t.Errorf("block %+v of %q", b, source)
			}
		}
		for _, s := range Sections(source) {
			if s.ID == "" {
				t.Errorf("a section of %q has no id", source)
			}
		}
	})
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		converted, report, err := FromHTML(source)
		checkRefusal(t, err)
		if err == nil && !report.Changed() && converted != source {
			t.Errorf("%q became %q without a word in the report", source, converted)
		}
	})
}

func checkRefusal(t *testing.T, err error) {
	t.Helper()
	var refused *GuardError
	if err != nil && !errors.As(err, &refused) {
		t.Error(err)
	}
}

func benchmarkRender(b *testing.B, size int) {
	text, err := os.ReadFile("testdata/policy.md")
	if err != nil {
		b.Fatal(err)
	}
	for len(text) < size {
		text = append(text, text...)
	}
	source := string(text[:size])
	r := New()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Render(b.Context(), source); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender8K(b *testing.B)  { benchmarkRender(b, 8<<10) }
func BenchmarkRender54K(b *testing.B) { benchmarkRender(b, 54<<10) }
