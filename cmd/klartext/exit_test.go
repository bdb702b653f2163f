package main

import (
	"strings"
	"testing"
)

// Done is 0, a failure 1, wrong usage 2: scripts hold on to that.
func TestExitCodes(t *testing.T) {
	t.Setenv("KLARTEXT_DATA", t.TempDir())
	for _, test := range []struct {
		args string
		want int
	}{
		{"version", exitDone},
		{"", exitDone},
		{"help user", exitDone},
		{"user list", exitDone},
		{"import nothing.jsonl", exitFailed},
		{"user reset nobody@example.org", exitFailed},
		{"token revoke nothing", exitFailed},
		{"channel test nothing", exitFailed},
		{"nonsense", exitUsage},
		{"import", exitUsage},
		{"import --format archive x", exitUsage},
		{"check nothing.md", exitFailed},
		{"check", exitUsage},
		{"build", exitUsage},
		{"build cmd_does_not_exist/a/b --data /dev/null/x", exitFailed},
		{"check --format xml x.md", exitUsage},
		{"check --min-score=-1 x.md", exitUsage},
		{"user add a@example.org --name A", exitUsage},
		{"user add a@example.org --name A --role boss", exitUsage},
		{"user add a@example.org --name A --role author --password-stdin", exitUsage},
		{"token add t --user a@example.org --expires=-1h", exitUsage},
		{"version --listen nowhere", exitUsage},
		{"version --listen 127.0.0.1:99999", exitUsage},
		{"version --listen 127.0.0.1:http!", exitUsage},
		{"version --database-url mysql://x", exitUsage},
	} {
		var out, errs strings.Builder
		if got := run(t.Context(), strings.Fields(test.args), strings.NewReader(""), &out, &errs); got != test.want {
			t.Errorf("klartext %s = %d, want %d\n%s%s", test.args, got, test.want, out.String(), errs.String())
		}
		if test.want != exitDone && errs.Len() == 0 {
			t.Errorf("klartext %s ends with %d and says nothing", test.args, test.want)
		}
	}
}
