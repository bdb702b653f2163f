package server_test

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"klartext/content"
)

// many publishes a change with a post in so many parts on each channel.
func (w *world) many(parts int, channels ...string) []content.Delivery {
	w.t.Helper()
	entry := w.Entry(w.t, "location")
	change := w.Change(w.t, "first", w.Write(w.t, entry.ID, "en", "Do you track me?"))
	texts := make([]string, parts)
	for i := range texts {
		texts[i] = fmt.Sprintf("Part %d of it.", i+1)
	}
	list := make([]content.Announcement, len(channels))
	for i, channel := range channels {
		list[i] = content.Announcement{Channel: channel, Lang: "en", Text: strings.Join(texts, "\n---\n"), Link: true, Thread: true}
	}
	if _, err := w.Changes.SetAnnouncements(w.t.Context(), w.Author, change.ID, list); err != nil {
		w.t.Fatal(err)
	}
	w.Publish(w.t, change.ID)
	all, err := w.Store.Deliveries(w.t.Context(), content.DeliveryFilter{Change: change.ID})
	if err != nil || len(all) != parts*len(channels) {
		w.t.Fatalf("%d deliveries, %v", len(all), err)
	}
	return all
}

// settle puts a delivery into a state, past all rules.
func (w *world) settle(id string, change func(*content.Delivery)) {
	w.t.Helper()
	_, err := w.Store.UpdateDelivery(w.t.Context(), id, func(d *content.Delivery, _ content.Channel) ([]content.Delivery, error) {
		change(d)
		return nil, nil
	}, content.NewAudit(content.System(), w.Now(), "delivery.settle", id, nil))
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestDeliveriesArePaged(t *testing.T) {
	w := newWorld(t)
	all := w.many(20, w.connect(), w.connect(), w.connect())
	w.login(w.Author)
	for _, filter := range []string{"all", "queue"} {
		page := w.get("/admin/deliveries?filter=" + filter).is(200)
		next, _ := page.find("main a[rel=next]").Attr("href")
		if n := page.find(".deliveries > li").Length(); n != 50 {
			t.Errorf("%s: the first page has %d", filter, n)
		}
		second := w.get(next).is(200)
		if n := second.find(".deliveries > li").Length(); n != 10 || strings.Contains(second.Text, `rel="next"`) {
			t.Errorf("%s: the second page has %d", filter, n)
		}
		first, _ := second.find("main .actions a").First().Attr("href")
		w.get(first).is(200).says("main", "part 2")
	}
	w.get("/admin/deliveries?filter=all&after=nothing").is(404)
	newest := slices.MaxFunc(all, func(a, b content.Delivery) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), a.Position-b.Position)
	})
	w.get("/admin/deliveries?filter=queue&after="+newest.ID).is(200).says(".empty", "nothing more").find("main .actions a")
	w.get("/admin/channels/"+all[0].Channel).is(200).says("main", "10 more")
}

func TestTakingNoteOfWhatHappenedToAPost(t *testing.T) {
	w := newWorld(t)
	d := w.many(1, w.connect())[0]
	own := "/admin/deliveries/" + d.ID
	w.settle(d.ID, func(d *content.Delivery) {
		d.State, d.RemoteURL, d.Health.Reason.Code = content.Sent, "https://example.social/@shop/1", content.CodePostGone
	})
	w.login(w.Author)
	if page := w.get("/admin/deliveries").is(200); strings.Contains(page.Text, "/dismiss") {
		t.Error("an author is offered what only approvers may do")
	}
	w.login(w.Approver)
	w.get("/admin/deliveries").is(200).find("form[action='" + own + "/dismiss'] button")
	w.post(own+"/dismiss", "back", "/admin/deliveries").to("/admin/deliveries?note=delivery_dismissed")
	w.get("/admin/deliveries?note=delivery_dismissed").is(200).says(".note", "All deliveries").says("main", "Nothing to decide")
	w.get("/admin/deliveries?filter=all").is(200).says("main", w.Approver.Name+" took note")
	w.post(own + "/dismiss").is(409)
}

func TestPostingOnceMoreInDoubtWarns(t *testing.T) {
	w := newWorld(t)
	d := w.many(1, w.connect())[0]
	own := "/admin/deliveries/" + d.ID
	w.login(w.Approver)
	w.settle(d.ID, func(d *content.Delivery) { d.State = content.CancelledPost })
	w.get(own).is(200).find("form[action='" + own + "/repeat']:not(:has(input[name=confirm])) button")
	w.settle(d.ID, func(d *content.Delivery) { d.Doubt = w.Now() })
	w.get(own).is(200).says("form[action='"+own+"/repeat']", "twice").find("input[name=confirm][required]")
	w.post(own+"/repeat", "back", "/admin/deliveries").is(409).says("main", "confirm that you want")
	w.post(own+"/repeat", "confirm", "on", "back", "/admin/deliveries").to("/admin/deliveries?note=delivery_again")
}

func TestACorrectionLikeOneInDoubtWarns(t *testing.T) {
	w := newWorld(t)
	d := w.many(1, w.connect())[0]
	own := "/admin/deliveries/" + d.ID
	w.settle(d.ID, func(d *content.Delivery) { d.State = content.Sent })
	w.login(w.Approver)
	correct := func(more ...string) answer {
		return w.post(own+"/correct", append([]string{"how", "post", "text", "We were wrong."}, more...)...)
	}
	correct().is(http.StatusSeeOther)
	list, err := w.Store.Deliveries(t.Context(), content.DeliveryFilter{State: content.Queued})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	w.settle(list[0].ID, func(d *content.Delivery) { d.State, d.Doubt = content.CancelledPost, w.Now() })
	correct().is(409).says("main", "twice")
	correct("confirm", "on").is(http.StatusSeeOther)
}

func TestALinkToAnotherServerIsNoPostOfTheChannel(t *testing.T) {
	w := newWorld(t)
	d := w.many(1, w.connect())[0]
	own := "/admin/deliveries/" + d.ID
	w.settle(d.ID, func(d *content.Delivery) { d.State = content.NeedsDecision })
	w.login(w.Approver)
	w.post(own+"/resolve", "as", "sent", "remote_url", "https://other.example/@shop@example.social/1").is(422).
		says(".field-error", "other.example").says(".field-error", "on example.social")
	w.post(own+"/resolve", "as", "sent", "remote_url", "https://Example.social/@shop/1").is(http.StatusSeeOther)
}
