package public

import (
	"slices"
	"testing"

	"klartext/content"
	"klartext/server/public/publictest"
)

func TestFeedsOfAPublication(t *testing.T) {
	store := publictest.Shop()
	h := newHandlers(t, store)
	refresh(t, h)
	before, err := store.Ledger(t.Context(), 0, 1000)
	must(t, err)
	store.Publish(content.Change{Slug: "parcel-again", Title: content.Text{"de": "Paket"}, PublishedAt: publictest.At("2026-11-20")}, parcelPiece("Die Post."))
	after, err := store.Ledger(t.Context(), int64(len(before)), 1000)
	must(t, err)
	if feeds, visible := h.FeedsOf(after); visible || feeds != nil {
		t.Errorf("before readers see it: %v", feeds)
	}
	refresh(t, h)
	feeds, visible := h.FeedsOf(after)
	var want []string
	for _, path := range []string{"/de/changes", "/de/faq/parcel", "/de/topics/orders", "/en/changes"} {
		for _, format := range feedFormats() {
			want = append(want, "https://daten.shop.example"+path+format)
		}
	}
	if !visible || !slices.Equal(feeds, want) {
		t.Errorf("feeds are %v", feeds)
	}
	imported := content.LedgerRow{Seq: 1, Body: content.MarshalLedger(content.LedgerBody{Type: "change", Change: "unknown", Imported: true})}
	if feeds, visible := h.FeedsOf([]content.LedgerRow{imported}); !visible || len(feeds) > 0 {
		t.Errorf("an import is told as news: %v", feeds)
	}
}
