package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// marked writes segments as people mark them: [-gone-]{+new+}.
func marked(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		switch s.Op {
		case Delete:
			b.WriteString("[-" + s.Text + "-]")
		case Insert:
			b.WriteString("{+" + s.Text + "+}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"", "", ""},
		{"same", "same", "same"},
		{"", "new", "{+new+}"},
		{"gone", "", "[-gone-]"},
		{"We keep it for 12 months.", "We keep it for 6 months.", "We keep it for [-12-]{+6+} months."},
		{"Haushaltsplan 2024", "Haushaltspläne 2024", "[-Haushaltsplan-]{+Haushaltspläne+} 2024"},
		{"Kosten: 1,50 Euro", "Kosten: 1,75 Euro", "Kosten: [-1,50-]{+1,75+} Euro"},
		{"we don't sell it", "we do sell it", "we [-don't-]{+do+} sell it"},
		{"kept twelve months", "stored six months", "[-kept twelve-]{+stored six+} months"},
		{"a b c", "a x b y c", "a {+x +}b {+y +}c"},
		{"all data go to Example Pay in Ireland", "no names go to Sample Bank in France", "[-all data-]{+no names+} go to [-Example Pay-]{+Sample Bank+} in [-Ireland-]{+France+}"},
		{"one two, three four", "five six, seven eight", "[-one two, three four-]{+five six, seven eight+}"},
		{"end.", "end!", "end[-.-]{+!+}"},
		{"bad \xff byte", "bad \xfe byte", "bad [-\xff-]{+\xfe+} byte"},
	} {
		if got := marked(Words(tt.a, tt.b)); got != tt.want {
			t.Errorf("Words(%q, %q)\n got %q\nwant %q", tt.a, tt.b, got, tt.want)
		}
	}
}

// checkWords: both texts can be read out of the comparison, and it is in normal form.
func checkWords(t interface {
	Helper()
	Fatalf(string, ...any)
}, a, b string,
) {
	t.Helper()
	var before, after strings.Builder
	last := Op(-1)
	for _, s := range Words(a, b) {
		if s.Text == "" || s.Op == last || s.Op == Delete && last == Insert || s.Op > Delete {
			t.Fatalf("segment %v %q behind %v in the comparison of %q and %q", s.Op, s.Text, last, a, b)
		}
		last = s.Op
		if s.Op != Insert {
			before.WriteString(s.Text)
		}
		if s.Op != Delete {
			after.WriteString(s.Text)
		}
	}
	if before.String() != a || after.String() != b {
		t.Fatalf("%q and %q came back as %q and %q", a, b, before.String(), after.String())
	}
}

func TestWordsGiveBackBothTexts(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("ab cä,.'’1\n-\u00ad\u0301\ufffd")))
	rapid.Check(t, func(t *rapid.T) { checkWords(t, text.Draw(t, "a"), text.Draw(t, "b")) })
}

func TestLongTextsGiveBackBothTexts(t *testing.T) {
	a, b := mustText(1, 5000), mustText(2, 5000)
	checkWords(t, a, b)
}

func TestCountWords(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"a b c", "a b c", 0},
		{"a b c", "a x c", 1},
		{"a b c", "a x y c", 2},
		{"a b c", "c", 2},
		{"a, b", "a - b!", 0},
		{"a b c d", "x b y d z", 3},
		{"", "a b", 2},
		{"12 Monate", "6 Monate", 1},
	} {
		if got := CountWords(tt.a, tt.b); got != tt.want {
			t.Errorf("CountWords(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := CountWords(tt.b, tt.a); got != tt.want {
			t.Errorf("CountWords(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("we keep 12 months", "we store 6 months, at most")
	f.Add("a\xff'b", "a'b’c\u00ad")
	f.Add("", " \n")
	f.Fuzz(func(t *testing.T, a, b string) {
		checkWords(t, a, b)
		if n := CountWords(a, b); n < 0 || n > max(len(onlyWords(a)), len(onlyWords(b)))*2 || a == b && n != 0 {
			t.Errorf("CountWords(%q, %q) = %d", a, b, n)
		}
	})
}

// mustText makes n words, the same for the same seed.
func mustText(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 0))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%dx%d", seed, r.IntN(n))
	}
	return strings.Join(words, " ")
}

func BenchmarkWords2kLightly(b *testing.B) {
	text := mustText(1, 2000)
	words := strings.Split(text, " ")
	for i := 50; i < len(words); i += 100 {
		words[i] = "changed"
	}
	changed := strings.Join(words, " ")
	for b.Loop() {
		Words(text, changed)
	}
}

func BenchmarkWords20kDifferent(b *testing.B) {
	x, y := mustText(1, 20_000), mustText(2, 20_000)
	for b.Loop() {
		Words(x, y)
	}
}

// BenchmarkWords20kSharingEachThird is worse than all different: there is much to align.
func BenchmarkWords20kSharingEachThird(b *testing.B) {
	x, y := strings.Split(mustText(1, 20_000), " "), strings.Split(mustText(2, 20_000), " ")
	for i := 0; i < len(x); i += 3 {
		y[i] = x[i]
	}
	s, t := strings.Join(x, " "), strings.Join(y, " ")
	for b.Loop() {
		Words(s, t)
	}
}
