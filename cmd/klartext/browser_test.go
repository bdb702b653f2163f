package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// running is a klartext that serves on a folder of its own, started as main starts it.
type running struct {
	t    *testing.T
	base string
	dir  string
	args []string
}

// safeBuffer takes output of several goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serveDemo starts the demo site and stops it, in good order, when the test ends.
func serveDemo(t *testing.T, args ...string) *running {
	t.Helper()
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, base: "http://" + address, dir: t.TempDir()}
	r.args = append([]string{"--data", r.dir, "--listen", address}, args...)
	r.run(t, "demo")
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	out, done := &safeBuffer{}, make(chan int, 1)
	go func() { done <- run(ctx, append([]string{"serve"}, r.args...), strings.NewReader(""), out, out) }()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("serve ended with %d: %s", code, out)
		}
	})
	r.awaitReady(t, done, out)
	return r
}

func (r *running) awaitReady(t *testing.T, done <-chan int, out *safeBuffer) {
	t.Helper()
	again := time.NewTicker(betweenQuestions)
	defer again.Stop()
	for r.status(t, "/readyz") != http.StatusOK {
		select {
		case code := <-done:
			t.Fatalf("serve ended with %d: %s", code, out)
		case <-again.C:
		}
	}
}

func (r *running) status(t *testing.T, path string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// run runs another command on the same folder and answers what it prints.
func (r *running) run(t *testing.T, command ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), append(command, r.args...), strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("%v ended with %d: %s", command, code, &errs)
	}
	return out.String()
}

var linkForm = regexp.MustCompile(`/admin/enter\?token=\S+`)

// browser is one person in front of Chromium.
type browser struct {
	t    *testing.T
	ctx  context.Context //nolint:containedctx // chromedp keeps the tab in it
	base string
}

// stepTime is how long one step of a person may take, on a machine that is busy with many other tests: typing two hundred
// letters took more than half a minute there.
const stepTime = 2 * time.Minute

// betweenQuestions leaves the processor to what is being waited for.
const betweenQuestions = 10 * time.Millisecond

func chromiumPath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no Chromium is installed")
	}
	t.Skip("SKIPPED: no Chromium is installed (Debian: apt-get install chromium)")
	return ""
}

// newBrowser starts a Chromium with an empty profile.
func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(
		chromedp.ExecPath(chromiumPath(t)), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-gpu", true),
		// While a page scrolls smoothly, what is to be clicked moves away.
		chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("lang", "de"), chromedp.Flag("accept-lang", "de"),
	))
	t.Cleanup(stop)
	b := &browser{t: t, ctx: ctx, base: base}
	// The first action starts the browser and ties it to its context, so that must be the longest one.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	return b
}

// as logs a person in with a fresh one-time link, by pressing the button on its page.
func (r *running) as(t *testing.T, role string) *browser {
	t.Helper()
	b := newBrowser(t, r.base)
	b.open(linkForm.FindString(r.run(t, "user", "reset", role+"@example.org")))
	b.press(`main form button`)
	return b
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%v\nat %s", err, b.where())
	}
}

