package admin

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"klartext/content"
	"klartext/content/compare"
	"klartext/server/locale"
	"klartext/server/view"
	"klartext/server/web"
)

// changePage builds the page of a change; edit asks for the forms where they are not open anyway.
func (h *Handlers) changePage(c *fiber.Ctx, d changeDesk, edit bool) (view.ChangeDesk, error) {
	p := web.Printer(c)
	page, err := h.page(c, "changes", changeHeading(d.change, p))
	if err != nil {
		return view.ChangeDesk{}, err
	}
	change := &d.change
	data := view.ChangeDesk{
		Admin: page, ID: change.ID, Slug: change.Slug, State: change.State, Edition: change.Edition, Hash: change.Hash(),
		Languages: d.settings.Languages, Stages: stages(change.State), Author: d.names[change.Author], ReviewNote: change.Note, Failure: failure(change.Failure, p), Late: change.Late() > lateAfter,
		PublishAt: change.PublishAt, PublishedAt: change.PublishedAt, Imported: change.Imported,
	}
	data.MayEdit = change.State.Allows(content.StepEdit) && web.Actor(c).May(content.WriteChange) == nil
	data.Editing = data.MayEdit && (edit || change.State == content.Draft)
	data.Form = changeForm(*change, d.settings.Languages, nil)
	for _, id := range change.Contributors {
		data.Contributors = append(data.Contributors, d.names[id])
	}
	for _, piece := range d.pieces {
		data.Pieces = append(data.Pieces, buildPiece(d, piece, p))
	}
	data.Withdrawals = withdrawals(d, p.Lang)
	data.Channels = connected(d.channels)
	data.Announcements = h.announcements(d, change.Announcements, data.Editing, p)
	data.Gate = gateProblems(d.gate, data.Announcements, p)
	data.Review = review(d, web.Actor(c), p)
	data.Schedule = scheduleForm(*change, d.settings, h.Now())
	if data.Clarity, err = h.changeClarity(c, d); err != nil {
		return data, err
	}
	if change.State == content.Published {
		data.Links = publicLinks(d, p)
		data.Deliveries, err = h.deliveriesOf(c, page, change.ID)
	}
	return data, err
}

// lateAfter is from when on a publication counts as late: what is due is looked for twice a second.
const lateAfter = time.Minute

// failure says in sentences why a scheduled publication failed; nil where none did.
func failure(f *content.Failure, p *locale.Printer) *view.Failure {
	if f == nil {
		return nil
	}
	out := &view.Failure{At: f.At}
	for _, field := range f.Fields {
		if sentence := p.Problem(field.Code, field.Args); !slices.Contains(out.Sentences, sentence) {
			out.Sentences = append(out.Sentences, sentence)
		}
	}
	if len(f.Fields) == 0 {
		out.Sentences = []string{p.Problem(f.Code, f.Args)}
	}
	return out
}

func stages(now content.State) []view.Stage {
	if now == content.Cancelled {
		return []view.Stage{{State: content.Cancelled, Now: true}}
	}
	way := []content.State{content.Draft, content.InReview, content.Approved, content.Published}
	if now == content.Scheduled {
		way = slices.Insert(way, 3, content.Scheduled)
	}
	at := slices.Index(way, now)
	out := make([]view.Stage, len(way))
	for i, state := range way {
		out[i] = view.Stage{State: state, Done: i < at || now == content.Published, Now: i == at}
	}
	return out
}

func changeForm(c content.Change, languages []content.Lang, errs map[string]string) view.ChangeForm {
	f := view.ChangeForm{
		Slug: c.Slug, Title: c.Title, Summary: c.Summary, Why: c.Why, Materiality: c.Materiality, EffectiveDate: c.EffectiveDate,
	}
	for _, lang := range languages {
		f.Views = append(f.Views, view.ChangeViews{Lang: lang, Views: viewFields("perspectives."+string(lang), c.Perspectives[lang], errs)})
	}
	return f
}

