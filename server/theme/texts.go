package theme

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"klartext/content"
)

// readTexts reads texts/de.json and its like: names and what they say in that language.
func (r *reader) readTexts() error {
	names, err := r.list(textsDir, ".json")
	if err != nil {
		return err
	}
	for _, name := range names {
		lang := content.Lang(strings.TrimSuffix(path.Base(name), ".json"))
		if !slices.Contains(r.langs, lang) {
			r.found.add(name, 0, "Klartext does not speak %q; name the file after one of %s", lang, joinLangs(r.langs))
			continue
		}
		body, ok, err := r.open(name)
		if err != nil {
			return err
		}
		texts := map[string]string{}
		if err := json.Unmarshal(body, &texts); ok && err != nil {
			r.found.add(name, lineOfJSON(body, err), "this is not a list of names and texts such as {\"claim\": \"Plain talk\"}: %v", err)
			continue
		}
		r.theme.Texts[lang] = texts
	}
	r.compareTexts()
	return nil
}

// compareTexts: a text that one language lacks would leave a hole in its pages.
func (r *reader) compareTexts() {
	for lang, texts := range r.theme.Texts {
		for _, other := range slices.Sorted(maps.Keys(r.theme.Texts)) {
			for _, id := range slices.Sorted(maps.Keys(r.theme.Texts[other])) {
				if _, there := texts[id]; !there {
					r.found.add(path.Join(textsDir, string(lang)+".json"), 0, "%q is missing; %s.json has it", id, other)
				}
			}
		}
	}
}

func lineOfJSON(body []byte, err error) int {
	at := int64(0)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = syntax.Offset
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at = kind.Offset
	}
	return 1 + bytes.Count(body[:min(int(at), len(body))], []byte("\n"))
}

func joinLangs(langs []content.Lang) string {
	names := make([]string, len(langs))
	for i, lang := range langs {
		names[i] = string(lang)
	}
	return strings.Join(names, ", ")
}

// Text is what the theme says under a name: in the language, or else in another that it has; false where there is no such name.
func (t *Theme) Text(lang content.Lang, id string) (string, bool) {
	if texts, spoken := t.Texts[lang]; spoken {
		text, ok := texts[id]
		return text, ok
	}
	for _, other := range slices.Sorted(maps.Keys(t.Texts)) {
		if text, ok := t.Texts[other][id]; ok {
			return text, true
		}
	}
	return "", false
}