func (b *browser) where() string {
	at, _ := chromedp.Run(b.ctx, chromedp.Location())
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 3000) : ""`))
	return at + "\n" + text
}

func (b *browser) open(path string) {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.base + path
	}
	b.do(chromedp.Navigate(path))
}

// unfold opens the part of the page that holds an element, if it is folded.
func (b *browser) unfold(selector string) {
	b.t.Helper()
	folded := fmt.Sprintf("details:not([open]):has(%s) > summary", selector)
	if b.js(fmt.Sprintf(`document.querySelector(%q) ? "folded" : ""`, folded)) != "" {
		b.do(chromedp.Click(folded))
	}
}

// press clicks and waits for what follows: another page, or the note by which a form that stays says that it is saved.
func (b *browser) press(selector string) {
	b.t.Helper()
	b.unfold(selector)
	// In the middle of the window, where no bar that sticks to an edge lies over it.
	b.js(fmt.Sprintf(`window.before = true, document.querySelector("main > .note")?.remove(), document.querySelector(%q)?.scrollIntoView({block: "center"}), ""`, selector))
	b.do(chromedp.Click(selector))
	b.until("after pressing "+selector, `!window.before && document.readyState === "complete" || document.querySelector("main > .note") !== null`)
}

// reach goes on with the tabulator until an element has the focus, and wants that to be seen.
func (b *browser) reach(selector string) {
	b.t.Helper()
	for range 300 {
		b.do(chromedp.KeyEvent(kb.Tab))
		state := b.js(fmt.Sprintf(`(() => {
			const at = document.activeElement;
			if (!at?.matches(%q)) return "elsewhere";
			const style = getComputedStyle(at);
			return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 ? "seen" : "hidden";
		})()`, selector))
		switch state {
		case "seen":
			return
		case "hidden":
			b.t.Fatalf("%s has the focus and nobody can see it\nat %s", selector, b.where())
		}
	}
	b.t.Fatalf("the tabulator does not lead to %s\nat %s", selector, b.where())
}

// pressByKeys presses a button by keyboard alone, unfolding first what holds it.
func (b *browser) pressByKeys(selector string) {
	b.t.Helper()
	folded := fmt.Sprintf("details:not([open]):has(%s) > summary", selector)
	if b.js(fmt.Sprintf(`document.querySelector(%q) ? "folded" : ""`, folded)) != "" {
		b.reach(folded)
		b.do(chromedp.KeyEvent(kb.Enter))
	}
	b.reach(selector)
	b.js(`window.before = true, document.querySelector("main > .note")?.remove(), ""`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("after pressing "+selector+" by keyboard", `!window.before && document.readyState === "complete"`)
}

// until asks the page until an expression is true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTime)
	defer cancel()
	again := time.NewTicker(betweenQuestions)
	defer again.Stop()
	for {
		// While one page gives way to the next there is nothing to ask.
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			b.t.Fatalf("%s, never came true: %s\nat %s", what, expression, b.where())
		}
	}
}

func (b *browser) fill(selector, value string) {
	b.t.Helper()
	b.do(chromedp.WaitReady(selector), chromedp.SetValue(selector, value))
}

// js evaluates an expression that answers text.
func (b *browser) js(expression string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		b.t.Fatalf("evaluate %s: %v\nat %s", expression, err, b.where())
	}
	return text
}

func (b *browser) text(selector string) string {
	b.t.Helper()
	text := b.js(fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText).join("\n")`, selector))
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text) // blanks that do not break are blanks
}

func (b *browser) wants(selector string, words ...string) {
	b.t.Helper()
	text := b.text(selector)
	for _, word := range words {
		if !strings.Contains(text, word) {
			b.t.Fatalf("%q is not in %s:\n%s\nat %s", word, selector, text, b.where())
		}
	}
}

// follow goes where a link points.
func (b *browser) follow(selector string) {
	b.t.Helper()
	href := b.js(fmt.Sprintf(`document.querySelector(%q)?.href ?? ""`, selector))
	if href == "" {
		b.t.Fatalf("no link %s\nat %s", selector, b.where())
	}
	b.open(href)
}

// picture takes pictures of the page in both widths, light and dark, where
// KLARTEXT_TEST_PICTURES names a folder, and always checks that nothing sticks out at 390 pixels.
func (b *browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("KLARTEXT_TEST_PICTURES")
	for _, width := range []int64{390, 1280} {
		b.do(chromedp.EmulateViewport(width, 900))
		if wide := b.js(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); wide != "0" {
			b.t.Errorf("%s sticks out by %s pixels at %d", name, wide, width)
		}
		if folder == "" {
			continue
		}
		for _, scheme := range []string{"light", "dark"} {
			_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			if err != nil {
				b.t.Fatal(err)
			}
			shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				b.t.Fatal(err)
			}
			file := filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
			if err := os.WriteFile(file, shot, 0o600); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	b.do(chromedp.EmulateViewport(1280, 900))
}
