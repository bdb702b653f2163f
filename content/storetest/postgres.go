package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"klartext/content/sqlstore"
)

// cluster is a PostgreSQL server of this test process alone, on a socket in a temporary folder.
type cluster struct {
	dir  string
	bin  string
	cmd  *exec.Cmd
	gone chan struct{} // closed when the server ended
	next atomic.Int64
	err  error
}

var startCluster = sync.OnceValue(func() *cluster {
	c := &cluster{}
	c.err = c.start()
	return c
})

var started atomic.Bool

// Main runs the tests of a package and stops the database server that they may have started.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop stops the database server that tests may have started, and removes its folder.
func Stop() {
	if started.Load() {
		startCluster().stop()
	}
}

// errNoPostgres says that the machine has no PostgreSQL server.
var errNoPostgres = errors.New("no PostgreSQL server is installed (Debian: apt-get install postgresql)")

func serverFolder() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return "", errNoPostgres
		}
		found = []string{path}
	}
	return filepath.Dir(slices.Max(found)), nil
}

func (c *cluster) start() (err error) {
	started.Store(true)
	if c.bin, err = serverFolder(); err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "klartext-pg"); err != nil {
		return fmt.Errorf("make a folder for the server: %w", err)
	}
	attr, err := c.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.CommandContext(context.Background(), filepath.Join(c.bin, "initdb"),
		"-D", data, "-A", "trust", "-U", "klartext", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = c.dir, attr
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return c.serve(data, attr)
}

// unprivileged answers how to start the server as somebody other than root, which it refuses to be.
func (c *cluster) unprivileged() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return attr, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, fmt.Errorf("find a user to run the server: %w", err)
		}
	}
	uid, errUID := strconv.ParseUint(who.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(who.Gid, 10, 32)
	if err := errors.Join(errUID, errGID, os.Chown(c.dir, int(uid), int(gid))); err != nil {
		return nil, fmt.Errorf("give the folder to %s: %w", who.Username, err)
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, nil
}

func (c *cluster) serve(data string, attr *syscall.SysProcAttr) error {
	c.cmd = exec.CommandContext(context.Background(), filepath.Join(c.bin, "postgres"),
		// What guards against a power loss is of no use here: the folder does not outlive the tests.
		"-D", data, "-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off",
		"-h", "", "-k", c.dir, "-c", "max_connections=200", "-c", "log_min_messages=fatal")
	c.cmd.Dir, c.cmd.SysProcAttr = c.dir, attr
	c.gone = make(chan struct{})
	up := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // Pdeathsig fires when the starting thread ends, so it must last
		err := c.cmd.Start()
		up <- err
		if err == nil {
			_ = c.cmd.Wait()
			close(c.gone)
		}
	}()
	if err := <-up; err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	return c.await()
}

func (c *cluster) await() error {
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return fmt.Errorf("open the server: %w", err)
	}
	defer func() { _ = db.Close() }()
	deadline := time.Now().Add(30 * time.Second)
	for err = db.PingContext(context.Background()); err != nil; err = db.PingContext(context.Background()) {
		if time.Now().After(deadline) {
			return fmt.Errorf("the server does not answer: %w", err)
		}
		time.Sleep(5 * time.Millisecond) // between two questions to another process
	}
	if _, err := db.ExecContext(context.Background(), "CREATE DATABASE template"); err != nil {
		return fmt.Errorf("create the template: %w", err)
	}
	store, err := sqlstore.Open(context.Background(), c.url("template"))
	if err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	return store.Close()
}

func (c *cluster) url(name string) string {
	return "postgres://klartext@/" + name + "?host=" + url.QueryEscape(c.dir) + "&sslmode=disable"
}

func (c *cluster) stop() {
	if c.cmd != nil && c.cmd.Process != nil {
		_ = c.cmd.Process.Signal(syscall.SIGQUIT)
		<-c.gone
	}
	if c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
}

// fresh answers the address of a new database: empty, or a migrated copy of the template.
func (c *cluster) fresh(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("test%d", c.next.Add(1))
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatalf("create database: %v", err)
	}
	return c.url(name)
}
