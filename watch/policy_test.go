package watch

import (
	"net/http"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

func TestInterval(t *testing.T) {
	p := Policy{}.orDefaults()
	d := p.interval(0, true)
	if d != p.First {
		t.Errorf("at first %v", d)
	}
	for range 10 {
		d = p.interval(d, true)
	}
	if d != p.Least {
		t.Errorf("of a feed that always has something new %v", d)
	}
	for range 30 {
		d = p.interval(d, false)
	}
	if d != p.Most {
		t.Errorf("of a feed that never has %v", d)
	}
}

func TestRetry(t *testing.T) {
	p := Policy{Least: time.Minute, Most: time.Hour}.orDefaults()
	for _, c := range []struct {
		first    time.Duration
		failures int
		want     time.Duration
	}{
		{0, 1, time.Minute}, {0, 2, 2 * time.Minute}, {0, 4, 8 * time.Minute}, {10 * time.Minute, 2, 20 * time.Minute},
		{0, 7, time.Hour}, {0, 1 << 30, time.Hour}, {48 * time.Hour, 1, time.Hour},
	} {
		if got := p.retry(c.first, c.failures); got != c.want {
			t.Errorf("retry(%v, %d) = %v, want %v", c.first, c.failures, got, c.want)
		}
	}
}

func TestRevisit(t *testing.T) {
	p := Policy{}.orDefaults()
	for _, c := range []struct {
		name      string
		published time.Time
		after     time.Duration // of the visit, since the first
		visits    int
		want      time.Time
	}{
		{"never read", noon, 0, 0, time.Time{}},
		{"after the first", noon, 0, 1, noon.Add(time.Hour)},
		{"after the second", noon, time.Hour, 2, noon.Add(6 * time.Hour)},
		{"without a date", time.Time{}, 0, 1, noon.Add(time.Hour)},
		{"old when found", noon.Add(-73 * time.Hour), 0, 1, time.Time{}},
		{"late", noon, 30 * time.Hour, 2, noon.Add(30*time.Hour + p.Least)},
		{"the last", noon, 72 * time.Hour, 5, time.Time{}},
	} {
		if got := p.revisit(noon, c.published, noon.Add(c.after), c.visits); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 0, "nonsense": 0, "-5": 0, "0": 0, "120": 2 * time.Minute, "99999999999999": time.Hour,
		noon.Add(10 * time.Minute).Format(http.TimeFormat):  10 * time.Minute,
		noon.Add(-10 * time.Minute).Format(http.TimeFormat): 0,
		noon.AddDate(1, 0, 0).Format(http.TimeFormat):       time.Hour,
	} {
		if got := retryAfter(header, noon, time.Hour); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", header, got, want)
		}
	}
}

func TestParseRules(t *testing.T) {
	for _, c := range []struct {
		name, text string
		allowed    map[string]bool
		pause      time.Duration
	}{
		{"empty", "", map[string]bool{"/": true, "/a?b=c": true}, 0},
		{"for all", "User-agent: *\nDisallow: /private/\nAllow: /private/press\nCrawl-delay: 5\n", map[string]bool{"/private/x": false, "/private/press": true, "/": true}, 5 * time.Second},
		{"for us", "User-agent: *\nDisallow: /\n\nUser-agent: Onrecord\nDisallow: /no\n", map[string]bool{"/": true, "/no": false}, 0},
		{"patterns", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=\n", map[string]bool{"/a.pdf": false, "/a.pdf?x": true, "/a?print=1": false}, 0},
		{"damaged lines", "Crawl-delay: soon\nUser-agent: *\nDisallow: /no\nCrawl-delay: x\nFoo: bar\n", map[string]bool{"/no": false, "/yes": true}, 0},
		{"a page", "<!doctype html><title>Not found</title>", map[string]bool{"/": true}, 0},
	} {
		rules := parseRules([]byte(c.text))
		for path, want := range c.allowed {
			if rules.Test(path) != want {
				t.Errorf("%s: %s allowed %v, want %v", c.name, path, !want, want)
			}
		}
		if rules.CrawlDelay != c.pause {
			t.Errorf("%s: pause %v, want %v", c.name, rules.CrawlDelay, c.pause)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"https://www.quay.example/a", "http://quay.example/b", true},
		{"https://news.quay.co.uk/", "https://quay.co.uk/", true},
		{"https://quay.co.uk/", "https://ledger.co.uk/", false},
		{"https://quay.example/", "https://quay.example.evil.example/", false},
		{"http://127.0.0.1:80/", "http://127.0.0.1:81/", true},
		{"http://127.0.0.1/", "http://127.0.0.2/", false},
		{"", "", false},
	} {
		if got := sameSite(c.a, c.b); got != c.want {
			t.Errorf("sameSite(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
