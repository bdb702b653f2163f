package api

import (
	"encoding/json"
	"fmt"

	"klartext/server/api/schema"
)

// clearable is a text that a PATCH may leave out, set, or take away with null.
type clearable struct {
	given bool
	value string
}

// UnmarshalJSON is called for null as well, unlike with a pointer.
func (o *clearable) UnmarshalJSON(raw []byte) error {
	o.given = true
	if err := json.Unmarshal(raw, &o.value); err != nil {
		return fmt.Errorf("read a text or null: %w", err)
	}
	return nil
}

// JSONSchema describes what UnmarshalJSON takes.
func (clearable) JSONSchema() *schema.Schema {
	return &schema.Schema{Type: schema.Types{"string", "null"}}
}
