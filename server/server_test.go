package server_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/andybalholm/brotli"

	"onrecord/server"
)

// TestPages runs every template with its struct.
func TestPages(t *testing.T) {
	for name, page := range server.Rendered(t) {
		t.Run(name, func(t *testing.T) { examine(t, page) })
	}
}

func TestAnswers(t *testing.T) {
	h := serving(t, filled(t))
	for _, c := range []struct {
		target string
		status int
		want   []string
	}{
		{"/", 200, []string{"Ferry stays, says director", "3 outlets", "The Lamp", "12 March 2026", "31 January 2026", "Ana Moreno"}},
		{"/?before=1", 200, []string{"No earlier stories"}},
		{"/?before=x", 404, []string{"There is no page"}},
		{"/search", 200, []string{"Everything on record", "3 statements", "Lena Roth"}},
		{"/search?q=boat", 200, []string{"2 statements", `<strong class="found">boat</strong>`, "/article/lamp-2#a1", "/article/quay%2F7%20%C3%BC%3F#a1", "Quay &amp; Daughters"}},
		{"/search?q=boat&in=articles", 200, []string{"3 articles", "Ferry stays, says director", "#:~:text="}},
		{"/search?q=" + url.QueryEscape(`boat outlet:"The Lamp"`), 200, []string{"1 statement", `<span class="unseen">Remove: </span>The Lamp`}},
		{"/search?q=zeppelin", 200, []string{"Nothing on record matches", "0 statements"}},
		{"/search?q=author:Voss", 400, []string{"At character 1", `value="author:Voss"`}},
		{"/search?q=boat&skip=-1", 404, nil},
		{"/search?q=boat&skip=20", 200, []string{"There is nothing more"}},
		{"/search?q=boat&before=1", 200, []string{"There is nothing more"}},
		{"/check", 200, []string{"<textarea"}},
		{"/check?q=boat", 400, []string{"two words at least"}},
		{"/check?q=" + strings.Repeat("boat+", 500), 400, []string{"too many words"}},
		{"/check?q=we+will+not+tie+the+boat+up", 200, []string{"Ana Moreno", "2 outlets", "word for word", "printed first", "the longest", "/article/lamp-2#a1"}},
		{"/check?q=the+zeppelin+was+late+again", 200, []string{"Nobody is on record"}},
		{"/check?q=boats+are+boats", 200, []string{"credited to nobody", "/article/wire-3#:~:text=Boats%20are%20boats"}},
		{"/article/lamp-1", 200, []string{"This is an earlier version", "/article/lamp-2", `id="a1"`, "97 % sure", "harbour director", `<mark class="h2 doubt" data-u="a2">that nobody`, "The same story elsewhere"}},
		{"/article/lamp-2", 200, []string{"This article was edited", "Quotation changed", "[left out: </span>before<", "[instead or besides: </span>until<", "Ana Moreno (denied), before: Ana Moreno", "https://lamp.example/ferry"}},
		{"/article/quay%2F7%20%C3%BC%3F", 200, []string{"Ferry stays"}},
		{"/article/nothing", 404, []string{"The record has nothing", "Not found"}},
		{"/story/1", 200, []string{"One story, 3 articles", "Ana Moreno", `id="u1"`, "Why these articles are together", "/static/", "comparison.js", "Quay &amp; Daughters", "/said/lamp-2/0-"}},
		{"/story/1?rows=2", 404, nil},
		{"/story/1?rows=x", 404, nil},
		{"/story/1?beside=0", 404, nil},
		{"/story/0", 404, nil},
		{"/story/x", 404, nil},
		{"/story/77", 404, []string{"The record has nothing"}},
		{"/story/2", 200, []string{"One story, 1 article", "Lena Roth"}},
		{"/story/1/figures", 200, []string{"People a day", "the outlet’s own voice", "/article/lamp-2#p3"}},
		{"/story/77/figures", 404, nil},
		{"/said/lamp-2/0-51", 200, []string{"We will not tie the boat up", "How it is worded", "Printed first", "Quay &amp; Daughters", "/story/1#u1"}},
		{"/said/lamp-1/0-51", 200, []string{"earlier version", "How it is worded"}},
		{"/said/wire-3/0-5", 200, []string{"Nobody is found to be credited", "Boats", "/article/wire-3#:~:text=Boats"}},
		{"/said/wire-3/0-500", 404, nil},
		{"/said/wire-3/5-0", 404, nil},
		{"/said/wire-3/x-5", 404, nil},
		{"/said/wire-3/7", 404, nil},
		{"/said/nothing/0-5", 404, nil},
		{"/speaker/1/ana-moreno", 200, []string{"Ana Moreno", "2 statements in 2 articles", "100 % in quotation marks", "11–12 March 2026", "harbour director", "/outlet/Quay%20&amp;%20Daughters", "/article/lamp-2#a1", "/story/1", "March 2026: 2 statements", "/speaker/1/feed.atom"}},
		{"/speaker/1/ana-moreno?before=1", 200, []string{"There is nothing more", "Everything on this speaker"}},
		{"/speaker/1/ana-moreno?before=x", 404, nil},
		{"/speaker/1", 302, nil},
		{"/speaker/1/anna-moreno", 302, nil},
		{"/speaker/77/nobody", 404, []string{"The record has nothing"}},
		{"/speaker/x/nobody", 404, nil},
		{"/speaker?name=Ana+Moreno", 302, nil},
		{"/speaker?name=Moreno", 302, nil},
		{"/speaker?name=Voss", 302, nil},
		{"/speakers", 200, []string{"Ana Moreno", "Lena Roth", "/speaker/1/ana-moreno"}},
		{"/speakers?q=roth", 200, []string{"Lena Roth", "1 statement in 1 article"}},
		{"/speakers?q=Ana+Marino", 200, []string{"Nobody of this name", "Spelled nearly so", "Ana Moreno"}},
		{"/outlet/The%20Lamp", 200, []string{"2 articles", "January – March 2026", "Ana Moreno", "Island keeps its ferry", "School closes early", "Jan 26", "50 % of 2 statements", "?year=2026"}},
		{"/outlet/The%20Lamp?year=2026", 200, []string{"2 articles of 2026", "/outlet/The%20Lamp\""}},
		{"/outlet/The%20Lamp?year=2020", 200, []string{"0 articles of 2020", "There is nothing"}},
		{"/outlet/The%20Lamp?year=x", 404, nil},
		{"/outlet/The%20Lamp?before=1", 200, []string{"There is nothing more"}},
		{"/outlet/Wire", 200, []string{"1 article", "Boat"}},
		{"/outlet/Nowhere", 404, []string{"The record has nothing"}},
		{"/feeds", 200, []string{"Nothing is watched yet"}},
		{"/login", 200, []string{"Log in", `type="password"`}},
		{"/corrections", 200, []string{"Nothing has been corrected yet"}},
		{"/corrections?before=1", 200, []string{"no earlier ones"}},
		{"/corrections/review", 200, []string{"80 % sure", "Lena Roth", "/story/1/correct"}},
		{"/story/1/correct", 200, []string{"Ferry stays, says director", "Log in"}},
		{"/speaker/1/correct", 200, []string{"Names that articles have", "Log in"}},
		{"POST /story/1/correct", 401, []string{"it takes a login"}},
		{"/nowhere", 404, []string{"There is no page"}},
		{"/static/0/style.css", 404, nil},
		{"/../../etc/passwd", 404, nil},
		{"/static/..%2f..%2fetc/passwd", 404, nil},
		{"/article/..%2f..%2f..%2fetc%2fpasswd", 404, nil},
		{"POST /search", 405, []string{"Refused"}},
		{"/healthz", 200, []string{"ok"}},
		{"/metrics", 200, []string{`onrecord_requests_total{route="GET /search",status="200"}`, `route="none",status="404"`, "go_goroutines"}},
		{"/robots.txt", 200, []string{"Disallow: /search"}},
	} {
		t.Run(c.target[:min(len(c.target), 60)], func(t *testing.T) {
			r := asked(t, h, c.target)
			body := bodyOf(t, r)
			if r.StatusCode != c.status {
				t.Errorf("status %d, want %d", r.StatusCode, c.status)
			}
			for _, want := range c.want {
				if !strings.Contains(body, want) {
					t.Errorf("%q is not in\n%s", want, body)
				}
			}
			if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") && r.StatusCode != http.StatusFound {
				examine(t, body)
			}
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			} {
				if got := r.Header.Get(name); !strings.HasPrefix(got, want) {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestEmptyRecord(t *testing.T) {
	h := serving(t, kept(t))
	for _, target := range []string{"/", "/search", "/search?q=boat", "/search?q=boat&in=articles", "/check?q=two+words", "/speakers", "/speakers?q=moreno", "/feeds", "/corrections", "/corrections/review", "/login", "/healthz"} {
		if r := asked(t, h, target); r.StatusCode != 200 {
			t.Errorf("%s: %d", target, r.StatusCode)
		} else if target != "/healthz" {
			examine(t, bodyOf(t, r))
		}
	}
}

// TestLinks follows every link from the front page on.
func TestLinks(t *testing.T) {
	h := serving(t, filled(t))
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	pages := 0
	for ; len(queue) > 0 && len(seen) < 2000; queue = queue[1:] {
		address, place, _ := strings.Cut(queue[0], "#")
		r := asked(t, h, address)
		if to := r.Header.Get("Location"); r.StatusCode == http.StatusFound && to != address {
			queue = append(queue, to)
			continue
		}
		if r.StatusCode != 200 {
			t.Errorf("%s: %d", queue[0], r.StatusCode)
			continue
		}
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			continue
		}
		pages++
		s := examine(t, bodyOf(t, r))
		if place != "" && !strings.HasPrefix(place, ":~:") && !s.ids[place] {
			t.Errorf("%s leads to no place", queue[0])
		}
		for _, to := range s.links {
			if strings.HasPrefix(to, "#") {
				to = address + to
			}
			if strings.HasPrefix(to, "http") {
				continue
			}
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	if pages < 20 {
		t.Errorf("only %d pages were reached", pages)
	}
}

// TestPaging reads all statements page by page, by either order.
func TestPaging(t *testing.T) {
	many := filled(t)
	for i := range 55 {
		ferry, _ := reports()
		e := ferry[1]
		e.Article.ID, e.Article.URL = fmt.Sprint("q", i), fmt.Sprint("https://quay.example/q", i)
		e.Article.Published = day(-i)
		e.Article.Body = strings.Replace(e.Article.Body, "harbour", fmt.Sprint("harbour ", i), 1)
		keep(t, many, append(ferry[:0:0], e))
	}
	h := serving(t, many)
	for _, start := range []string{"/search", "/search?q=boat", "/search?q=boat&sort=date", "/search?q=boat&in=articles"} {
		found := map[string]bool{}
		n, pages := 0, 0
		for address := start; address != "" && pages < 10; pages++ {
			s := examine(t, bodyOf(t, asked(t, h, address)))
			address = ""
			for d := range s.root.Descendants() {
				to, _ := attribute(d, "href")
				if class, _ := attribute(d, "class"); class == "open" {
					found[to] = true
					n++
				}
				if rel, _ := attribute(d, "rel"); rel == "next" {
					address = to
				}
			}
		}
		if len(found) != n || n < 57 || pages != 3 {
			t.Errorf("%s: %d links on %d pages, %d of them different", start, n, pages, len(found))
		}
	}
}

func TestCompression(t *testing.T) {
	h := serving(t, filled(t))
	plain := bodyOf(t, asked(t, h, "/"))
	for _, c := range []struct{ accept, coding string }{
		{"", ""}, {"gzip", "gzip"}, {"gzip, deflate, br", "br"}, {"br;q=0, gzip;q=0.5", "gzip"}, {"deflate", ""}, {"GZIP", "gzip"}, {"br;q=x", ""},
	} {
		for _, target := range []string{"/", between(t, plain, `rel="stylesheet" href="`, `"`)} {
			r := asked(t, h, target, "Accept-Encoding", c.accept)
			if got := r.Header.Get("Content-Encoding"); got != c.coding || r.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s for %q: coding %q, Vary %q", target, c.accept, got, r.Header.Get("Vary"))
			}
			var in io.Reader = r.Body
			switch c.coding {
			case "br":
				in = brotli.NewReader(r.Body)
			case "gzip":
				var err error
				if in, err = gzip.NewReader(r.Body); err != nil {
					t.Fatal(err)
				}
			}
			if b, err := io.ReadAll(in); err != nil || target == "/" && string(b) != plain || len(b) < 1000 {
				t.Errorf("%s for %q: %d bytes, %v", target, c.accept, len(b), err)
			}
		}
	}
}

// between is what stands after one text and before another.
func between(t *testing.T, s, after, before string) string {
	t.Helper()
	_, s, ok := strings.Cut(s, after)
	s, _, closed := strings.Cut(s, before)
	if !ok || !closed {
		t.Fatalf("nothing between %q and %q", after, before)
	}
	return s
}

func TestTags(t *testing.T) {
	s := filled(t)
	h := serving(t, s)
	r := asked(t, h, "/article/lamp-1")
	tag := r.Header.Get("ETag")
	if tag == "" || r.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, r.Header.Get("Cache-Control"))
	}
	for _, has := range []string{tag, `"other", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
		r := asked(t, h, "/article/lamp-1", "If-None-Match", has, "Accept-Encoding", "br")
		if body := bodyOf(t, r); r.StatusCode != 304 || body != "" || r.Header.Get("ETag") != tag {
			t.Errorf("for %q: %d, %d bytes", has, r.StatusCode, len(body))
		}
	}
	if r := asked(t, h, "/article/lamp-1", "If-None-Match", `W/"other"`); r.StatusCode != 200 {
		t.Errorf("for another tag: %d", r.StatusCode)
	}
	if r := asked(t, h, "/nowhere", "If-None-Match", "*"); r.StatusCode != 404 {
		t.Errorf("an error: %d", r.StatusCode)
	}
	style := between(t, bodyOf(t, asked(t, h, "/")), `rel="stylesheet" href="`, `"`)
	if got := asked(t, h, style).Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("the style may be kept: %q", got)
	}
}

func TestLimits(t *testing.T) {
	now := noon
	h := serving(t, filled(t), func(c *server.Config) { c.Now = func() time.Time { return now } })
	statuses := func(from string, n int) (out []int) {
		for range n {
			out = append(out, asked(t, h, "/healthz", "from", from).StatusCode)
		}
		return out
	}
	if got := fmt.Sprint(statuses("192.0.2.1:99", 7)); got != "[200 200 200 200 200 429 429]" {
		t.Errorf("seven at once: %s", got)
	}
	if got := fmt.Sprint(statuses("192.0.2.2:99", 1), statuses("127.0.0.1:99", 1)); got != "[200] [200]" {
		t.Errorf("somebody else: %s", got)
	}
	now = now.Add(2 * time.Second)
	if got := fmt.Sprint(statuses("192.0.2.1:99", 3)); got != "[200 200 429]" {
		t.Errorf("two seconds later: %s", got)
	}
	statuses("[2001:db8::1]:99", 5)
	if got := fmt.Sprint(statuses("[2001:db8::ffff]:99", 1), statuses("[2001:db8:0:1::1]:99", 1)); got != "[429] [200]" {
		t.Errorf("the same line and another one: %s", got)
	}
	r := asked(t, h, "/healthz", "from", "192.0.2.1:99")
	if r.Header.Get("Retry-After") == "" || !strings.Contains(bodyOf(t, r), "Too many requests") {
		t.Error("the refusal is no page that says when to come again")
	}
	if r := asked(t, h, "/metrics", "from", "192.0.2.9:99"); r.StatusCode != 404 {
		t.Errorf("metrics for others: %d", r.StatusCode)
	}
	if r := asked(t, h, "POST /", "Sec-Fetch-Site", "cross-site"); r.StatusCode != 403 {
		t.Errorf("sent from another site: %d", r.StatusCode)
	}
}

func TestProxy(t *testing.T) {
	for _, proxy := range []bool{true, false} {
		h := serving(t, filled(t), func(c *server.Config) { c.Proxy = proxy })
		got := ""
		for i := range 7 { // whatever a visitor invents before what the proxy adds
			got += fmt.Sprint(asked(t, h, "/healthz", "X-Forwarded-For", fmt.Sprintf("127.0.0.%d, 192.0.2.1", i)).StatusCode, " ")
		}
		if limited := strings.HasSuffix(got, "429 429 "); limited != proxy {
			t.Errorf("behind a proxy %v: %s", proxy, got)
		}
	}
}

// TestFaults looks at what is answered and logged where something breaks.
func TestFaults(t *testing.T) {
	s := filled(t)
	var log strings.Builder
	h := serving(t, s, func(c *server.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	asked(t, h, "/article/lamp-1%0Aforged=1%1b[31m")
	if line := log.String(); strings.Count(line, "\n") != 1 || strings.Contains(line, "\x1b") || !strings.Contains(line, "status=404") {
		t.Errorf("the log: %q", line)
	}
	log.Reset()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r := asked(t, h, "/article/lamp-1")
	body := bodyOf(t, r)
	id := r.Header.Get("X-Request-Id")
	if r.StatusCode != 500 || strings.Contains(body, "sql") || strings.Contains(body, "closed") || !strings.Contains(body, id) {
		t.Errorf("a record that is gone: %d\n%s", r.StatusCode, body)
	}
	examine(t, body)
	if line := log.String(); !strings.Contains(line, "level=ERROR") || !strings.Contains(line, id) || !strings.Contains(line, "closed") {
		t.Errorf("the log: %q", line)
	}
	if r := asked(t, h, "/healthz"); r.StatusCode != 500 {
		t.Errorf("health: %d", r.StatusCode)
	}
}

func TestPanic(t *testing.T) {
	var log strings.Builder
	h := serving(t, nil, func(c *server.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) }) // a record of nil panics
	r := asked(t, h, "/search?q=boat")
	if body := bodyOf(t, r); r.StatusCode != 500 || strings.Contains(body, "nil pointer") {
		t.Errorf("%d\n%s", r.StatusCode, body)
	}
	if !strings.Contains(log.String(), "search.go") {
		t.Errorf("the log has no stack: %s", log.String())
	}
}

// TestRun starts a server, is slow and rude to it, and stops it.
func TestRun(t *testing.T) {
	own, err := server.New(server.Config{Store: filled(t), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- own.Run(ctx, l) }()
	address := "http://" + l.Addr().String()
	post, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/search", io.LimitReader(iotest.OneByteReader(zeroes{}), 3<<20))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := http.DefaultClient.Do(post); err == nil { // or the connection was cut, which will do
		if r.StatusCode != 405 && r.StatusCode != 413 {
			t.Errorf("a large body: %d", r.StatusCode)
		}
		r.Body.Close()
	}
	slow, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	began := time.Now()
	if _, err := slow.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")); err != nil {
		t.Fatal(err)
	}
	if err := slow.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(slow); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("who never ends the headers is still there after %v", time.Since(began))
	}
	get, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.DefaultClient.Do(get)
	if err != nil || r.StatusCode != 200 {
		t.Fatal(r, err)
	}
	r.Body.Close()
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(15 * time.Second):
		t.Error("it does not stop")
	}
}

// zeroes has no end.
type zeroes struct{}

func (zeroes) Read(b []byte) (int, error) { return len(b), nil }
