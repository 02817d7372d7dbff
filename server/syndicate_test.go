package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"onrecord/server"
	"onrecord/store"
)

// feedPages are pages that have feeds, with the titles of what these hold.
var feedPages = map[string][]string{
	"":                             {"Ferry stays, says director", "School closes early"},
	"/story/1":                     {"The Lamp: Island keeps its ferry", "Quay & Daughters: Ferry stays, says director", "Wire: Boat"},
	"/speaker/1":                   {"Ana Moreno: “We will not tie the boat up until the bridge is open,”", "Ana Moreno: “We will not tie the boat up,”"},
	"/outlet/The%20Lamp":           {"The Lamp: Island keeps its ferry", "The Lamp: School closes early"},
	"/outlet/Quay%20&%20Daughters": {"Quay & Daughters: Ferry stays, says director"},
	"/search?q=school":             {"Lena Roth: The harbour school closes at noon"},
	"/search?q=zeppelin":           nil,
}

// feedOf is the parsed feed of a page.
func feedOf(t *testing.T, h http.Handler, page, end string) *gofeed.Feed {
	t.Helper()
	path, query, _ := strings.Cut(page, "?")
	r := asked(t, h, path+end+"?"+query)
	body := bodyOf(t, r)
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s%s: %d %s", page, end, r.StatusCode, body)
	}
	f, err := gofeed.NewParser().ParseString(body)
	if err != nil {
		t.Fatalf("%s%s: %v\n%s", page, end, err, body)
	}
	return f
}

func TestFeeds(t *testing.T) {
	h := serving(t, filled(t), func(c *server.Config) { c.Parser = splitter{} })
	for page, want := range feedPages {
		t.Run(page, func(t *testing.T) {
			atom, json := feedOf(t, h, page, "/feed.atom"), feedOf(t, h, page, "/feed.json")
			if atom.FeedType != "atom" || json.FeedType != "json" {
				t.Errorf("%s, %s", atom.FeedType, json.FeedType)
			}
			var titles []string
			for i, one := range atom.Items {
				other := json.Items[i]
				titles = append(titles, one.Title)
				if !strings.HasPrefix(one.GUID, "urn:uuid:") || one.GUID != other.GUID {
					t.Errorf("%q: IDs %q and %q", one.Title, one.GUID, other.GUID)
				}
				if one.Title != other.Title || one.Link != other.Link || strings.TrimSpace(one.Content) != strings.TrimSpace(other.Content) {
					t.Errorf("Atom has %+v, JSON %+v", one, other)
				}
				if one.UpdatedParsed == nil || one.UpdatedParsed.Before(noon) || !one.UpdatedParsed.Equal(*other.UpdatedParsed) {
					t.Errorf("%q was updated %v, in JSON %v", one.Title, one.Updated, other.Updated)
				}
				u, err := url.Parse(one.Link)
				if err != nil || u.Host != "example.com" {
					t.Errorf("%q leads to %q", one.Title, one.Link)
				}
				if r := asked(t, h, u.RequestURI()); r.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", one.Link, r.StatusCode)
				}
			}
			slices.Sort(titles)
			if !slices.Equal(titles, slices.Sorted(slices.Values(want))) {
				t.Errorf("titles %q, want %q", titles, want)
			}
		})
	}
}

