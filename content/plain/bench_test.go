package plain

import (
	"fmt"
	"strings"
	"testing"
)

// sampleText makes Markdown of about n words in paragraphs of the size that people write,
// all different: a cache must not help where it would not help a writer.
func sampleText(lang string, n int) string {
	paragraph := map[string]string{
		"de": "Wir speichern Ihre **Adresse** nur so lange, wie wir sie für die [Lieferung](https://example.org/lieferung) brauchen. " +
			"Danach löschen wir sie, es sei denn, ein Gesetz verlangt etwas anderes (das gilt z. B. für Rechnungen). " +
			"Die Übermittlung an Dritte erfolgt ausschließlich mit Ihrer Einwilligung. Absatz %d ist zu Ende.\n\n- Name\n- Anschrift und E-Mail-Adresse\n\n",
		"en": "We keep your **address** only as long as we need it for the [delivery](https://example.org/delivery). " +
			"Then we delete it, unless a law says something else (this is so for bills, e.g. for ten years). " +
			"Disclosure to third parties is effected solely with your consent. This is paragraph %d.\n\n- Name\n- Home and email address\n\n",
	}[lang]
	var b strings.Builder
	for i := 0; wordCount(b.String()) < n; i++ {
		fmt.Fprintf(&b, paragraph, i)
	}
	return b.String()
}

func wordCount(s string) int { return len(strings.Fields(s)) }

func BenchmarkThousandWords(b *testing.B) {
	for _, lang := range Languages() {
		b.Run(lang, func(b *testing.B) {
			c := mustChecker(b)
			text := sampleText(lang, 1000)
			b.ReportAllocs()
			for b.Loop() {
				c.cache = newCache()
				if _, err := c.Check(b.Context(), Input{Source: text, Lang: lang}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkKeystroke(b *testing.B) {
	for _, lang := range Languages() {
		b.Run(lang, func(b *testing.B) {
			c := mustChecker(b)
			text := sampleText(lang, 2000)
			at := strings.Index(text[len(text)/2:], "brauchen.") + strings.Index(text[len(text)/2:], "need it") + 1 + len(text)/2
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				i++
				edited := text[:at] + fmt.Sprintf("x%d", i) + text[at:]
				if _, err := c.Check(b.Context(), Input{Source: edited, Lang: lang}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
