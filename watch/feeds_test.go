package watch_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/store"
)

// site is an outlet of the test: its host with a feed at /feed, and what is
// expected of it.
type site struct {
	paths
	articles  []string // addresses that are in the record in the end
	versions  int      // of each article; 1 if 0
	state     string   // what the feed's error or end says, "" for none
	elsewhere map[string]http.Handler
	check     func(t *testing.T, n *web, f store.Feed) // with the true intervals
}

// behaviours make a site of a host, of whose articles there are perFeed.
var behaviours = []struct {
	name string
	make func(host string) site
}{
	{"rss", func(host string) site { return plain(host, nil) }},
	{"atom with whole texts", func(host string) site {
		s := site{paths: paths{}}
		var b strings.Builder
		for n := range perFeed {
			fmt.Fprintf(&b, "<entry><title>%s</title><id>%s-%d</id><link href=%q/><updated>2026-03-02T0%d:00:00Z</updated><content type=\"html\">%s</content></entry>",
				title(host, n), host, n, address(host, n), n, html.EscapeString("<p>"+strings.Join(long(host, n), "</p><p>")+"</p>"))
			s.articles = append(s.articles, address(host, n))
		}
		s.paths["/feed"] = tagged("application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><title>`+host+`</title>`+b.String()+`</feed>`)
		s.check = func(t *testing.T, n *web, f store.Feed) {
			for _, c := range n.to(host) {
				if c.path != "/feed" && c.path != "/robots.txt" {
					t.Errorf("%s: %s was visited, whose text is in the feed", host, c.path)
				}
			}
		}
		return s
	}},
	{"JSON feed", func(host string) site {
		var items []string
		for n := range perFeed {
			items = append(items, fmt.Sprintf(`{"id":"%d","url":%q,"title":%q,"content_html":"<p>A teaser.</p>","date_published":"2026-03-02T07:00:00Z"}`, n, address(host, n), title(host, n)))
		}
		return plain(host, text("application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","title":"`+host+`","items":[`+strings.Join(items, ",")+`]}`))
	}},
	{"news sitemap", func(host string) site {
		var b strings.Builder
		for n := range perFeed {
			fmt.Fprintf(&b, "<url><loc>%s</loc><n:news><n:publication><n:name>%s</n:name><n:language>en</n:language></n:publication><n:publication_date>2026-03-02T07:00:00Z</n:publication_date><n:title>%s</n:title></n:news></url>", address(host, n), host, title(host, n))
		}
		return plain(host, text("application/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">`+b.String()+`</urlset>`))
	}},
	{"slow at first", func(host string) site { return plain(host, times(silent, silent, rss(host))) }},
	{"slow for ever", func(host string) site { return failing(silent, "deadline exceeded") }},
	{"endless", func(host string) site { return failing(endless, "too large") }},
	{"gzip bomb", func(host string) site { return failing(bomb, "too large") }},
	{"redirect loop", func(host string) site {
		return failing(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/feed", http.StatusFound) }, "too many redirects")
	}},
	{"broken XML", func(host string) site {
		return plain(host, text("text/xml", strings.Replace(rssText(host, 0, perFeed), "</title>", "</titel>", 2)))
	}},
	{"cut short", func(host string) site {
		return plain(host, text("text/xml", strings.TrimSuffix(rssText(host, 0, perFeed), "</channel></rss>")+"<item><title>And th"))
	}},
	{"no feed", func(host string) site { return failing(text("text/plain", "Moved house."), "not a feed") }},
	{"wrong charset", func(host string) site {
		s := plain(host, text("text/xml; charset=utf-8", strings.ReplaceAll(rssText(host, 0, perFeed), "Report", "R\xe9port")))
		for n := range perFeed { // windows-1252 that calls itself UTF-8
			page := htmlPage(title(host, n), report(host, n))
			s.paths[fmt.Sprintf("/a/%d", n)] = text("text/html; charset=utf-8", strings.NewReplacer("“", "\x93", "”", "\x94").Replace(page))
		}
		return s
	}},
	{"not modified", func(host string) site {
		s := plain(host, tagged("text/xml", rssText(host, 0, perFeed)))
		s.check = func(t *testing.T, n *web, f store.Feed) {
			var seen []int
			for _, c := range n.to(host) {
				if c.path == "/feed" {
					seen = append(seen, c.status)
				}
			}
			for i, code := range seen {
				if want := map[bool]int{true: 200, false: 304}[i == 0]; code != want {
					t.Errorf("%s: visit %d of the feed was answered %d, want %d", host, i, code, want)
				}
			}
			if f.Status != http.StatusNotModified {
				t.Errorf("%s: status %d", host, f.Status)
			}
		}
		return s
	}},
	{"too many requests", func(host string) site {
		s := plain(host, times(status(429, "Retry-After", "7200"), rss(host)))
		s.check = waits(host, 429, 2*time.Hour)
		return s
	}},
	{"too many requests for articles", func(host string) site {
		s := plain(host, nil)
		s.paths["/a/1"] = times(status(429), s.paths["/a/1"])
		s.check = waits(host, 429, 10*time.Minute)
		return s
	}},
	{"unavailable until a date", func(host string) site {
		s := plain(host, times(func(w http.ResponseWriter, r *http.Request) {
			status(503, "Retry-After", time.Now().Add(3*time.Hour).UTC().Format(http.TimeFormat))(w, r)
		}, rss(host)))
		s.check = waits(host, 503, 3*time.Hour-time.Second)
		return s
	}},
	{"server errors at first", func(host string) site { return plain(host, times(status(500), status(502), status(500), rss(host))) }},
	{"server errors", func(host string) site {
		s := failing(status(500), "500")
		s.check = func(t *testing.T, n *web, f store.Feed) {
			var last time.Time
			gap := 9 * time.Minute
			for _, c := range n.to(host) {
				if c.path != "/feed" {
					continue
				}
				if !last.IsZero() {
					if c.begin.Sub(last) < gap {
						t.Errorf("%s: visited after %v, sooner than after the failure before", host, c.begin.Sub(last))
					}
					gap = min(c.begin.Sub(last), 20*time.Hour)
				}
				last = c.begin
			}
		}
		return s
	}},
	{"gone", func(host string) site {
		s := plain(host, times(rss(host), status(410)))
		s.state = "410 Gone"
		s.check = func(t *testing.T, n *web, f store.Feed) {
			visits := 0
			for _, c := range n.to(host) {
				if c.path == "/feed" {
					visits++
				}
			}
			if visits != 2 || f.Ended == "" {
				t.Errorf("%s: %d visits, ended %q", host, visits, f.Ended)
			}
		}
		return s
	}},
	{"robots.txt forbids the feed", func(host string) site {
		s := failing(rss(host), "robots.txt forbids it")
		s.paths["/robots.txt"] = text("text/plain", "User-agent: *\nDisallow: /feed\n")
		s.check = never(host, "/feed")
		return s
	}},
	{"robots.txt forbids an article", func(host string) site {
		s := plain(host, nil)
		s.articles = s.articles[1:]
		s.paths["/robots.txt"] = text("text/plain", "Crawl-delay: nonsense\nUser-agent: other\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /a/0\n")
		s.check = never(host, "/a/0")
		return s
	}},
	{"robots.txt wants long pauses", func(host string) site {
		s := plain(host, nil)
		s.paths["/robots.txt"] = text("text/plain", "User-agent: *\nCrawl-delay: 3\n")
		s.check = func(t *testing.T, n *web, f store.Feed) {
			calls := n.to(host)
			for i := 1; i < len(calls); i++ {
				if gap := calls[i].begin.Sub(calls[i-1].end); gap < 3*time.Second {
					t.Errorf("%s: a pause of %v", host, gap)
				}
			}
		}
		return s
	}},
	{"robots.txt fails at first", func(host string) site {
		s := plain(host, nil)
		s.paths["/robots.txt"] = times(status(500), status(503), text("text/plain", ""))
		s.check = func(t *testing.T, n *web, f store.Feed) {
			if calls := n.to(host); calls[0].path != "/robots.txt" || calls[1].path != "/robots.txt" || calls[2].path != "/robots.txt" {
				t.Errorf("%s was visited without its rules: %+v", host, calls[:3])
			}
		}
		return s
	}},
	{"articles behind redirects to another host", func(host string) site {
		s := plain(host, nil)
		other := strings.Replace(host, ".example", "-cdn.example", 1)
		s.elsewhere = map[string]http.Handler{other: paths{}}
		s.articles = nil
		for n := range perFeed {
			path := fmt.Sprintf("/a/%d", n)
			s.elsewhere[other].(paths)[path] = s.paths[path]
			s.paths[path] = func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://"+other+path, http.StatusMovedPermanently)
			}
			s.articles = append(s.articles, address(other, n))
		}
		return s
	}},
	{"another feed of the same articles", func(host string) site {
		s := plain(host, nil)
		s.paths["/"] = text("text/html", "<link rel=alternate type='application/rss+xml' href='/second'>")
		s.paths["/feed"] = s.paths["/"] // a page that names a feed
		s.paths["/second"] = rss(host)
		s.state = "a page, whose feed is watched"
		return s
	}},
	{"articles fail at first", func(host string) site {
		s := plain(host, nil)
		s.paths["/a/0"] = times(status(500), cut, silent, s.paths["/a/0"])
		return s
	}},
	{"articles that claim to be those of others", func(host string) site {
		s := plain(host, nil)
		for n := range perFeed {
			page := htmlPage(title(host, n), report(host, n))
			s.paths[fmt.Sprintf("/a/%d", n)] = text("text/html", strings.Replace(page, "</title>", "</title><link rel=\"canonical\" href=\"http://rss-0.example/a/0\">", 1))
		}
		return s
	}},
	{"articles that are none", func(host string) site {
		s := plain(host, nil)
		s.paths["/a/0"], s.paths["/a/1"], s.paths["/a/2"] = status(404), text("video/mp4", ""), text("text/html", "<title>x</title>")
		s.articles = nil
		return s
	}},
	{"articles that are edited", func(host string) site {
		s := plain(host, nil)
		for n := range perFeed {
			before, after := report(host, n), report(host, n+50)
			path := fmt.Sprintf("/a/%d", n)
			s.paths[path] = times(s.paths[path], s.paths[path], text("text/html", htmlPage(title(host, n), append(before, after[0]))))
		}
		s.versions = 2
		s.check = func(t *testing.T, n *web, f store.Feed) {
			var first time.Time
			var at []time.Duration
			for _, c := range n.to(host) {
				if c.path == "/a/0" {
					if first.IsZero() {
						first = c.begin
					}
					at = append(at, c.begin.Sub(first).Round(time.Hour))
				}
			}
			if want := []time.Duration{0, 1 * time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour}; fmt.Sprint(at) != fmt.Sprint(want) {
				t.Errorf("%s: visited at %v, want %v", host, at, want)
			}
		}
		return s
	}},
	{"a feed that grows", func(host string) site {
		s := plain(host, nil)
		begin := time.Now()
		s.paths["/feed"] = func(w http.ResponseWriter, r *http.Request) { // an article every four hours; the last three are shown
			n := int(time.Since(begin) / (4 * time.Hour))
			text("text/xml", rssText(host, max(0, n-3), max(1, n)))(w, r)
		}
		s.articles = nil
		for n := range int(watched/(4*time.Hour)) - 8 { // what came last may not have been seen yet
			s.paths[fmt.Sprintf("/a/%d", n)] = text("text/html", htmlPage(title(host, n), report(host, n)))
			s.articles = append(s.articles, address(host, n))
		}
		return s
	}},
	{"a private address", func(host string) site {
		return failing(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://10.0.0.7/feed", http.StatusFound)
		}, "private network")
	}},
	{"a name that turns private", func(host string) site {
		return failing(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://inside.test/feed", http.StatusFound)
		}, "private network")
	}},
	{"articles at private addresses", func(host string) site {
		s := plain(host, text("text/xml", "<rss version='2.0'><channel><title>x</title><item><link>http://169.254.169.254/latest</link></item><item><link>http://[fe80::1]/</link></item><item><link>file:///etc/hostname</link></item><item><link>http://localhost.test/</link></item></channel></rss>"))
		s.articles = nil
		return s
	}},
}

