package public

import (
	"slices"

	"klartext/content"
	"klartext/server/restraint"
	"klartext/server/view"
)

// selfCheck is what the site found when it last looked at itself.
type selfCheck struct {
	number int64
	report restraint.Report
}

func aboutPath(lang content.Lang) string { return "/" + string(lang) + "/about-this-site" }

// SetReport shows what was found, from the next Refresh on.
func (h *Handlers) SetReport(report restraint.Report) {
	next := &selfCheck{number: 1, report: report}
	if last := h.checked.Load(); last != nil {
		next.number = last.number + 1
	}
	h.checked.Store(next)
	h.Wake()
}

// layAbout lays the page of the last check, of which it is made, and of the site's name.
func (h *Handlers) layAbout(s *snapshot, lang content.Lang) {
	stamp := s.site.Seq() << 16
	if s.checked != nil {
		stamp += s.checked.number % (1 << 16)
	}
	s.lay(aboutPath(lang), stamp, 0, h.html(lang, (*desk).about))
}

// about says what the site wants of its readers, and how it knows.
func (d *desk) about() (string, any, error) {
	page := view.AboutPage{Public: d.public(d.printer.T("restraint.title"), aboutPath)}
	page.Section, page.Description = "", d.printer.T("restraint.lead")
	if d.checked != nil {
		page.Checked, page.Report = true, d.checked.report
		page.Report.At = d.local(page.Report.At)
	}
	if d.h.listens() {
		page.AskURL, page.Questions, page.Votes = askPath(d.lang), questionsOfOne, votesOfOne
	}
	return "public/about", page, nil
}

// Sample lists addresses of every kind that readers ask for, at most so many pages of the
// same kind as the limit says.
func (h *Handlers) Sample(limit int) []string {
	s := h.current.Load()
	if s == nil {
		return nil
	}
	list := []string{"/", "/embed.js", "/robots.txt", "/sitemap.xml", discoveryPath}
	for _, lang := range s.site.Languages() {
		list = append(list, frontPath(lang), changesPath(lang), aboutPath(lang), calendarPath(lang), embedPath(lang, "upcoming"), embedPath(lang, "search"), h.MissingPaths()[lang])
		for _, format := range feedFormats() {
			list = append(list, changesPath(lang)+format)
		}
		for _, name := range []string{"search", "since", "coverage", "glossary", "ask"} { // where the site has them
			list = append(list, "/"+string(lang)+"/"+name)
		}
		for _, topic := range s.site.Topics() {
			if s.shown(topic) {
				list = append(list, topicPath(lang, topic), embedPath(lang, "topics/"+topic.Slug))
			}
		}
	}
	pages := slices.DeleteFunc(s.likely(), func(path string) bool { return s.pages[path] == nil || path[0] != '/' })
	for i := range min(len(pages), limit) { // spread over all topics and languages
		list = append(list, pages[i*len(pages)/min(len(pages), limit)])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Unpack is a body that was sent in br.
func Unpack(body []byte) ([]byte, error) { return decompress(body, br) }
