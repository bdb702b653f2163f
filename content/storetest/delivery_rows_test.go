package storetest_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"klartext/content"
	"klartext/content/sqlstore"
	"klartext/content/storetest"
)

// A page of a list reads a page, not everything: of 5,000 deliveries each database
// takes from an index, in the order of the list, little more than it answers with.
func TestAPageOfDeliveriesReadsAPage(t *testing.T) {
	const page = 50
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := url(t)
			store, err := sqlstore.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = store.Close() }()
			database := rawly(t, address)
			fillDeliveries(t, database)
			list, err := store.Deliveries(t.Context(), content.DeliveryFilter{View: content.ViewNeeded, Limit: page})
			if err != nil || len(list) != page {
				t.Fatalf("%d needed, %v", len(list), err)
			}
			// Change, channel and state, then what the list begins behind, then how many.
			first := []any{"", "", "", int64(math.MaxInt64), "", "", 0, 0, "", page}
			last := list[page-1]
			behind := []any{"", "", "", last.Created.UnixMilli(), last.Channel, string(last.Lang), last.Part, last.Generation, last.ID, page}
			inState := []any{"", "", "failed", int64(math.MaxInt64), "", "", 0, 0, "", page}
			for _, q := range []struct {
				query string
				args  []any
			}{
				{"listDeliveries", first},
				{"listDeliveries", behind},
				{"listDeliveriesNeeded", first},
				{"listDeliveriesNeeded", behind},
				{"listDeliveriesInState", inState},
				{"listDeliveriesWaiting", []any{"", "", "", int64(0), "", 0, page}},
				{"lineOfChannel", []any{"ch", page}},
				{"lineUntil", []any{"ch", 200}},
			} {
				text := queryText(t, q.query)
				if name == "sqlite" {
					ordered(t, database, q.query, text, q.args)
				} else if n := rowsRead(t, database, text, q.args); n == 0 || n > 3*page {
					t.Errorf("%s reads %d rows for a page of %d", q.query, n, page)
				}
			}
		})
	}
}

func rawly(t *testing.T, address string) *sql.DB {
	t.Helper()
	driver, source := "pgx", address
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+path
	}
	database, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = database.Close() })
	return database
}

// fillDeliveries makes 5,000: most are out and well, every 20th failed, waits or is gone.
func fillDeliveries(t *testing.T, database *sql.DB) {
	t.Helper()
	for _, statement := range []string{
		`INSERT INTO changes (id, slug, title, summary, why, materiality, effective_date, perspectives, state, author_id, created_at, updated_at)
			VALUES ('c', 'c', '{}', '{}', '{}', 'material', '', '{}', 'published', 'u', 1, 1)`,
		`INSERT INTO channels (id, network, name, languages, settings, account, state, reason, created_at) VALUES ('ch', 'test', 'Shop', '["en"]', '', '{}', 'active', '{}', 1)`,
		`INSERT INTO deliveries (id, change_id, channel_id, lang, part, generation, position, state, text, content_warning, permalink, media,
			idempotency_key, reason, created_at, ordered_at, next_at, health, remark)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
		SELECT CAST(i AS TEXT), 'c', 'ch', 'en', i, 1, i, CASE i % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'queued' ELSE 'sent' END, 'News', '', '', '[]',
			CAST(i AS TEXT), '{}', i, i, i, '{}', CASE i % 20 WHEN 2 THEN 'post_gone' ELSE '' END FROM n`,
		`ANALYZE`,
	} {
		if _, err := database.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
}

// queryText is a query as sqlc wrote it.
func queryText(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile("../sqlstore/db/delivery_list.sql.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("const " + name + " = `([^`]+)`").FindSubmatch(raw)
	if found == nil {
		t.Fatalf("there is no query %s", name)
	}
	return string(found[1])
}

// ordered fails where SQLite goes through a whole table or sorts.
func ordered(t *testing.T, database *sql.DB, name, query string, args []any) {
	t.Helper()
	rows, err := database.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer func() { _ = rows.Close() }()
	steps := 0
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps++
		if strings.Contains(step, "TEMP B-TREE") || !strings.Contains(step, "INDEX") && !strings.Contains(step, "SUBQUERY") {
			t.Errorf("%s: SQLite would %s", name, step)
		}
	}
	if err := rows.Err(); err != nil || steps == 0 {
		t.Fatalf("%s: a plan of %d steps, %v", name, steps, err)
	}
}

// plan is what PostgreSQL says of a step of a query that it ran.
type plan struct {
	Table   string  `json:"Relation Name"` // "" where it only works on what other steps read
	Rows    float64 `json:"Actual Rows"`
	Loops   float64 `json:"Actual Loops"`
	Removed float64 `json:"Rows Removed by Filter"`
	Plans   []plan  `json:"Plans"`
}

// read is how many rows the tables gave, in this step and below.
func (p plan) read() (n int) {
	if p.Table != "" {
		n = int(math.Ceil((p.Rows + p.Removed) * p.Loops))
	}
	for _, below := range p.Plans {
		n += below.read()
	}
	return n
}

func rowsRead(t *testing.T, database *sql.DB, query string, args []any) int {
	t.Helper()
	var raw []byte
	for i := len(args); i > 0; i-- { // EXPLAIN takes no parameters
		query = strings.ReplaceAll(query, fmt.Sprintf("$%d", i), literal(args[i-1]))
	}
	if err := database.QueryRowContext(t.Context(), "EXPLAIN (ANALYZE, FORMAT JSON) "+query).Scan(&raw); err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	var plans []struct {
		Plan plan `json:"Plan"`
	}
	if err := json.Unmarshal(raw, &plans); err != nil || len(plans) != 1 {
		t.Fatalf("%v in %s", err, raw)
	}
	return plans[0].Plan.read()
}

func literal(value any) string {
	if text, ok := value.(string); ok {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return fmt.Sprint(value)
}
