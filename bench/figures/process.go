package main

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
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a klartext with a data folder of its own.
type process struct {
	dir   string
	bin   string
	cmd   *exec.Cmd
	base  string
	token string
}

func (p *process) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", p.bin, "./cmd/klartext")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build klartext: %w: %s", err, out)
	}
	return nil
}

func (p *process) prepare(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.bin, args...)
	cmd.Env = []string{"KLARTEXT_DATA=" + filepath.Join(p.dir, "data"), "PATH=" + os.Getenv("PATH")}
	return cmd
}

func (p *process) command(ctx context.Context, args ...string) (string, error) {
	out, err := p.prepare(ctx, args...).CombinedOutput()
	return string(out), err
}

// start serves and waits for the first page with an entry on it.
func (p *process) start(ctx context.Context) (time.Duration, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	p.base = "http://" + address
	p.cmd = p.prepare(ctx, "serve", "--listen", address, "--log", "error")
	p.cmd.Stderr = os.Stderr
	begin := time.Now()
	if err := p.cmd.Start(); err != nil {
		return 0, fmt.Errorf("start klartext: %w", err)
	}
	for {
		body, err := get(ctx, p.base+"/en/")
		if err == nil && strings.Contains(body, "/en/faq/") {
			return time.Since(begin), nil
		}
		if time.Since(begin) > time.Minute {
			return 0, fmt.Errorf("no page within a minute: %w", err)
		}
		time.Sleep(time.Millisecond)
	}
}

func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop klartext: %w", err)
	}
	return p.cmd.Wait()
}

// memory is the resident memory at rest and the most that it ever was, in kB. It
// waits until the pages are made: until hardly any processor time is used for three seconds.
func (p *process) memory(ctx context.Context) (rest, most int, err error) {
	for calm := 0; calm < 3 && ctx.Err() == nil; calm++ {
		before, err := cpu(family(p.cmd.Process.Pid))
		if err != nil {
			return 0, 0, err
		}
		time.Sleep(time.Second)
		after, err := cpu(family(p.cmd.Process.Pid))
		if err != nil {
			return 0, 0, err
		}
		if after-before > 30*time.Millisecond {
			calm = -1
		}
	}
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, fmt.Errorf("read the memory: %w", err)
	}
	for name, into := range map[string]*int{"VmRSS:": &rest, "VmHWM:": &most} {
		_, after, _ := strings.Cut(string(raw), name)
		if *into, err = strconv.Atoi(strings.Fields(after)[0]); err != nil {
			return 0, 0, fmt.Errorf("read the memory: %w", err)
		}
	}
	return rest, most, ctx.Err()
}

// login makes an admin on a site that needs no approvals, and a token.
func (p *process) login(ctx context.Context) error {
	if out, err := p.command(ctx, "user", "add", "bench@example.org", "--name", "Bench", "--role", "admin"); err != nil {
		return fmt.Errorf("add a user: %w: %s", err, out)
	}
	cmd := p.prepare(ctx, "token", "add", "bench", "--user", "bench@example.org")
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("add a token: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	p.token = lines[len(lines)-1]
	return nil
}

// openSite lets one person publish alone.
func (p *process) openSite(ctx context.Context) error {
	return p.call(ctx, http.MethodPatch, "/api/v1/settings", map[string]any{"approvals_required": 0}, nil)
}

func (p *process) call(ctx context.Context, method, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", method, path, res.Status, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

func get(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", fmt.Errorf("ask: %w", err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", url, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}
