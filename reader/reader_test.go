package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"onrecord/article"
	"onrecord/internal/corpora"
	"onrecord/reader/fetch"
)

// write makes the files below a new folder and returns its path.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// collect reads the arguments; it returns a line for each outcome, without dir.
func collect(t testing.TB, opts Options, dir string, args ...string) (articles []article.Article, outcomes []string, errs []error) {
	t.Helper()
	r, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range r.Articles(context.Background(), args...) {
		if err != nil {
			errs = append(errs, err)
			outcomes = append(outcomes, strings.ReplaceAll(err.Error(), dir+"/", ""))
			continue
		}
		articles = append(articles, a)
		outcomes = append(outcomes, fmt.Sprintf("%s from %s: %.20q", a.ID, strings.TrimPrefix(a.Origin, dir+"/"), a.Body))
	}
	return articles, outcomes, errs
}

func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func TestArticlesFolder(t *testing.T) {
	dir := write(t, map[string]string{
		"b.txt":          "“No,” she said.\r\n\n  ",
		"a.html":         "<p>The mayor said yes.</p>",
		"c/b.txt":        "Another b.",
		"c/d.md":         "# Bridge *opens*\n\nIt is [open](x).",
		"e.jsonl":        `{"id":"e1","text":"One."}` + "\n\n{oops\n" + `{"id":"e2","text":"Two."}`,
		"f.pdf":          "%PDF-1.4",
		"README.md":      "About the folder.",
		".hidden.txt":    "no",
		".git/x.txt":     "no",
		"g.HTM":          "<p>Upper case.</p>",
		"h.txt":          " \n",
		"i.txt":          strings.Repeat("\x00\x01", 100),
		"folder.txt/j.x": "",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	_, got, _ := collect(t, Options{}, dir, dir)
	check(t, got,
		`a from a.html: "The mayor said yes."`,
		`b from b.txt: "“No,” she said.\r\n\n  "`,
		`b-2 from c/b.txt: "Another b."`,
		`d from c/d.md: "Bridge opens\n\nIt is "`,
		`e1 from e.jsonl:1: "One."`,
		`e.jsonl:3: not an article: invalid character 'o' looking for beginning of object key string`,
		`e2 from e.jsonl:4: "Two."`,
		`g from g.HTM: "Upper case."`,
		`h.txt: no text found`,
		`i.txt: not a text`,
	)
}

func TestArticlesErrors(t *testing.T) {
	dir := write(t, map[string]string{
		"empty/.keep":     "",
		"large.txt":       strings.Repeat("x", 101),
		"fits.txt":        strings.Repeat("x", 100),
		"long.jsonl":      `{"text":"` + strings.Repeat("x", 200_000) + `"}` + "\n" + `{"text":"Short."}` + "\n" + strings.Repeat("x", 101),
		"none.jsonl":      "\n\n",
		"fields.jsonl":    `{"text":7}` + "\n" + `{"title":"no text"}` + "\n[]\n" + `{"text":"` + "\xff" + `"}` + "\n" + `{"text":"` + strings.Repeat(`\u0001`, 9) + `"}`,
		"scripts.html":    "<script>x()</script>",
		"not-a-page.html": strings.Repeat("\x00", 90),
	})
	args := []string{"empty", "missing.txt", "large.txt", "fits.txt", "long.jsonl", "none.jsonl", "fields.jsonl", "scripts.html", "not-a-page.html", "ftp://example.org/x", "http://127.0.0.1:1/"}
	for i, a := range args {
		if !strings.Contains(a, "://") {
			args[i] = filepath.Join(dir, a)
		}
	}
	_, got, errs := collect(t, Options{MaxFile: 100}, dir, args...)
	check(t, got,
		`empty: nothing to read in it: no file of a kind that is read`,
		`missing.txt: no such file or directory`,
		`large.txt: too large: over 100 bytes`,
		`fits from fits.txt: "xxxxxxxxxxxxxxxxxxxx"`,
		`long.jsonl:1: too large: a line of over 100 bytes`,
		article.ContentID("Short.")+` from long.jsonl:2: "Short."`,
		`long.jsonl:3: too large: a line of over 100 bytes`,
		`none.jsonl: nothing to read in it`,
		`fields.jsonl:1: not an article: "text" is a JSON number`,
		`fields.jsonl:2: no text found: neither text nor html in the record`,
		`fields.jsonl:3: not an article: "the line" is a JSON array`,
		`fields.jsonl:4: not an article: not UTF-8`,
		`fields.jsonl:5: not a text`,
		`scripts.html: no text found`,
		`not-a-page.html: not a text`,
		`ftp://example.org/x: not an http or https address`,
		`http://127.0.0.1:1/: refused: the address leads into a private network`,
	)
	for i, want := range []error{ErrEmpty, fs.ErrNotExist, ErrTooLarge, ErrTooLarge, ErrTooLarge, ErrEmpty, ErrRecord, ErrNoText, ErrRecord, ErrRecord, ErrBinary, ErrNoText, ErrBinary, fetch.ErrAddress, fetch.ErrPrivate} {
		if i >= len(errs) || !errors.Is(errs[i], want) {
			t.Errorf("error %d of %d is not %v", i, len(errs), want)
		}
	}
	if _, err := New(Options{Date: "some day"}); !errors.Is(err, article.ErrDate) {
		t.Errorf("got %v, want ErrDate", err)
	}
}

func TestArticlesDefaults(t *testing.T) {
	dir := write(t, map[string]string{
		"a.txt":   "Text.",
		"b.jsonl": `{"text":"Text.","outlet":"Gazette","title":"Headline","date":"1 May 2024"}` + "\n" + `{"text":"Text.","date":"who knows"}`,
	})
	got, _, _ := collect(t, Options{Date: "2025-08-17", Outlet: "Courier", Title: "Untitled"}, dir, dir)
	for i, want := range []string{"Courier Untitled 2025-08-17", "Gazette Headline 2024-05-01", "Courier Untitled 2025-08-17"} {
		if a := got[i]; a.Outlet+" "+a.Title+" "+a.Published.Format(time.DateOnly) != want || !a.DateOnly {
			t.Errorf("got %+v, want %s", a, want)
		}
	}
}

func TestArticlesStandardInput(t *testing.T) {
	utf16le := func(s string) string {
		var b bytes.Buffer
		for _, u := range utf16.Encode([]rune(s)) {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
		return b.String()
	}
	id := article.ContentID
	tests := []struct{ name, in, want string }{
		{"plain", "He said no.\n", id("He said no.\n") + ` from -: "He said no.\n"`},
		{"page", "\n <!DOCTYPE html><p>He said no.", id("He said no.") + ` from -: "He said no."`},
		{"XHTML", `<?xml version="1.0"?><html><p>He said no.</p></html>`, id("He said no.") + ` from -: "He said no."`},
		{"JSONL", `{ "id": 12, "text": "He said no."}`, `12 from -:1: "He said no."`},
		{"JSONL with a mark", "\uFEFF" + `{"id":"x","text":"He said no."}`, `x from -:1: "He said no."`},
		{"JSONL in UTF-16", utf16le("\uFEFF" + `{"id":"x","text":"He said “no”."}`), `x from -:1: "He said “no”."`},
		{"page in UTF-16 without a mark", utf16le("<html><p>He said no.</p></html>"), id("He said no.") + ` from -: "He said no."`},
		{"empty", "", "-: no text found"},
		{"mark only", "\uFEFF", "-: no text found"},
		{"a text that opens a brace", "{he said no}", id("{he said no}") + ` from -: "{he said no}"`},
	}
	for _, tt := range tests {
		_, got, _ := collect(t, Options{Stdin: strings.NewReader(tt.in)}, "", "-")
		if len(got) != 1 || got[0] != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestArticlesAddress(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, body)
		})
	}
	serve("/page", "text/html; charset=windows-1251", "<html lang=ru><p>\xCC\xFD\xF0 \xF1\xEA\xE0\xE7\xE0\xEB\xE0 \xAB\xED\xE5\xF2\xBB.</p>")
	serve("/plain", "text/plain", "He said no.")
	serve("/notes.md", "text/plain", "*He* said no.")
	serve("/list", "application/x-ndjson", `{"id":"n","text":"He said no."}`)
	serve("/untyped", "", "<html><p>He said no.")
	serve("/image", "image/png", "x")
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/plain", http.StatusFound) })
	s := httptest.NewServer(mux)
	defer s.Close()

	var args []string
	for _, p := range []string{"/page", "/plain", "/notes.md", "/list", "/untyped", "/image", "/none", "/moved"} {
		args = append(args, s.URL+p)
	}
	articles, got, _ := collect(t, Options{AllowPrivate: true}, s.URL, args...)
	id := article.ContentID("He said no.")
	check(t, got,
		article.ContentID("Мэр сказала «нет».")+` from page: "Мэр сказала «нет»."`,
		id+` from plain: "He said no."`,
		id+` from notes.md: "He said no."`,
		`n from list:1: "He said no."`,
		id+` from untyped: "He said no."`,
		`image: not a text: the server says "image/png"`,
		`none: the server answered 404 Not Found`,
		id+` from moved: "He said no."`,
	)
	if a := articles[0]; a.Outlet != "127.0.0.1" || a.URL != s.URL+"/page" || a.Language != "ru" {
		t.Errorf("got %+v", a)
	}
	if a := articles[len(articles)-1]; a.URL != s.URL+"/plain" {
		t.Errorf("got %+v", a)
	}
}

func TestArticlesStops(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "A.", "b.txt": "B.", "c.jsonl": `{"text":"C."}`})
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range r.Articles(context.Background(), dir) {
		break // must not read on, or the iterator panics
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range r.Articles(ctx, dir) {
		cancel()
		last = err
		n++
	}
	if n != 2 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d outcomes, the last %v", n, last)
	}
}

// Gold offsets refer to the files' text, so a .txt body is that to the byte.
func TestArticlesKeepGoldOffsets(t *testing.T) {
	dir := corpora.Path(t, "corpora", "polnear", "dev", "text")
	articles, _, errs := collect(t, Options{}, dir, dir)
	if len(errs) > 0 || len(articles) == 0 {
		t.Fatal(len(articles), errs)
	}
	for _, a := range articles {
		want, err := os.ReadFile(a.Origin)
		if err != nil || a.Body != string(want) || a.ID+".txt" != filepath.Base(a.Origin) {
			t.Errorf("%s: body differs from the file, or the ID %q from its name (%v)", a.Origin, a.ID, err)
		}
	}
}
