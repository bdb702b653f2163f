package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Whoever gets the program must be told whose work is in it.
func TestNoticeNamesEveryLibrary(t *testing.T) {
	notice, err := os.ReadFile("../../NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".").Output()
	if err != nil {
		t.Fatalf("list the modules: %v", err)
	}
	for module := range strings.FieldsSeq(string(out)) {
		if module != "klartext" && !strings.Contains(string(notice), "  "+module+" (") {
			t.Errorf("NOTICE does not name %s", module)
		}
	}
}