const (
	perFeed = 3
	watched = 80 * time.Hour
)

func address(host string, n int) string { return fmt.Sprintf("http://%s/a/%d", host, n) }

func title(host string, n int) string { return fmt.Sprintf("Report %d of %s", n, host) }

// long is a text that a feed may have whole.
func long(host string, n int) []string {
	var out []string
	for i := range 4 {
		out = append(out, report(host, 100*(i+1)+n)...)
	}
	return out
}

func rssText(host string, first, before int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title>`, host)
	for n := first; n < before; n++ {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><description>A teaser…</description></item>", title(host, n), address(host, n))
	}
	return b.String() + "</channel></rss>"
}

func rss(host string) http.HandlerFunc { return text("application/rss+xml", rssText(host, 0, perFeed)) }

// plain is a site whose articles are there; its feed is RSS if it is nil.
func plain(host string, feed http.HandlerFunc) site {
	s := site{paths: paths{"/feed": feed}}
	if feed == nil {
		s.paths["/feed"] = rss(host)
	}
	for n := range perFeed {
		s.paths[fmt.Sprintf("/a/%d", n)] = text("text/html; charset=utf-8", htmlPage(title(host, n), report(host, n)))
		s.articles = append(s.articles, address(host, n))
	}
	return s
}

// failing is a site whose feed always ends in an error.
func failing(feed http.HandlerFunc, state string) site {
	return site{paths: paths{"/feed": feed}, state: state}
}

// tagged answers with an ETag, and 304 to who has it.
func tagged(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		text(contentType, body)(w, r)
	}
}

// silent begins an answer and does not end it.
func silent(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/xml")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func endless(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/xml")
	for item := []byte(strings.Repeat("<item>", 1000)); ; {
		if _, err := w.Write(item); err != nil {
			return
		}
	}
}

// zeros are 64 MB, compressed.
var zeros = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 64 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	return b.Bytes()
})

func bomb(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(zeros())
}

// cut ends the connection within the answer.
func cut(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Length", "5000")
	fmt.Fprint(w, "<html><p>Half of")
	panic(http.ErrAbortHandler)
}

// waits checks that a host was left alone for some time after a status.
func waits(host string, code int, least time.Duration) func(*testing.T, *web, store.Feed) {
	return func(t *testing.T, n *web, _ store.Feed) {
		calls, seen := n.to(host), false
		for i, c := range calls[:len(calls)-1] {
			if c.status == code {
				seen = true
				if gap := calls[i+1].begin.Sub(c.end); gap < least {
					t.Errorf("%s was asked again %v after it said %d, want %v", host, gap, code, least)
				}
			}
		}
		if !seen {
			t.Errorf("%s never said %d", host, code)
		}
	}
}

// never checks that a path was not asked for.
func never(host, path string) func(*testing.T, *web, store.Feed) {
	return func(t *testing.T, n *web, _ store.Feed) {
		for _, c := range n.to(host) {
			if c.path == path {
				t.Errorf("%s%s was visited", host, path)
			}
		}
	}
}
