package storetest_test

import (
	"slices"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// What an earlier version found of posts is listed by this one.
func TestPostsThatWereGoneBeforeTheUpgradeStillAskToBeSeen(t *testing.T) {
	delivery := func(id, health string) string {
		return `INSERT INTO deliveries (id, change_id, channel_id, lang, part, generation, position, state, text, content_warning, permalink, media,
			idempotency_key, reason, created_at, ordered_at, next_at, health)
			VALUES ('` + id + `', 'c', 'ch', 'en', ` + id + `, 1, ` + id + `, 'sent', 'News', '', '', '[]', 'key-` + id + `', '{}', 1000, 1000, 5000, '` + health + `')`
	}
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := url(t)
			before(t, address, "00050_version_names.sql",
				`INSERT INTO changes (id, slug, title, summary, why, materiality, effective_date, perspectives, state, author_id, created_at, updated_at)
				VALUES ('c', 'c', '{"de":"Neues"}', '{}', '{}', 'material', '', '{}', 'published', 'u', 1, 1)`,
				`INSERT INTO channels (id, network, name, languages, settings, account, state, reason, created_at) VALUES ('ch', 'test', 'Shop', '["en"]', '', '{}', 'active', '{}', 1)`,
				delivery("1", `{"code":"post_gone"}`), delivery("2", `{"code":"post_altered","detail":"x"}`), delivery("3", `{"code":"post_visibility"}`),
				delivery("4", `{}`),
			)
			store, err := sqlstore.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = store.Close() }()
			list, err := store.Deliveries(t.Context(), content.DeliveryFilter{View: content.ViewNeeded})
			if got := ids(list); err != nil || !slices.Equal(got, []string{"1", "2"}) {
				t.Errorf("needed: %v, %v", got, err)
			}
			titles, err := store.ChangeTitles(t.Context(), []string{"c"})
			if err != nil || titles["c"]["de"] != "Neues" {
				t.Errorf("titles: %v, %v", titles, err)
			}
		})
	}
}
