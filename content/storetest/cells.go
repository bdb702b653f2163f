package storetest

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// EachCell looks at everything that the SQLite file in a folder holds, as text, and answers with the tables that hold anything.
func EachCell(t testing.TB, folder string, look func(table, cell string)) map[string]bool {
	t.Helper()
	file, err := sql.Open("sqlite", filepath.Join(folder, "klartext.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	found := map[string]bool{}
	for _, table := range column(t, file, "SELECT name FROM sqlite_master WHERE type = 'table'") {
		for _, name := range column(t, file, "SELECT name FROM pragma_table_info('"+table+"')") {
			for _, cell := range column(t, file, `SELECT CAST("`+name+`" AS TEXT) FROM "`+table+`" WHERE "`+name+`" IS NOT NULL`) {
				found[table] = true
				look(table, cell)
			}
		}
	}
	return found
}

func column(t testing.TB, file *sql.DB, query string) []string {
	t.Helper()
	rows, err := file.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
