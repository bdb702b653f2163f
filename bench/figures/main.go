// Command figures measures a real klartext process from outside, with real
// histories imported, and prints a table for docs/figures.md. It knows only the
// command line, the API and the public addresses.
//
//	go run ./bench/figures -data ../shared/data
//	go run ./bench/figures -readers 10,10000
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	data := flag.String("data", "../shared/data", "folder with histories/cwa-faq.jsonl and histories/github-site-policy.jsonl")
	runs := flag.Int("runs", 5, "how often each start is measured")
	sizes := flag.String("readers", "", "measure what readers meet instead, on made-up sites of so many entries (10,10000), against nginx and bare Fiber")
	bare := flag.String("bare", "", "be the bare Fiber handler at this address; this program starts itself so")
	folder := flag.String("folder", "", "where the bare handler finds its page")
	flag.Parse()
	if *bare != "" {
		if err := serveBare(*bare, *folder); err != nil {
			fmt.Fprintln(os.Stderr, "figures:", err)
			os.Exit(1)
		}
		return
	}
	if err := measure(context.Background(), *data, *sizes, *runs); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

// figure is one measured line of the table.
type figure struct {
	what  string
	value string
	goal  string
}

func measure(ctx context.Context, data, sizes string, runs int) error {
	dir, err := os.MkdirTemp("", "klartext-figures")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	p := &process{dir: dir, bin: filepath.Join(dir, "klartext")}
	if err := p.build(ctx); err != nil {
		return err
	}
	var figures []figure
	if sizes != "" {
		if err := os.Chmod(dir, 0o755); err != nil { // nginx reads its page under another account
			return fmt.Errorf("open the folder: %w", err)
		}
		if figures, err = readers(ctx, p, numbers(sizes)); err != nil {
			return err
		}
		return show(figures)
	}
	for _, step := range []func(context.Context, *process, string, int) ([]figure, error){imports, starts, edits} {
		got, err := step(ctx, p, data, runs)
		if err != nil {
			return err
		}
		figures = append(figures, got...)
	}
	return show(figures)
}

func numbers(list string) []int {
	var found []int
	for word := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(word); err == nil && n > 0 {
			found = append(found, n)
		}
	}
	return found
}

func show(figures []figure) error {
	fmt.Println("| what | measured | wanted |\n|---|---|---|")
	for _, f := range figures {
		fmt.Printf("| %s | %s | %s |\n", f.what, f.value, f.goal)
	}
	return nil
}

func imports(ctx context.Context, p *process, data string, _ int) ([]figure, error) {
	var figures []figure
	for _, file := range []string{"cwa-faq.jsonl", "github-site-policy.jsonl"} {
		for _, name := range []string{"first import", "second import, nothing new"} {
			start := time.Now()
			if out, err := p.command(ctx, "import", "--format", "history", filepath.Join(data, "histories", file)); err != nil {
				return nil, fmt.Errorf("%s of %s: %w: %s", name, file, err, out)
			}
			figures = append(figures, figure{file + ", " + name, seconds(time.Since(start)), "under 10 s"})
		}
	}
	return figures, nil
}

// starts measures the time from the start of the process to the last byte of a page.
func starts(ctx context.Context, p *process, _ string, runs int) ([]figure, error) {
	var times []time.Duration
	for range runs {
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
	rss, _, err := p.memory(ctx)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"start to first page served, both imports there (median)", seconds(median(times)), "under 300 ms"},
		{"memory at rest, both imports there (VmRSS)", fmt.Sprintf("%d MB", rss>>10), "under 80 MB"},
	}, nil
}

func edits(ctx context.Context, p *process, _ string, _ int) ([]figure, error) {
	defer func() { _ = p.stop() }()
	if err := p.login(ctx); err != nil {
		return nil, err
	}
	if err := p.openSite(ctx); err != nil {
		return nil, err
	}
	saves, entries, err := p.saveMany(ctx, 20, 10)
	if err != nil {
		return nil, err
	}
	publishes, err := p.publishMany(ctx, entries, 10)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"save of a revision over the API (median of " + fmt.Sprint(len(saves)) + ")", seconds(median(saves)), "under 10 ms"},
		{"publish of 20 versions until the public page shows it (median of " + fmt.Sprint(len(publishes)) + ")", seconds(median(publishes)), "under 100 ms"},
	}, nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}
