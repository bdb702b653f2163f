package api_test

import (
	"testing"

	"klartext/content"
)

// posted is a shop whose change was published with two parts.
func posted(t *testing.T) (*shop, []string) {
	t.Helper()
	s := newWorld(t).shop()
	s.do(content.Author, 200, "PUT", "/changes/"+s.change+"/announcements", []object{{
		"channel": s.channel, "lang": "en", "text": "One.\n---\nTwo.", "link": false, "thread": true,
	}})
	s.publish()
	list := s.do(content.Author, 200, "GET", "/deliveries", nil)
	return s, []string{list.text("items.0.id"), list.text("items.1.id")}
}

func (w *world) become(id string, change func(*content.Delivery)) {
	w.t.Helper()
	_, err := w.Store.UpdateDelivery(w.t.Context(), id, func(d *content.Delivery, _ content.Channel) ([]content.Delivery, error) {
		change(d)
		return nil, nil
	}, content.NewAudit(content.System(), w.Now(), "delivery.settle", id, nil))
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestDeliveriesInParts(t *testing.T) {
	s, ids := posted(t)
	for _, query := range []string{"", "&view=queue", "&state=queued", "&change=" + s.change, "&channel=" + s.channel} {
		first := s.do(content.Author, 200, "GET", "/deliveries?limit=1"+query, nil)
		first.want("items.0.id", ids[0], "items.0.text", "One.")
		if first.text("next") == "" || first.count("items") != 1 {
			t.Fatalf("%s: %s", query, first.body)
		}
		s.do(content.Author, 200, "GET", "/deliveries?limit=1&cursor="+first.text("next")+query, nil).want("items.0.id", ids[1], "next", "<nil>")
	}
	if n := s.do(content.Author, 200, "GET", "/deliveries?view=needed", nil).count("items"); n != 0 {
		t.Errorf("%d need a person", n)
	}
	s.become(ids[0], func(d *content.Delivery) { d.State = content.NeedsDecision })
	s.do(content.Author, 200, "GET", "/deliveries?view=needed", nil).want("items.0.id", ids[0], "items.1", "<nil>")
}

func TestRepeatingInDoubtTakesAWord(t *testing.T) {
	s, ids := posted(t)
	path := "/deliveries/" + ids[0]
	s.become(ids[0], func(d *content.Delivery) { d.State, d.Doubt = content.CancelledPost, s.Now() })
	s.do(content.Approver, 200, "GET", path, nil).want("maybe_out", true)
	for _, body := range []any{nil, object{}, object{"confirm": false}} {
		s.do(content.Approver, 409, "POST", path+"/repeat", body).want("code", "again_doubt")
	}
	s.do(content.Approver, 422, "POST", path+"/repeat", object{"confirm": "yes"})
	s.do(content.Approver, 200, "POST", path+"/repeat", object{"confirm": true}).want("generation", 2, "state", "queued")
}

func TestDismissing(t *testing.T) {
	s, ids := posted(t)
	path := "/deliveries/" + ids[0]
	s.do(content.Approver, 409, "POST", path+"/dismiss", nil).want("code", "dismiss_not")
	s.become(ids[0], func(d *content.Delivery) { d.State, d.Health.Reason.Code = content.Sent, content.CodePostGone })
	s.do(content.Author, 200, "GET", "/deliveries?view=needed", nil).want("items.0.id", ids[0])
	s.do(content.Approver, 200, "POST", path+"/dismiss", nil)
	if n := s.do(content.Author, 200, "GET", "/deliveries?view=needed", nil).count("items"); n != 0 {
		t.Errorf("%d need a person after that", n)
	}
	s.do(content.Admin, 200, "GET", "/audit?limit=1", nil).want("items.0.action", "delivery.dismiss", "items.0.subject", ids[0])
}
