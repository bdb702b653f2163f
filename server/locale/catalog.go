// Package locale turns message ids, errors, dates and numbers into sentences
// that people read, in their language. It does not know where they are shown.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"klartext/content"
)

//go:embed messages
var messageFiles embed.FS

// Fallback is the language in which everything can be said.
const Fallback content.Lang = "en"

// Catalog holds the messages of the program in every language it speaks.
// It never changes once loaded and is safe for concurrent use.
type Catalog struct {
	printers map[content.Lang]*Printer
	langs    []content.Lang
	ids      map[content.Lang]map[string]bool
}

// Load reads the embedded messages: messages/<lang>/*.json. A folder for
// another language is all that the program needs to speak it.
func Load() (*Catalog, error) {
	root, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		return nil, fmt.Errorf("open the messages: %w", err)
	}
	return load(root)
}

func load(root fs.FS) (*Catalog, error) {
	folders, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, fmt.Errorf("list the languages: %w", err)
	}
	bundle := i18n.NewBundle(language.Make(string(Fallback)))
	c := &Catalog{printers: map[content.Lang]*Printer{}, ids: map[content.Lang]map[string]bool{}}
	for _, folder := range folders {
		lang := content.Lang(folder.Name())
		if err := c.loadLang(root, bundle, lang); err != nil {
			return nil, err
		}
		c.langs = append(c.langs, lang)
	}
	if !slices.Contains(c.langs, Fallback) {
		return nil, fmt.Errorf("no messages in %q, the language of last resort", Fallback)
	}
	for _, lang := range c.langs {
		c.printers[lang] = newPrinter(bundle, lang, c.ids)
	}
	return c, nil
}

func (c *Catalog) loadLang(root fs.FS, bundle *i18n.Bundle, lang content.Lang) error {
	files, err := fs.Glob(root, path.Join(string(lang), "*.json"))
	if err != nil {
		return fmt.Errorf("list the messages of %s: %w", lang, err)
	}
	c.ids[lang] = map[string]bool{}
	for _, name := range files {
		body, err := fs.ReadFile(root, name)
		if err != nil {
			return fmt.Errorf("read messages %s: %w", name, err)
		}
		if err := c.note(lang, name, body); err != nil {
			return err
		}
		// The library takes the language from the file's name.
		as := strings.TrimSuffix(path.Base(name), ".json") + "." + string(lang) + ".json"
		if _, err := bundle.ParseMessageFileBytes(body, as); err != nil {
			return fmt.Errorf("parse messages %s: %w", name, err)
		}
	}
	return nil
}

// note keeps the ids of a file and refuses one that another file has already: the later would win in silence.
func (c *Catalog) note(lang content.Lang, name string, body []byte) error {
	var messages map[string]json.RawMessage
	if err := json.Unmarshal(body, &messages); err != nil {
		return fmt.Errorf("parse messages %s: %w", name, err)
	}
	for id := range messages {
		if c.ids[lang][id] {
			return fmt.Errorf("message %q stands twice in %s, the second time in %s", id, lang, name)
		}
		c.ids[lang][id] = true
	}
	return nil
}

// Langs lists the languages that the program speaks, sorted.
func (c *Catalog) Langs() []content.Lang { return slices.Clone(c.langs) }

// Printer speaks lang, or else the fallback.
func (c *Catalog) Printer(lang content.Lang) *Printer {
	if p, ok := c.printers[lang]; ok {
		return p
	}
	return c.printers[Fallback]
}

// Match finds the language that fits an Accept-Language header best. It answers
// the fallback where none fits or the header cannot be read.
func (c *Catalog) Match(acceptLanguage string) content.Lang {
	lang, ok := Match(acceptLanguage, c.langs)
	if !ok {
		return Fallback
	}
	return lang
}

// maxHeader bounds the work on a header that a stranger wrote.
const maxHeader = 200

// Match finds which of the offered languages an Accept-Language header prefers; false where it names none of them.
func Match(acceptLanguage string, offered []content.Lang) (content.Lang, bool) {
	if len(offered) == 0 || acceptLanguage == "" || len(acceptLanguage) > maxHeader {
		return "", false
	}
	wanted, weights, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return "", false
	}
	for i, tag := range wanted {
		base, _ := tag.Base()
		if weights[i] > 0 && slices.Contains(offered, content.Lang(base.String())) {
			return content.Lang(base.String()), true
		}
	}
	return "", false
}
