package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// readers measures what readers meet, at a small site and a large one, against
// nginx and a bare Fiber handler that send the same bytes.
func readers(ctx context.Context, p *process, sizes []int) ([]figure, error) {
	var figures []figure
	for _, entries := range sizes {
		site := &process{dir: filepath.Join(p.dir, fmt.Sprint("site-", entries)), bin: p.bin}
		if err := os.MkdirAll(site.dir, 0o755); err != nil { // nginx reads it under another account
			return nil, fmt.Errorf("make a folder: %w", err)
		}
		got, err := readersOf(ctx, site, entries)
		if err != nil {
			return nil, fmt.Errorf("a site of %d entries: %w", entries, err)
		}
		figures = append(figures, got...)
	}
	return figures, nil
}

func readersOf(ctx context.Context, p *process, entries int) ([]figure, error) {
	name := fmt.Sprintf("%d entries, 2 languages, 5 versions: ", entries)
	history := filepath.Join(p.dir, "history.jsonl")
	if err := writeHistory(history, entries, 5); err != nil {
		return nil, err
	}
	if out, err := p.command(ctx, "import", "--format", "history", history); err != nil {
		return nil, fmt.Errorf("import: %w: %s", err, out)
	}
	if err := p.login(ctx); err != nil {
		return nil, err
	}
	var times []time.Duration
	for range 3 {
		took, err := p.start(ctx)
		if err != nil {
			return nil, err
		}
		times = append(times, took)
		if err := p.stop(); err != nil {
			return nil, err
		}
	}
	if _, err := p.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = p.stop() }()
	if err := p.openSite(ctx); err != nil {
		return nil, err
	}
	began := time.Now()
	rest, most, err := p.memory(ctx)
	if err != nil {
		return nil, err
	}
	figures := []figure{
		{name + "start to first page (median of 3)", seconds(median(times)), "under 1.5 s"},
		{name + "memory at rest (VmRSS)", fmt.Sprintf("%d MB", rest>>10), "under 400 MB"},
		{name + "the most while pages are made ahead (VmHWM)", fmt.Sprintf("%d MB, %s after the start it was done", most>>10, time.Since(began).Round(time.Second)), ""},
	}
	costs, err := p.costs(ctx, name)
	if err != nil {
		return nil, err
	}
	edits, err := p.whileEditing(ctx, name, entries)
	return append(append(figures, costs...), edits...), err
}

// costs compares the processor time of a request.
func (p *process) costs(ctx context.Context, name string) ([]figure, error) {
	const path = "/de/faq/entry-3"
	address := p.base[len("http://"):]
	shown, err := readPage(ctx, address, path)
	if err != nil {
		return nil, err
	}
	if err := shown.write(p.dir); err != nil {
		return nil, err
	}
	bare, stopBare, err := startBare(ctx, p.dir)
	if err != nil {
		return nil, err
	}
	defer stopBare()
	static, stopStatic, err := startNginx(ctx, p.dir, shown)
	if err != nil {
		return nil, err
	}
	defer stopStatic()
	for _, r := range []rival{bare, static} {
		if other, err := readPage(ctx, r.address, path); err != nil || string(other.body) != string(shown.body) {
			return nil, fmt.Errorf("%s sends other bytes: %w", r.name, err)
		}
	}
	own := rival{"klartext", address, family(p.cmd.Process.Pid)}
	used, err := perRequest(ctx, []rival{bare, own, static}, path, 60, 2000)
	if err != nil {
		return nil, err
	}
	micro := func(d time.Duration) string { return fmt.Sprintf("%.1f µs", float64(d.Nanoseconds())/1000) }
	return []figure{
		{
			name + "CPU time of an entry page against bare Fiber",
			fmt.Sprintf("%.2f times (%s, %s)", float64(used["klartext"])/float64(used["bare Fiber"]), micro(used["klartext"]), micro(used["bare Fiber"])), "at most 1.15 times",
		},
		{
			name + "CPU time of an entry page against nginx",
			fmt.Sprintf("%.2f times (%s, %s)", float64(used["klartext"])/float64(used["nginx"]), micro(used["klartext"]), micro(used["nginx"])), "at most 1.4 times",
		},
	}, nil
}

// whileEditing reads at a steady rate, in turns with and without somebody who publishes every second.
func (p *process) whileEditing(ctx context.Context, name string, entries int) ([]figure, error) {
	const rate, turn = 300, 5 * time.Second
	address := p.base[len("http://"):]
	var paths []string
	for i := range 200 {
		paths = append(paths, fmt.Sprintf("/de/faq/entry-%d", i*7%entries))
	}
	_, list, err := p.saveMany(ctx, 1, 1)
	if err != nil {
		return nil, err
	}
	var idle, busy, visible []time.Duration
	for round := range 4 {
		got, err := steady(ctx, address, paths, rate, turn)
		if err != nil {
			return nil, err
		}
		idle = append(idle, got...)
		done := make(chan error, 1)
		go func() {
			published, err := p.publishEvery(ctx, list, fmt.Sprint("round-", round), time.Second, turn)
			visible = append(visible, published...)
			done <- err
		}()
		if got, err = steady(ctx, address, paths, rate, turn); err != nil {
			return nil, err
		}
		if err := <-done; err != nil {
			return nil, err
		}
		busy = append(busy, got...)
	}
	quiet, loud := percentile(idle, 99), percentile(busy, 99)
	return []figure{
		{name + "p99 of a page, nobody publishes", seconds(quiet), ""},
		{name + "p99 of a page, somebody publishes every second", fmt.Sprintf("%s, %.1f times", seconds(loud), float64(loud)/float64(quiet)), "at most 2 times"},
		{name + fmt.Sprintf("publish of one entry until the public page shows it (median of %d)", len(visible)), seconds(median(visible)), "under 100 ms"},
	}, nil
}
