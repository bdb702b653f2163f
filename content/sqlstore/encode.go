package sqlstore

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// ms is a time as it is stored: milliseconds in UTC, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at is a stored time.
func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func encode(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("sqlstore: values of the domain always encode: %v", err))
	}
	return string(raw)
}

// encodeHTML leaves < and > as they are: as \u003c every tag would take ten bytes more, and a third longer to read.
func encodeHTML(value any) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("sqlstore: values of the domain always encode: %v", err))
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// decode reads stored JSON; "" leaves the value as it is.
func decode(raw string, into any, what, id string) error {
	if raw == "" {
		return nil
	}
	if err := json.Unmarshal(bytesOf(raw), into); err != nil {
		return fmt.Errorf("decode %s of %s: %w", what, id, err)
	}
	return nil
}

func optional(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
