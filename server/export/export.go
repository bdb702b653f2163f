// Package export writes the public site into a folder, for any web server or CDN:
// the bytes that the server would send, beside them compressed ones, redirects and
// pages for what is not there. It knows the site by its addresses only.
package export

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Answer is what stands at an address.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Site is what is written.
type Site struct {
	// Fetch asks for an address; it is called by several at once.
	Fetch func(path string) Answer
	// Packed compresses, by the end of the file's name.
	Packed func(body []byte) (map[string][]byte, error)
	// Addresses are all that can be named in advance; links lead to the rest.
	Addresses []string
	// Missing are addresses at which there is nothing, by the folder whose page for that they give; "" is the root.
	Missing map[string]string
	Moves   []Move
	BaseURL string
	// Lasting tells of addresses that carry the hash of a picture that costs time to draw. What an earlier
	// build wrote for one is not made again; its headers are those of the pages beside it. It may be nil.
	Lasting func(path string) bool
	// Apart are addresses that no copy has, by their beginning.
	Apart []string
}

// Move is an address that leads to another for ever, with all that is below it.
type Move struct{ From, To string }

// Result says what a build did.
type Result struct {
	Files, Written, Removed int
	// Broken are links that lead nowhere, and the pages they stand on.
	Broken []Broken
}

// Broken is a link that leads nowhere.
type Broken struct{ From, To string }

// Build brings a folder to what the site is now. It writes only what changed, removes what
// is gone, and touches no file that an earlier build did not make.
func Build(ctx context.Context, dir string, site Site) (Result, error) {
	folder, err := open(dir)
	if err != nil {
		return Result{}, err
	}
	b := &build{Site: site, folder: folder, seen: map[string]bool{}, headers: map[string]http.Header{}}
	err = b.run(ctx)
	if closed := folder.close(err == nil); err == nil {
		err = closed
	}
	slices.SortFunc(b.result.Broken, func(a, b Broken) int { return strings.Compare(a.From+" "+a.To, b.From+" "+b.To) })
	b.result.Files, b.result.Written, b.result.Removed = len(folder.now), folder.written, folder.removed
	return b.result, err
}

type build struct {
	Site
	folder *folder
	result Result

	mu      sync.Mutex
	seen    map[string]bool
	next    []link
	headers map[string]http.Header // by address, for the file of headers
	moved   []Move                 // redirects that links led to
	failed  error
}

type link struct{ from, to string }

func (b *build) run(ctx context.Context) error {
	for _, address := range b.Addresses {
		b.follow("", address)
	}
	for len(b.next) > 0 {
		wave := b.next
		b.next = nil
		if err := b.wave(ctx, wave); err != nil {
			return err
		}
	}
	if err := b.notFound(); err != nil {
		return err
	}
	return b.rules()
}

// wave writes some pages and finds what they lead to.
func (b *build) wave(ctx context.Context, links []link) error {
	work := make(chan link)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for l := range work {
				if err := b.page(l); err != nil {
					b.fail(err)
				}
			}
		})
	}
	for _, l := range links {
		if ctx.Err() != nil || b.stopped() {
			break
		}
		work <- l
	}
	close(work)
	group.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("the build was stopped; run it again to finish: %w", err)
	}
	return b.failed
}

func (b *build) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed == nil {
		b.failed = err
	}
}

func (b *build) stopped() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed != nil
}

func (b *build) page(l link) error {
	if b.Lasting != nil && b.Lasting(l.to) && b.folder.keep(fileOf(l.to, false)) {
		return nil
	}
	answer := b.Fetch(l.to)
	switch {
	case answer.Status == http.StatusOK || answer.Status == http.StatusGone:
		return b.write(l.to, answer)
	case answer.Status >= 300 && answer.Status < 400:
		return b.redirect(l, answer.Header.Get("Location"))
	case answer.Status >= 500:
		return fmt.Errorf("%s cannot be made: status %d", l.to, answer.Status)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.result.Broken = append(b.result.Broken, Broken{l.from, l.to})
	return nil
}

func (b *build) write(address string, answer Answer) error {
	html := strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
	if html {
		for _, to := range links(answer.Body, address, b.BaseURL) {
			b.follow(address, to)
		}
	}
	b.mu.Lock()
	b.headers[address] = answer.Header
	b.mu.Unlock()
	pack := b.Packed
	if isPacked(answer.Header.Get("Content-Type")) {
		pack = nil
	}
	return b.folder.put(fileOf(address, html), answer.Body, pack)
}

// isPacked is whether a kind of file is compressed by itself: once more makes it longer.
func isPacked(kind string) bool {
	return strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "image/svg") || strings.HasPrefix(kind, "font/")
}

// redirect writes a page that leads on, for servers that read no file of redirects.
func (b *build) redirect(l link, to string) error {
	b.follow(l.to, to)
	b.mu.Lock()
	b.moved = append(b.moved, Move{l.to, to})
	b.mu.Unlock()
	return b.folder.put(fileOf(l.to, true), leadOn(b.BaseURL, to), b.Packed)
}

// follow notes an address to be written, once.
func (b *build) follow(from, to string) {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || path.Clean(to) != strings.TrimSuffix(to, "/") && to != "/" {
		return
	}
	for _, apart := range b.Apart {
		if to == apart || strings.HasPrefix(to, apart+"/") {
			return
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.seen[to] {
		b.seen[to] = true
		b.next = append(b.next, link{from, to})
	}
}

// notFound writes 404.html where web servers look for it.
func (b *build) notFound() error {
	for folder, address := range b.Missing {
		answer := b.Fetch(address)
		if answer.Status != http.StatusNotFound {
			return fmt.Errorf("%s should not be there: status %d", address, answer.Status)
		}
		if err := b.folder.put(path.Join(folder, "404.html"), answer.Body, b.Packed); err != nil {
			return err
		}
	}
	return nil
}

// fileOf is where a web server looks for an address. A page gets a folder of its own,
// which every server knows how to serve; other files end with what they are.
func fileOf(address string, html bool) string {
	name := strings.Trim(address, "/")
	if html && path.Ext(name) != ".html" {
		return path.Join(name, "index.html")
	}
	return name
}
