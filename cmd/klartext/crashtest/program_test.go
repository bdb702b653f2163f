package crashtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// program is the built binary with an installation of its own.
type program struct {
	t       *testing.T
	binary  string
	args    []string
	base    string
	token   string
	process *exec.Cmd
	ended   chan struct{}
	log     *logs
}

// logs keeps the end of what the program wrote.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.b.Len() > 1<<20 {
		l.b.Reset()
	}
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "klartext")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "klartext/cmd/klartext").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

func install(t *testing.T, binary, database, x string) *program {
	t.Helper()
	p := &program{t: t, binary: binary, base: "http://" + freeAddress(t), log: &logs{}}
	p.args = []string{
		"--data", t.TempDir(), "--database-url", database, "--listen", strings.TrimPrefix(p.base, "http://"), "--allow-private-network", "--x-api-url", x,
		"--delivery-speed", "0.002", "--delivery-call", "1s", "--delivery-lease", "3s", "--log", "warn",
	}
	p.command("user", "add", "mila@example.org", "--name", "Mila", "--role", "admin")
	said := strings.Fields(p.command("token", "add", "crash", "--user", "mila@example.org"))
	p.token = said[len(said)-1]
	t.Cleanup(p.kill)
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func (p *program) command(args ...string) string {
	p.t.Helper()
	out, err := exec.CommandContext(p.t.Context(), p.binary, append(args, p.args...)...).Output()
	if err != nil {
		p.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// start starts the server and waits until it answers.
func (p *program) start() {
	p.t.Helper()
	p.process = exec.Command(p.binary, append([]string{"serve"}, p.args...)...)
	p.process.Stdout, p.process.Stderr = p.log, p.log
	p.process.Env = os.Environ()
	if err := p.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	process, ended := p.process, make(chan struct{})
	p.ended = ended
	go func() {
		_ = process.Wait()
		close(ended)
	}()
	p.await("the server answers", func() bool {
		select {
		case <-ended:
			p.t.Fatalf("the server ended\n%s", p.log)
		default:
		}
		status, _ := p.call(http.MethodGet, "/readyz", nil)
		return status == http.StatusOK
	})
}

// kill ends the server as kill -9 does.
func (p *program) kill() {
	if p.process != nil {
		_ = p.process.Process.Kill()
		<-p.ended
		p.process = nil
	}
}

// await asks until the answer is yes.
func (p *program) await(what string, is func() bool) {
	p.t.Helper()
	deadline := time.Now().Add(90 * time.Second)
	for !is() {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited in vain until %s\n%s", what, p.log)
		}
		time.Sleep(5 * time.Millisecond) // between two questions to another process
	}
}

// call asks the API; status 0 is no answer.
func (p *program) call(method, path string, body any) (status int, answer []byte) {
	raw, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, bytes.NewReader(raw))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil
	}
	return resp.StatusCode, answer
}

type object = map[string]any

// must is a call that the test needs.
func (p *program) must(method, path string, body any) object {
	p.t.Helper()
	status, raw := p.call(method, path, body)
	if status < 200 || status > 299 {
		p.t.Fatalf("%s %s: %d %s\n%s", method, path, status, raw, p.log)
	}
	var answer object
	if err := json.Unmarshal(raw, &answer); err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

func text(o object, key string) string { return fmt.Sprint(o[key]) }
