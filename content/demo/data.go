package demo

import (
	"embed"
	"encoding/json"
	"fmt"

	"klartext/content"
)

//go:embed data
var files embed.FS

// plan is what data/site.json says: the site, its people and where its entries stand.
type plan struct {
	Name     content.Text            `json:"name"`
	TimeZone string                  `json:"time_zone"`
	Accounts map[content.Role]person `json:"accounts"`
	Topics   []topic                 `json:"topics"`
	Policies []string                `json:"policies"`
	// KnownWords are names that readers of the shop know; Glossary names built-in terms that it explains.
	KnownWords []string                  `json:"known_words"`
	Glossary   map[content.Lang][]string `json:"glossary"`
	Featured   []string                  `json:"featured"`
	Look       content.Look              `json:"look"`
}

type person struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

type topic struct {
	Slug    string       `json:"slug"`
	Title   content.Text `json:"title"`
	Entries []string     `json:"entries"`
}

// step is one change in data/changes.json. Its days count from the day of the demo, so
// that the site is always two years old.
type step struct {
	Slug         string                                 `json:"slug"`
	DaysAgo      int                                    `json:"days_ago"`
	EffectiveIn  *int                                   `json:"effective_in"`
	Materiality  content.Materiality                    `json:"materiality"`
	Title        content.Text                           `json:"title"`
	Summary      content.Text                           `json:"summary"`
	Why          content.Text                           `json:"why"`
	Perspectives map[content.Lang][]content.Perspective `json:"perspectives"`
	// Publish names the files under data/entries by entry: "de.2" is de.2.md, "facts.2" facts.2.json.
	Publish  map[string][]string     `json:"publish"`
	Withdraw map[string]content.Text `json:"withdraw"`
}

func loadPlan() (p plan, steps []step, err error) {
	if err := readJSON("data/site.json", &p); err != nil {
		return p, nil, err
	}
	return p, steps, readJSON("data/changes.json", &steps)
}

func readJSON(name string, into any) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read the demo's data: %w", err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("read the demo's %s: %w", name, err)
	}
	return nil
}
