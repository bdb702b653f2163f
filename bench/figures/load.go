package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// family is a process and its children.
func family(pid int) []int {
	pids := []int{pid}
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "task", strconv.Itoa(pid), "children"))
	if err != nil {
		return pids
	}
	for child := range strings.FieldsSeq(string(raw)) {
		if n, err := strconv.Atoi(child); err == nil {
			pids = append(pids, family(n)...)
		}
	}
	return pids
}

// cpu is the processor time of processes, user and system: in nanoseconds where
// the kernel keeps that for each thread.
func cpu(pids []int) (time.Duration, error) {
	var sum time.Duration
	for _, pid := range pids {
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
		if err != nil {
			return 0, fmt.Errorf("list the threads of %d: %w", pid, err)
		}
		for _, task := range tasks {
			raw, err := os.ReadFile(task)
			if err != nil {
				continue // the thread has just ended
			}
			if fields := strings.Fields(string(raw)); len(fields) > 0 {
				n, _ := strconv.ParseInt(fields[0], 10, 64)
				sum += time.Duration(n)
			}
		}
	}
	return sum, nil
}

// client is one connection that asks for one page again and again.
type client struct {
	net.Conn
	read   *bufio.Reader
	ask    string
	length int
}

func connect(ctx context.Context, address, path string) (*client, error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	c := &client{Conn: conn, read: bufio.NewReaderSize(conn, 256<<10), ask: request(path, address)}
	return c, c.once()
}

// once asks and learns how long the answer is.
func (c *client) once() error {
	if _, err := io.WriteString(c, c.ask); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	length := 0
	for c.length = 0; ; {
		line, err := c.read.ReadString('\n')
		if err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
		c.length += len(line)
		if name, value, _ := strings.Cut(strings.TrimSpace(line), ": "); strings.EqualFold(name, "Content-Length") {
			length, _ = strconv.Atoi(value)
		}
		if line == "\r\n" {
			break
		}
	}
	c.length += length
	_, err := c.read.Discard(length)
	return err
}

func (c *client) again() error {
	if _, err := io.WriteString(c, c.ask); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	_, err := c.read.Discard(c.length)
	return err
}

// perRequest measures the processor time of a request at each rival; they take
// turns, so that what else the machine does hits all alike.
func perRequest(ctx context.Context, rivals []rival, path string, rounds, turn int) (map[string]time.Duration, error) {
	turns := map[string][]time.Duration{}
	clients := map[string][]*client{}
	for _, r := range rivals {
		for range 8 {
			c, err := connect(ctx, r.address, path)
			if err != nil {
				return nil, err
			}
			clients[r.name] = append(clients[r.name], c)
		}
	}
	for round := range rounds + 1 {
		for _, r := range rivals {
			before, err := cpu(r.pids)
			if err != nil {
				return nil, err
			}
			if err := all(clients[r.name], turn); err != nil {
				return nil, fmt.Errorf("%s: %w", r.name, err)
			}
			after, err := cpu(r.pids)
			if err != nil {
				return nil, err
			}
			if round > 0 { // the first round warms up
				turns[r.name] = append(turns[r.name], (after-before)/time.Duration(turn))
			}
		}
	}
	used := map[string]time.Duration{}
	for name, costs := range turns {
		used[name] = median(costs) // of what others do on the machine, a sum would count all
	}
	return used, nil
}

func all(clients []*client, requests int) error {
	var group sync.WaitGroup
	failed := make(chan error, len(clients))
	for _, c := range clients {
		group.Go(func() {
			for range requests / len(clients) {
				if err := c.again(); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// steady asks for pages at a steady rate for a while and gives how long each
// took, counted from when it should have been asked for.
func steady(ctx context.Context, address string, paths []string, perSecond int, length time.Duration) ([]time.Duration, error) {
	const lanes = 16
	var mu sync.Mutex
	var times []time.Duration
	var group sync.WaitGroup
	failed := make(chan error, lanes)
	begin := time.Now().Add(50 * time.Millisecond)
	for lane := range lanes {
		group.Go(func() {
			c, err := connect(ctx, address, paths[lane%len(paths)])
			if err != nil {
				failed <- err
				return
			}
			defer func() { _ = c.Close() }()
			for i := lane; ; i += lanes {
				due := begin.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
				if due.Sub(begin) > length {
					return
				}
				time.Sleep(time.Until(due))
				c.ask = request(paths[i%len(paths)], address)
				if err := c.once(); err != nil {
					failed <- err
					return
				}
				took := time.Since(due)
				mu.Lock()
				times = append(times, took)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return nil, err
	default:
		return times, nil
	}
}

func percentile(times []time.Duration, percent int) time.Duration {
	slices.Sort(times)
	return times[len(times)*percent/100]
}