// TestFeedIsStable: what a reader has seen keeps its name and its date when the
// record grows and the server has another name.
func TestFeedIsStable(t *testing.T) {
	s := filled(t)
	h := serving(t, s)
	before := feedOf(t, h, "/search?q=boat", "/feed.atom")
	if len(before.Items) == 0 {
		t.Fatal("nothing found")
	}
	ferry, _ := reports()
	late := told(ferry[1].Article, credited{who: "Ana Moreno", source: "Ana Moreno", cue: "said", content: "“We will not tie the boat up,”"})
	late.Article.ID, late.Article.URL, late.Article.Published = "late", "https://late.example/", day(9)
	keep(t, s, []store.Entry{late})
	after := feedOf(t, serving(t, s), "/search?q=boat", "/feed.atom")
	if len(after.Items) != len(before.Items)+1 || after.Items[0].GUID == before.Items[0].GUID {
		t.Fatalf("%d items, then %d", len(before.Items), len(after.Items))
	}
	for i, one := range before.Items {
		if got := after.Items[i+1]; got.GUID != one.GUID || !got.UpdatedParsed.Equal(*one.UpdatedParsed) {
			t.Errorf("%s of %v was %s of %v", got.GUID, got.Updated, one.GUID, one.Updated)
		}
	}
	if !after.UpdatedParsed.Equal(late.Article.Published) && after.UpdatedParsed.Before(noon) {
		t.Errorf("updated %v", after.Updated)
	}
	r := asked(t, h, "/feed.atom")
	if r = asked(t, h, "/feed.atom", "If-None-Match", r.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", r.StatusCode)
	}
	if empty := feedOf(t, h, "/search?q=zeppelin", "/feed.atom"); !empty.UpdatedParsed.Equal(time.Unix(0, 0)) {
		t.Errorf("an empty feed was updated %v", empty.Updated)
	}
}

func TestWrongFeeds(t *testing.T) {
	h := serving(t, filled(t))
	for target, status := range map[string]int{
		"/story/99/feed.atom": 404, "/story/x/feed.json": 404, "/speaker/99/feed.atom": 404, "/outlet/%22/feed.atom": 404,
		"/search/feed.atom?q=author:Voss": 400, "/feed.rss": 404, "/outlet/Nobody/feed.atom": 200,
	} {
		if r := asked(t, h, target); r.StatusCode != status {
			t.Errorf("%s: %d, want %d", target, r.StatusCode, status)
		}
	}
}

// TestHostileFeeds: whatever a text has, a feed can be parsed and has no more
// items than it should.
func TestHostileFeeds(t *testing.T) {
	h := serving(t, kept(t, hostileReports()))
	check := func(page string) {
		for _, end := range []string{"/feed.atom", "/feed.json"} {
			f := feedOf(t, h, page, end)
			for _, one := range f.Items {
				if one.Title == "" || !strings.HasPrefix(one.Link, "http://example.com/") || !strings.HasPrefix(one.GUID, "urn:uuid:") {
					t.Errorf("%s%s: %+v", page, end, one)
				}
				for _, raw := range []string{"\x00", "\x1b", "\u202e", "\u2066"} {
					if strings.Contains(one.Title+one.Content, raw) {
						t.Errorf("%s%s has the character %q", page, end, raw)
					}
				}
			}
		}
	}
	check("")
	check("/story/1")
	check("/search?q=they")
	for _, one := range hostile {
		if page := "/outlet/" + url.PathEscape(one); asked(t, h, page+"/feed.atom").StatusCode == http.StatusOK {
			check(page)
		}
	}
}

// TestPagesNameTheirFeeds: what a page names can be had.
func TestPagesNameTheirFeeds(t *testing.T) {
	h := serving(t, filled(t))
	for _, page := range []string{"/", "/search?q=boat", "/story/1", "/speaker/1/ana-moreno", "/outlet/The%20Lamp"} {
		body := bodyOf(t, asked(t, h, page))
		named := 0
		for _, line := range strings.Split(body, "\n") {
			if _, rest, ok := strings.Cut(line, `rel="alternate"`); ok {
				_, href, _ := strings.Cut(rest, `href="`)
				href, _, _ = strings.Cut(href, `"`)
				named++
				if r := asked(t, h, strings.ReplaceAll(href, "&amp;", "&")); r.StatusCode != http.StatusOK {
					t.Errorf("%s names %s: %d", page, href, r.StatusCode)
				}
			}
		}
		if named != 2 {
			t.Errorf("%s names %d feeds", page, named)
		}
	}
}
