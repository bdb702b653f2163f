package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// rival is a server that sends one page: klartext, a bare Fiber handler, nginx.
type rival struct {
	name    string
	address string
	pids    []int
}

// page is what all rivals send: the same bytes with the same headers.
type page struct {
	path   string
	header http.Header
	body   []byte
}

const acceptAll = "Accept-Encoding: gzip, deflate, br, zstd\r\n"

func request(path, host string) string {
	return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" +
		"Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de,en;q=0.7\r\n" + acceptAll + "\r\n"
}

// readPage asks for a page in the encoding that browsers take.
func readPage(ctx context.Context, address, path string) (page, error) {
	c, err := dial(ctx, address)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = c.Close() }()
	if _, err := io.WriteString(c, request(path, address)); err != nil {
		return page{}, fmt.Errorf("ask for %s: %w", path, err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return page{}, fmt.Errorf("read %s: %w", path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return page{}, fmt.Errorf("read %s: %s, %w", path, res.Status, err)
	}
	return page{path, res.Header, body}, nil
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", address, err)
	}
	return c, nil
}

func freeAddress(ctx context.Context) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String(), nil
}

// serveBare is the least that Fiber can do to send the bytes; it runs in a process of its own.
func serveBare(address, folder string) error {
	head, err := os.Open(filepath.Join(folder, "head"))
	if err != nil {
		return fmt.Errorf("read the headers: %w", err)
	}
	defer func() { _ = head.Close() }()
	body, err := os.ReadFile(filepath.Join(folder, "page"))
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	var path string
	var lines [][2]string
	for scan := bufio.NewScanner(head); scan.Scan(); {
		name, value, _ := strings.Cut(scan.Text(), ": ")
		if name == "" {
			path = value
			continue
		}
		lines = append(lines, [2]string{name, value})
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, StrictRouting: true, CaseSensitive: true})
	app.Get(path, func(c *fiber.Ctx) error {
		for _, line := range lines {
			c.Set(line[0], line[1])
		}
		c.Context().SetBody(body)
		return nil
	})
	return app.Listen(address)
}

// write leaves the page where the rivals find it.
func (p page) write(folder string) error {
	var head strings.Builder
	head.WriteString(": " + p.path + "\n")
	for name, values := range p.header {
		if name != "Date" && name != "Content-Length" && name != "Server" {
			head.WriteString(name + ": " + values[0] + "\n")
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "head"), []byte(head.String()), 0o600); err != nil {
		return fmt.Errorf("keep the headers: %w", err)
	}
	return os.WriteFile(filepath.Join(folder, "page"), p.body, 0o644) // nginx reads it under another account
}

// startBare runs this program again as the bare handler.
func startBare(ctx context.Context, folder string) (rival, func(), error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return rival{}, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return rival{}, nil, fmt.Errorf("find this program: %w", err)
	}
	return startRival(ctx, "bare Fiber", address, exec.CommandContext(ctx, self, "-bare", address, "-folder", folder))
}

// startNginx serves the compressed file as a static file, with the same headers.
func startNginx(ctx context.Context, folder string, p page) (rival, func(), error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return rival{}, nil, err
	}
	var headers strings.Builder
	for name, values := range p.header {
		switch name {
		case "Date", "Content-Length", "Server", "Content-Type", "Etag":
		default:
			fmt.Fprintf(&headers, "add_header %s %q;\n", name, values[0])
		}
	}
	config := fmt.Sprintf(`daemon off; master_process on; worker_processes auto; pid %[1]s/nginx.pid; error_log %[1]s/error.log;
events { worker_connections 512; }
http { access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=100 inactive=1h; open_file_cache_valid 1h;
client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
server { listen %[2]s; location = %[3]s { alias %[1]s/page; default_type "text/html; charset=utf-8"; %[4]s } } }`, folder, address, p.path, headers.String())
	file := filepath.Join(folder, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return rival{}, nil, fmt.Errorf("write the nginx configuration: %w", err)
	}
	return startRival(ctx, "nginx", address, exec.CommandContext(ctx, "nginx", "-c", file, "-p", folder))
}

func startRival(ctx context.Context, name, address string, cmd *exec.Cmd) (rival, func(), error) {
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return rival{}, nil, fmt.Errorf("start %s: %w", name, err)
	}
	stop := func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	for begin := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		c, err := dial(ctx, address)
		if err == nil {
			_ = c.Close()
			break
		}
		if time.Since(begin) > 20*time.Second {
			stop()
			return rival{}, nil, fmt.Errorf("%s does not listen: %w", name, err)
		}
	}
	time.Sleep(200 * time.Millisecond) // nginx starts its workers
	return rival{name, address, family(cmd.Process.Pid)}, stop, nil
}
