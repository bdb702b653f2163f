package public

import (
	"context"

	"klartext/content"
)

// discoveryPath is where programs begin that know nothing but the site's name.
const discoveryPath = "/.well-known/klartext.json"

// discoveryFormat grows when a field is renamed or means something else; new fields leave it.
const discoveryFormat = 1

// discovery says what there is and where. All addresses are absolute.
type discovery struct {
	Format    int               `json:"format"`
	Software  string            `json:"software"`
	Name      map[string]string `json:"name"`
	BaseURL   string            `json:"base_url"`
	Static    bool              `json:"static"` // a copy in files: no API, no answers made on demand
	TimeZone  string            `json:"time_zone"`
	Languages []discoveryLang   `json:"languages"` // the first is the site's default
	API       *discoveryAPI     `json:"api,omitempty"`
	OEmbed    string            `json:"oembed,omitempty"`
	Embed     string            `json:"embed"`
	Ledger    map[string]string `json:"ledger"`
	Sitemap   string            `json:"sitemap"`
	Hub       string            `json:"hub,omitempty"`
	Reserved  []string          `json:"reserved"` // fields that are not there yet and mean nothing else when they come
}

type discoveryLang struct {
	Lang     content.Lang      `json:"lang"`
	Name     string            `json:"name"`
	Home     string            `json:"home"`
	Changes  string            `json:"changes"`
	Search   string            `json:"search"` // with ?q=, as JSON where that is asked for
	Index    string            `json:"search_index"`
	Coverage string            `json:"coverage"`
	Glossary string            `json:"glossary,omitempty"`
	About    string            `json:"about"`
	Ask      string            `json:"ask,omitempty"`
	Feeds    map[string]string `json:"feeds"`
	Calendar string            `json:"calendar"`
}

type discoveryAPI struct {
	URL     string `json:"url"`
	OpenAPI string `json:"openapi"`
}

// layDiscovery lays the document that leads to everything else.
func (h *Handlers) layDiscovery(s *snapshot) {
	s.lay(discoveryPath, s.site.Seq(), 0, h.discovery)
	s.mark(discoveryPath, []headerLine{anyOrigin()})
}

func (h *Handlers) discovery(_ context.Context, s *snapshot) (document, error) {
	base, settings := h.deps.BaseURL, s.site.Settings()
	d := discovery{
		Format: discoveryFormat, Software: "Klartext", Name: map[string]string{}, BaseURL: base, Static: h.deps.Static, TimeZone: s.site.Zone().String(),
		Embed: base + "/embed.js", Ledger: map[string]string{"jsonl": base + "/ledger.jsonl"}, Sitemap: base + "/sitemap.xml", Hub: h.deps.Hub,
		Reserved: []string{"keys", "checkpoints"},
	}
	if !h.deps.Static {
		d.API, d.OEmbed = &discoveryAPI{base + "/api/v1", base + "/api/openapi.json"}, base+"/oembed"
	}
	for _, lang := range s.site.Languages() {
		d.Name[string(lang)], _ = settings.SiteName.In(lang, s.site.Languages()...)
		d.Languages = append(d.Languages, h.discoveryOf(s, lang))
	}
	return jsonDocument(d, "application/json; charset=utf-8")
}

func (h *Handlers) discoveryOf(s *snapshot, lang content.Lang) discoveryLang {
	base := h.deps.BaseURL
	d := discoveryLang{
		Lang: lang, Name: h.deps.Catalog.Printer(lang).LangName(lang), Home: base + frontPath(lang), Changes: base + changesPath(lang), Search: base + searchPath(lang, ""),
		Index: base + embedPath(lang, "search.json"), Coverage: base + coveragePath(lang), About: base + aboutPath(lang), Feeds: map[string]string{}, Calendar: base + calendarPath(lang),
	}
	for _, format := range feedFormats() {
		d.Feeds[format[1:]] = base + changesPath(lang) + format
	}
	if s.explains() {
		d.Glossary = base + glossaryPath(lang)
	}
	if h.listens() {
		d.Ask = base + askPath(lang)
	}
	return d
}
