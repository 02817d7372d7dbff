package feed

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/reader/charset"
)

var update = flag.Bool("update", false, "write the golden files")

// TestParse reads each feed of testdata and compares what it holds with the
// file of the same name that ends in .golden.
func TestParse(t *testing.T) {
	names, err := filepath.Glob("testdata/*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	names = append(names, "testdata/feed.json", "testdata/list.opml")
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Parse(data, "", "https://host.example/feeds/all")
			if err != nil {
				t.Fatal(err)
			}
			got, golden := show(f), name+".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// show lists a feed for people to read.
func show(f *Feed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q cut=%v\n", f.Kind, f.Title, f.Cut)
	for _, i := range f.Items {
		fmt.Fprintf(&b, "\n%s\n\tid %q, title %q, by %q, in %q, of %q\n\t%s date only=%v\n\tfull=%v %.60q\n",
			i.Address, i.ID, i.Title, i.Byline, i.Language, i.Outlet, i.Published.Format("2006-01-02 15:04:05 -0700"), i.DateOnly, i.Full, i.HTML)
	}
	for _, s := range f.Feeds {
		fmt.Fprintf(&b, "\n%s %q\n", s.Address, s.Title)
	}
	return b.String()
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       error
		says       string
	}{
		{"empty", "", ErrNotFeed, ""},
		{"text", "No feed at all.", ErrNotFeed, ""},
		{"page without feeds", "<!doctype html><title>x</title>", ErrNotFeed, "names none"},
		{"other XML", "<?xml version='1.0'?><svg/>", ErrNotFeed, ""},
		{"other JSON", `{"articles": 1, "items": 4}`, ErrNotFeed, ""},
		{"plain sitemap", "<urlset><url><loc>https://a.example/</loc></url></urlset>", ErrNotFeed, "not for news"},
		{"index", "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>", ErrNotFeed, "index of sitemaps"},
		{"nothing left", "<rss><channel><item><title>x", ErrNotFeed, "broken XML"},
		{"binary", "GIF89a\x00\x00\x00\x00\x01\x02\x03\x04\x05\x06\x07\x08", charset.ErrBinary, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse([]byte(c.data), "", "https://a.example/")
			if !errors.Is(err, c.want) || f != nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, %v", f, err)
			}
		})
	}
}

func TestParseTakesSoMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss version='2.0'><channel>")
	for n := range MaxItems + 100 {
		fmt.Fprintf(&b, "<item><link>https://many.example/%d</link></item>", n)
	}
	for _, end := range []string{"</channel></rss>", "<item>"} {
		f, err := Parse([]byte(b.String()+end), "text/xml", "https://many.example/feed")
		if err != nil || len(f.Items) != MaxItems || f.Cut != (end == "<item>") {
			t.Errorf("%d items, %v", len(f.Items), err)
		}
	}
}

// TestOPML writes a list and reads it back.
func TestOPML(t *testing.T) {
	want := []Subscription{{"https://a.example/feed?x=1&y=2", `The "A" <News> & more`}, {"http://b.example/", "B"}}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Feeds", want); err != nil {
		t.Fatal(err)
	}
	f, err := Parse(b.Bytes(), "text/x-opml", "")
	if err != nil {
		t.Fatal(err)
	}
	want[0].Title = `The "A" & more` // a title is shown as text
	if f.Kind != OPML || !slices.Equal(f.Feeds, want) {
		t.Errorf("%+v, want %+v", f, want)
	}
}

func TestIsWhole(t *testing.T) {
	long := "<p>" + strings.Repeat("The wall is not finished yet. ", 50) + "</p>"
	for s, want := range map[string]bool{
		"":             false,
		"<p>Short</p>": false,
		long:           true,
		"<p " + strings.Repeat("data-x='yyyyyyyyyy' ", 100) + ">Short</p>": false,
		long + "<p>And then…</p>":                                          false,
		long + "<p>And then [&#8230;]</p>":                                 false,
		long + "<a href='/x'>Read the full story →</a>":                    false,
		long + "<a href='/x'>Continue reading</a>":                         false,
		long + "<p>They kept reading the minutes.</p>":                     true,
		long + "<p>“It is the full story,” she said.</p>":                  true,
	} {
		if got := isWhole(s); got != want {
			t.Errorf("isWhole(%.30q … %q) = %v", s, s[max(0, len(s)-40):], got)
		}
	}
}

func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/*")
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, ".golden") {
			f.Add(data, "text/xml")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		got, err := Parse(data, contentType, "https://host.example/feed")
		if (got == nil) != (err != nil) {
			t.Fatalf("%v, %v", got, err)
		}
		if err != nil {
			if !errors.Is(err, ErrNotFeed) && !errors.Is(err, charset.ErrBinary) {
				t.Errorf("error %v", err)
			}
			return
		}
		for _, i := range got.Items {
			if i.Address != "" && !strings.HasPrefix(i.Address, "http://") && !strings.HasPrefix(i.Address, "https://") {
				t.Errorf("address %q", i.Address)
			}
			for _, s := range []string{i.Title, i.HTML, i.Language, i.Outlet} {
				if !utf8.ValidString(s) {
					t.Errorf("not UTF-8: %q", s)
				}
			}
		}
	})
}
