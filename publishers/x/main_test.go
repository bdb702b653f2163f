package x_test

import (
	"testing"

	"klartext/publishers/publishertest"
)

func TestMain(m *testing.M) { publishertest.Main(m) }