func buildPiece(d changeDesk, piece loadedPiece, p *locale.Printer) view.Piece {
	entry, ref := d.entries[piece.ref.Entry], piece.ref
	shown := ref.Lang
	if shown == content.NoLang {
		shown = p.Lang
	}
	out := view.Piece{
		Revision: ref.ID, Entry: ref.Entry, Title: entry.Title(shown), Kind: entry.Kind, Lang: ref.Lang, Number: ref.Number,
		Before: piece.before, After: piece.after, Href: textPath(ref.Entry, ref.Lang),
	}
	if ref.Lang == content.NoLang {
		out.Facts = factsDiff(piece.was.Facts, piece.is.Facts, d.settings, p)
	} else {
		out.Parts = compare.Texts(piece.was.Text, piece.is.Text, diffAround)
	}
	out.Same = len(out.Facts)+len(out.Parts) == 0
	newest := entry.Lang(ref.Lang).Newest
	if newest != nil && newest.Number > ref.Number && d.change.State.Allows(content.StepEdit) {
		out.Newest = newest.ID
	}
	return out
}

func withdrawals(d changeDesk, lang content.Lang) []view.WithdrawalRow {
	rows := make([]view.WithdrawalRow, 0, len(d.change.Withdraw))
	for i, w := range d.change.Withdraw {
		entry := d.entries[w.Entry]
		rows = append(rows, view.WithdrawalRow{
			Index: i, Entry: w.Entry, Title: entry.Title(lang), Lang: w.Lang, Reason: w.Reason,
			Live: entry.Lang(w.Lang).Head.Live(), Href: textPath(w.Entry, w.Lang),
		})
	}
	return rows
}

// gateProblems says what keeps a change from being submitted and leads to where it can be mended.
func gateProblems(gate *content.Error, announcements []view.AnnouncementRow, p *locale.Printer) []view.GateProblem {
	if gate == nil {
		return nil
	}
	out := make([]view.GateProblem, 0, len(gate.Fields))
	for _, f := range gate.Fields {
		field := f.Field
		var stored int
		if n, _ := fmt.Sscanf(field, "announcements.%d.", &stored); n == 1 {
			if i := slices.IndexFunc(announcements, func(a view.AnnouncementRow) bool { return a.Stored == stored }); i >= 0 {
				_, name, _ := strings.Cut(strings.TrimPrefix(field, "announcements."), ".")
				field = fmt.Sprintf("announcements.%d.%s", announcements[i].Index, name)
			}
		}
		out = append(out, view.GateProblem{Text: p.Problem(f.Code, f.Args), Href: "#f-" + strings.ReplaceAll(field, ".", "-")})
	}
	return out
}

func publicLinks(d changeDesk, p *locale.Printer) []view.PublicLink {
	var links []view.PublicLink
	for _, lang := range d.settings.Languages {
		links = append(links, view.PublicLink{Href: "/" + string(lang) + "/changes/" + d.change.Slug, Label: p.T("change.public_page"), Lang: lang})
	}
	for _, piece := range d.pieces {
		entry := d.entries[piece.ref.Entry]
		if piece.ref.Lang != content.NoLang {
			links = append(links, view.PublicLink{
				Href:  fmt.Sprintf("%s/v%d", publicPath(entry.Entry, piece.ref.Lang), piece.after),
				Label: p.T("change.version_page", "Title", entry.Title(piece.ref.Lang), "Version", piece.after), Lang: piece.ref.Lang,
			})
		}
	}
	return links
}

// changeAgain shows the change as it stands now and why the step was not taken.
func (h *Handlers) changeAgain(c *fiber.Ctx, id string, cause error, adapt func(*view.ChangeDesk)) error {
	d, err := h.loadChange(c, id)
	if err != nil {
		return errors.Join(cause, err)
	}
	data, err := h.changePage(c, d, false)
	if err != nil {
		return errors.Join(cause, err)
	}
	if content.KindOf(cause) == content.Invalid && len(data.Gate) > 0 {
		data.Problem, data.Unready = web.Printer(c).T("change.not_ready"), true
	} else {
		wrong(c, &data.Admin, cause)
	}
	if adapt != nil {
		adapt(&data)
	}
	return h.again(c, "admin/change", data, cause)
}
