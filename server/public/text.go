package public

import (
	"context"
	"fmt"

	"klartext/content"
)

// textBudget bounds the old texts kept in memory, in bytes.
const textBudget = 4 << 20

type textKey struct {
	entry  string
	lang   content.Lang
	number int
}

// text is a version with its Markdown. A version never changes, so what was read
// once holds for ever.
func (h *Handlers) text(ctx context.Context, meta content.VersionMeta) (content.Version, error) {
	key := textKey{meta.Entry, meta.Lang, meta.Number}
	if version, ok := h.texts.get(key); ok {
		return version, nil
	}
	version, err := h.deps.Store.Version(ctx, meta.Entry, meta.Lang, meta.Number)
	if err != nil {
		return content.Version{}, fmt.Errorf("read version %d of %s in %s: %w", meta.Number, meta.Entry, meta.Lang, err)
	}
	return h.texts.put(key, version, weight(version)), nil
}

func weight(v content.Version) int {
	sum := 1000 + len(v.Text.Body) + len(v.HTML.Body) + len(v.Text.ShortAnswer)
	for i, section := range v.Text.Sections {
		sum += len(section.Body) + len(section.Summary)
		if i < len(v.HTML.Sections) {
			sum += len(v.HTML.Sections[i].Body) + len(v.HTML.Sections[i].Summary)
		}
	}
	for _, example := range v.Text.Examples {
		sum += 2 * len(example)
	}
	for _, opinion := range v.Text.Perspectives {
		sum += 2 * len(opinion.Text)
	}
	return sum
}
