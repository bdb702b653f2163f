package storetest_test

import (
	"database/sql"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// before is a database as a version of the program left it that knew the migrations up to upTo.
func before(t *testing.T, url, upTo string, rows ...string) {
	t.Helper()
	driver, dialect, source := "pgx", goose.DialectPostgres, url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, dialect, source = "sqlite", goose.DialectSQLite3, "file:"+path+"?_pragma=foreign_keys(1)"
	}
	database, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	provider, err := goose.NewProvider(dialect, database, migrationsUpTo(t, upTo))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if _, err := database.ExecContext(t.Context(), row); err != nil {
			t.Fatalf("%v in %s", err, row)
		}
	}
}

func migrationsUpTo(t *testing.T, last string) fs.FS {
	t.Helper()
	all := os.DirFS("../sqlstore/migrations")
	names, err := fs.Glob(all, "*.sql")
	if err != nil || len(names) < 4 {
		t.Fatalf("migrations: %v, %v", names, err)
	}
	some := fstest.MapFS{}
	for _, name := range names {
		if name > last {
			continue
		}
		raw, err := fs.ReadFile(all, name)
		if err != nil {
			t.Fatal(err)
		}
		some[name] = &fstest.MapFile{Data: raw}
	}
	return some
}

// An installation with posts on their way is brought up to date: nothing is
// lost, what is out stays out, and what was being sent is looked for.
func TestDeliveriesSurviveTheUpgrade(t *testing.T) {
	delivery := func(id, position, state, remote string) string {
		return `INSERT INTO deliveries (id, change_id, channel_id, lang, part, generation, position, state, text, content_warning, permalink, media,
			idempotency_key, remote_id, remote_url, reason, created_at, ordered_at, first_at, next_at, attempts)
			VALUES ('` + id + `', 'c', 'ch', 'en', 0, ` + position + `, ` + position + `, '` + state + `', 'News', '', 'https://a.example/en/changes/c', '[]',
			'key-` + id + `', '` + remote + `', '` + remote + `', '{}', 1000, 1000, 1000, 5000, 1)`
	}
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := url(t)
			before(t, address, "00003_failure.sql",
				`INSERT INTO changes (id, slug, title, summary, why, materiality, effective_date, perspectives, state, author_id, created_at, updated_at)
				VALUES ('c', 'c', '{}', '{}', '{}', 'material', '', '{}', 'published', 'u', 1, 1)`,
				`INSERT INTO channels (id, network, name, languages, settings, account, state, reason, created_at) VALUES ('ch', 'test', 'Shop', '["en"]', '', '{}', 'active', '{}', 1)`,
				delivery("out", "1", "sent", "r1"), delivery("flying", "2", "sending", ""), delivery("next", "3", "queued", ""),
				`INSERT INTO attempts (delivery_id, number, at, outcome, detail, hash) VALUES ('out', 1, 4000, 'sent', '{}', 'abc')`,
				`INSERT INTO attempts (delivery_id, number, at, outcome, detail, hash) VALUES ('flying', 1, 4500, 'started', '{}', 'def')`,
			)
			store, err := sqlstore.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = store.Close() }()
			for id, want := range map[string]content.DeliveryState{"out": content.Sent, "flying": content.UnknownFate, "next": content.Queued} {
				d, err := store.Delivery(t.Context(), id)
				if err != nil || d.State != want || d.Kind != content.KindAnnouncement || d.Text != "News" || d.Key != "key-"+id {
					t.Errorf("%s: %+v, %v", id, d, err)
				}
				if id != "next" && (len(d.Attempts) != 1 || d.Attempts[0].Kind != content.AttemptSend || d.Attempts[0].Outcome == content.OutcomeStarted) {
					t.Errorf("%s: attempts %+v", id, d.Attempts)
				}
				if (id == "out") == d.Sent.IsZero() {
					t.Errorf("%s: sent at %s", id, d.Sent)
				}
			}
			heads, err := store.Heads(t.Context())
			if err != nil || len(heads) != 1 || heads[0].Delivery.ID != "flying" {
				t.Errorf("heads: %+v, %v", heads, err)
			}
		})
	}
}
