package publishertest

import (
	"flag"
	"os"
	"testing"
)

// together is how many tests of a contract run at a time: they wait for silences far more than they compute.
const together = "8"

// Main runs the tests of a driver's package, several at a time unless the command line says how many.
func Main(m *testing.M) {
	flag.Parse()
	chosen := false
	flag.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "test.parallel" })
	if !chosen {
		_ = flag.Set("test.parallel", together) // the testing package defines it
	}
	os.Exit(m.Run())
}
