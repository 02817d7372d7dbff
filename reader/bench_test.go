package reader

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"onrecord/internal/cputime"
)

// inventPage is an invented report of some 70 kB as outlets send them: the text is a
// tenth of it.
func inventPage(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="en"><head><title>Pier report %d</title><meta property="og:site_name" content="The Quay">`+
		`<meta property="article:published_time" content="2026-03-%02dT08:00:00Z"><style>%s</style></head><body><header><nav><ul>`,
		n, 1+n%28, strings.Repeat(".card{margin:0 auto;padding:1rem}", 400))
	for i := range 120 {
		fmt.Fprintf(&b, `<li class="menu-item item-%d"><a href="/section/%d" title="Section">Section %d</a></li>`, i, i, i)
	}
	fmt.Fprintf(&b, `</ul></nav></header><main><article><h1>Pier report %d</h1>`, n)
	for i := range 25 {
		fmt.Fprintf(&b, `<p class="paragraph">“The pier will not open before day %d,” a member of the harbour board said, and the <a href="/about/%d">engineers</a> agreed that `+
			`nobody had looked at the piles since the storm of that winter.</p>`, n+i, i)
	}
	b.WriteString(`</article></main><aside><ul>`)
	for i := range 150 {
		fmt.Fprintf(&b, `<li class="related"><a href="/story/%d"><img src="/img/%d.jpg" alt=""><span class="headline">Another story, number %d</span></a><time>8:00</time></li>`, i, i, i)
	}
	fmt.Fprintf(&b, `</ul></aside><footer>%s</footer><script>%s</script></body></html>`, strings.Repeat(`<div><a href="/x">Imprint</a></div>`, 60), strings.Repeat("window.dataLayer.push({a:1});", 400))
	return b.String()
}

// inventArchive writes a WARC file, a gzip member a record, of so many pages.
func inventArchive(tb testing.TB, pages int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "crawl.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	for i := range pages {
		answer := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + inventPage(i)
		z := gzip.NewWriter(f)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(answer), answer)
		if err := z.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkArchive reads the pages of a WARC file with one worker and with one
// a processor.
func BenchmarkArchive(b *testing.B) {
	const pages = 200
	path := inventArchive(b, pages)
	for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			r, err := New(Options{Workers: workers})
			if err != nil {
				b.Fatal(err)
			}
			before := cputime.Spent()
			for b.Loop() {
				n := 0
				for _, err := range r.Articles(b.Context(), path) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != pages {
					b.Fatalf("%d pages, want %d", n, pages)
				}
			}
			b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
			b.ReportMetric(float64((cputime.Spent()-before).Microseconds())/1000/float64(pages*b.N), "cpu-ms/page")
		})
	}
}
