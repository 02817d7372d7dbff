package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"

	"onrecord/article"
)

// pack compresses s by gzip.
func pack(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// archived is a WARC record of an answer of status 200.
func archived(address, contentType, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-03-04T05:06:07Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", address, len(block), block)
}

func TestArticlesArchive(t *testing.T) {
	one := archived("https://www.gazette.example/1", "text/html; charset=windows-1252", "<html lang=en><title>Ferry</title><p>\x93No,\x94 said Ada Quist.")
	image := archived("https://www.gazette.example/i.png", "image/png", "\x89PNG")
	cut := strings.Replace(one, "Content-Length: 1", "Content-Length: 9", 1)
	two := archived("https://www.gazette.example/2", "text/html", `<meta property="article:published_time" content="2025-03-01"><p>The ferry stops.`)
	empty := archived("https://www.gazette.example/3", "text/html", "<script>x()</script>")
	packed := pack(one) + pack(cut) + pack(image) + pack(two) + pack(empty)
	dir := write(t, map[string]string{
		"a.warc":          one + cut + image + two,
		"b.warc.gz":       packed,
		"c.unknown":       packed,
		"d.unknown":       two,
		"e.warc":          "",
		"f.warc.gz":       packed[:len(packed)-20],
		"g.unknown":       pack(strings.Repeat(" ", 5000) + "Plain."),
		"h.warc":          image,
		"skipped.unknown": packed,
	})
	args := []string{"a.warc", "b.warc.gz", "c.unknown", "d.unknown", "e.warc", "f.warc.gz", "g.unknown", "h.warc"}
	for i := range args {
		args[i] = filepath.Join(dir, args[i])
	}
	articles, got, errs := collect(t, Options{}, dir, args...)
	first, second := article.ContentID("“No,” said Ada Quist."), article.ContentID("The ferry stops.")
	at := func(parts ...string) string { return fmt.Sprint(len(strings.Join(parts, ""))) }
	members := func(name string) []string {
		return []string{
			first + " from " + name + `@0: "“No,” said Ada Quist"`,
			name + "@" + at(pack(one)) + ": not an article: broken record: it ends after 128 of 924 bytes",
			second + " from " + name + "@" + at(pack(one), pack(cut), pack(image)) + `: "The ferry stops."`,
		}
	}
	last := at(pack(one), pack(cut), pack(image), pack(two))
	want := []string{
		first + ` from a.warc@0: "“No,” said Ada Quist"`,
		"a.warc@" + at(one) + ": not an article: broken record: it ends after 581 of 924 bytes",
		second + " from a.warc@" + at(one, cut, image) + `: "The ferry stops."`,
	}
	want = append(append(want, members("b.warc.gz")...), "b.warc.gz@"+last+": no text found")
	want = append(append(want, members("c.unknown")...), "c.unknown@"+last+": no text found")
	want = append(want, second+` from d.unknown@0: "The ferry stops."`, "e.warc: nothing to read in it")
	want = append(append(want, members("f.warc.gz")...), "f.warc.gz@"+last+": not an article: broken record: unexpected EOF")
	want = append(want, `g from g.unknown: "                    "`)
	check(t, got, want...)
	for _, err := range errs {
		if !errors.Is(err, ErrRecord) && !errors.Is(err, ErrNoText) && !errors.Is(err, ErrEmpty) {
			t.Errorf("%v wraps none of ours", err)
		}
	}
	if a := articles[0]; a.URL != "https://www.gazette.example/1" || a.Outlet != "gazette.example" || a.Title != "Ferry" || !a.Published.IsZero() || a.Language != "en" {
		t.Errorf("got %+v", a)
	}
	if a := articles[1]; a.Published.Format(time.DateOnly) != "2025-03-01" {
		t.Errorf("got %+v", a)
	}
}

func TestArticlesArchiveLimit(t *testing.T) {
	in := archived("https://gazette.example/1", "text/html", "<p>"+strings.Repeat("Long. ", 100)) + archived("https://gazette.example/2", "text/html", "<p>Short.")
	_, got, errs := collect(t, Options{Stdin: strings.NewReader(in), MaxAddress: 200}, "", "-")
	check(t, got, "-@0: too large: over the limit of 200 bytes: a record of 647", article.ContentID("Short.")+` from -@782: "Short."`)
	if len(errs) != 1 || !errors.Is(errs[0], ErrTooLarge) {
		t.Errorf("got %v", errs)
	}
}

// A record that goes on for ever ends with its context.
func TestArticlesArchiveStops(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	r, err := New(Options{Stdin: &repeated{head: "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9000000000000000000\r\n\r\n"}})
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range r.Articles(ctx, "-") {
		last = err
	}
	if !errors.Is(last, context.DeadlineExceeded) {
		t.Errorf("got %v", last)
	}
}

// repeated is a head and then the letter x without end.
type repeated struct{ head string }

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.head)
	r.head = r.head[n:]
	for i := n; i < len(p); i++ {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestArticlesCompressed(t *testing.T) {
	graph := `{"date":"2025-03-04T05:06:00Z","url":"https://gazette.example/1","title":"Ferry","lang":"eng","quotes":[{"pre":"Ada Quist said ","quote":"no","post":"."}]}` + "\n" +
		`{"url":"https://gazette.example/2","quotes":[]}` + "\n" + `{"url":"https://gazette.example/3","quotes":[7]}` + "\n"
	dir := write(t, map[string]string{
		"a.txt.gz":       pack("Some text."),
		"b.jsonl.gz":     pack(`{"id":"b1","text":"One."}` + "\n" + `{"id":"b2","text":"Two."}`),
		"c.html.gz":      pack("<p>He said yes."),
		"d.gqg.json.gz":  pack(graph),
		"e.gqg.json":     graph,
		"f.md.gz":        "not compressed",
		"g.txt.gz":       pack(strings.Repeat("Some text. ", 9000))[:60],
		"h.txt.gz":       pack(pack("twice")),
		"i.gz":           pack("no ending"),
		"j.json":         "{}",
		"large.jsonl.gz": pack(`{"text":"` + strings.Repeat("x", 1<<20) + `"}` + "\n" + `{"id":"last","text":"Short."}`),
	})
	pretty := filepath.Join(write(t, map[string]string{"settings.json": "{\n  \"text\": \"x\"\n}\n"}), "settings.json")
	_, got, _ := collect(t, Options{MaxFile: 1 << 19}, dir, dir)
	quoted := article.ContentID("Ada Quist said “no”.")
	check(t, got,
		`a from a.txt.gz: "Some text."`,
		`b1 from b.jsonl.gz:1: "One."`,
		`b2 from b.jsonl.gz:2: "Two."`,
		`c from c.html.gz: "He said yes."`,
		quoted+` from d.gqg.json.gz:1: "Ada Quist said “no”."`,
		`d.gqg.json.gz:2: no text found: no quotation in the record`,
		`d.gqg.json.gz:3: not an article: "quotes" is a JSON number`,
		quoted+` from e.gqg.json:1: "Ada Quist said “no”."`,
		`e.gqg.json:2: no text found: no quotation in the record`,
		`e.gqg.json:3: not an article: "quotes" is a JSON number`,
		`f from f.md.gz: "not compressed"`,
		`g.txt.gz: unexpected EOF`,
		`h.txt.gz: not a text`,
		`large.jsonl.gz:1: too large: a line of over 524288 bytes`,
		`last from large.jsonl.gz:2: "Short."`,
	)
	_, got, _ = collect(t, Options{}, filepath.Dir(pretty), pretty)
	check(t, got, "settings.json: not an article: JSON, but not an object a line")
}

func TestArticlesParquet(t *testing.T) {
	type row struct {
		ID        string   `parquet:"id"`
		URL       string   `parquet:"url"`
		Published int64    `parquet:"published,timestamp(millisecond)"`
		Author    []string `parquet:"author,list"`
		Text      *string  `parquet:"text,optional"`
		HTML      *string  `parquet:"html,optional"`
	}
	text, html, long := "“No,” she said.", "<title>Ferry</title><p>The ferry stops.", strings.Repeat("x", 2000)
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{
		{ID: "p1", URL: "https://www.gazette.example/1", Published: 1741064767000, Author: []string{"Ada Quist", "Tom Beck"}, Text: &text},
		{HTML: &html}, {ID: "p3"}, {Text: &long},
	}); err != nil {
		t.Fatal(err)
	}
	var other bytes.Buffer
	if err := parquet.Write(&other, []struct{ Number int }{{1}}); err != nil {
		t.Fatal(err)
	}
	dir := write(t, map[string]string{"a.parquet": b.String(), "b.parquet": other.String(), "c.parquet": b.String()[:200]})
	articles, got, errs := collect(t, Options{MaxFile: 1990}, dir, dir)
	second := article.ContentID("The ferry stops.") + " from "
	check(t, got,
		`p1 from a.parquet:1: "“No,” she said."`,
		second+`a.parquet:2: "The ferry stops."`,
		`a.parquet:3: no text found: neither text nor html in the record`,
		`a.parquet:4: too large: a row of over 1990 bytes`,
		got[4], got[5], // the library's words
	)
	if a := articles[0]; a.URL != "https://www.gazette.example/1" || a.Published.Format(time.RFC3339) != "2025-03-04T05:06:07Z" || strings.Join(a.Byline, "+") != "Ada Quist+Tom Beck" {
		t.Errorf("got %+v", a)
	}
	for _, i := range []int{2, 3} {
		if !errors.Is(errs[i], ErrRecord) {
			t.Errorf("got %v", errs[i])
		}
	}
	packed := write(t, map[string]string{"d.parquet.gz": pack(b.String())})
	if _, got, _ = collect(t, Options{}, packed, packed); len(got) != 4 || got[0] != `p1 from d.parquet.gz:1: "“No,” she said."` {
		t.Errorf("got %q", got)
	}
	file, err := os.Open(filepath.Join(dir, "a.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, got, _ = collect(t, Options{Stdin: file}, dir, "-"); len(got) != 4 || got[0] != `p1 from -:1: "“No,” she said."` {
		t.Errorf("got %q", got)
	}
}
