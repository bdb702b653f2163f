package site

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"klartext/content"
)

// writer makes up texts whose words are as unevenly spread as those of a language.
type writer struct {
	random *rand.Rand
	often  *rand.Zipf
	words  []string
}

func newWriter(seed uint64, endings ...string) *writer {
	random := rand.New(rand.NewPCG(seed, seed))
	w := &writer{random: random, words: make([]string, 20_000)}
	syllables := strings.Fields("da ten schutz lö sch spei cher kon to stand ort ver ar bei tung ge rät kun de mel dung frist recht post netz werk zah lung")
	for i := range w.words {
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		w.words[i] = b.String() + endings[random.IntN(len(endings))]
	}
	w.often = rand.NewZipf(random, 1.1, 4, uint64(len(w.words)-1))
	return w
}

func (w *writer) text(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.words[w.often.Uint64()]
	}
	return strings.Join(words, " ")
}

func (w *writer) version(lang content.Lang) content.Version {
	text := content.Writing{Title: w.text(7), ShortAnswer: w.text(20), Body: w.text(110)}
	return content.Version{VersionMeta: content.VersionMeta{Lang: lang, Number: 1, Title: text.Title}, Text: text, HTML: content.Rendered{Body: "<p>" + text.Body + "</p>"}}
}

// BenchmarkSearch asks a site of 10,000 entries in two languages one to three
// words at a time, some of them with a typing mistake, while entries are published all the time.
//
//	go test ./content/site -run '^$' -bench Search -benchtime 5000x
func BenchmarkSearch(b *testing.B) {
	const entries = 10_000
	german, english := newWriter(1, "", "en", "er", "ung", "s"), newWriter(2, "", "s", "ing", "ed")
	data := content.SiteData{Seq: 1, Whole: true, Settings: berlin}
	entry := func(i int) content.PublishedEntry {
		return content.PublishedEntry{
			Entry:   content.Entry{ID: fmt.Sprintf("e%05d", i), Slug: fmt.Sprintf("e%05d", i), Kind: content.FAQ},
			Current: map[content.Lang]content.Version{"de": german.version("de"), "en": english.version("en")},
		}
	}
	for i := range entries {
		data.Entries = append(data.Entries, entry(i))
	}
	start := time.Now()
	first := New(data)
	first.MakeSearch()
	built := time.Since(start)
	var current atomic.Pointer[Value]
	current.Store(first)
	queries := make([]string, 500)
	for i := range queries {
		queries[i] = german.text(1 + i%3)
		if i%5 == 0 {
			queries[i] = queries[i][:2] + queries[i][3:]
		}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		var edits, took int64
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for seq := int64(2); ; seq++ {
			select {
			case <-stop:
				b.ReportMetric(float64(took)/float64(max(edits, 1))/1e6, "edit-ms")
				return
			case <-tick.C:
			}
			begin := time.Now()
			next := current.Load().With(content.SiteData{Seq: seq, Entries: []content.PublishedEntry{entry(int(seq) % entries)}})
			next.MakeSearch()
			current.Store(next)
			edits++
			took += time.Since(begin).Nanoseconds()
		}
	}()
	runtime.LockOSThread() // so that its processor time can be told from that of the edits
	defer runtime.UnlockOSThread()
	var times, work []time.Duration
	for i := 0; b.Loop(); i++ {
		begin, used := time.Now(), threadTime(b)
		current.Load().Search("de", queries[i%len(queries)], 10)
		times, work = append(times, time.Since(begin)), append(work, threadTime(b)-used)
	}
	close(stop)
	<-stopped
	b.ReportMetric(float64(built.Milliseconds()), "build-ms")
	slices.Sort(times)
	slices.Sort(work)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(work[len(work)/2].Microseconds())/1000, "p50-cpu-ms")
	b.ReportMetric(float64(work[len(work)*99/100].Microseconds())/1000, "p99-cpu-ms")
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.HeapAlloc>>20), "heap-MB")
	runtime.KeepAlive(current.Load())
}

// threadTime is the processor time of this thread: other people's work on the same machine does not count.
func threadTime(b *testing.B) time.Duration {
	const thread = 3 // CLOCK_THREAD_CPUTIME_ID
	var now syscall.Timespec
	if _, _, failed := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, thread, uintptr(unsafe.Pointer(&now)), 0); failed != 0 {
		b.Fatal(failed)
	}
	return time.Duration(now.Nano())
}
