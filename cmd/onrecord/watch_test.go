package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// newsroom serves feeds of so many articles on 127.0.0.1: /feed/N names
// /N/0, /N/1 …; of every third feed the texts are in the feed.
func newsroom(t *testing.T, feeds, articles int) *httptest.Server {
	t.Helper()
	paragraphs := func(feed, n int) string {
		var b strings.Builder
		for i, who := range []string{"Ana Moreno", "Peter Lund", "Lena Roth", "Tom Ferris"} {
			fmt.Fprintf(&b, "<p>“The ferry number %d will sail again in year %d,” %s told the harbour board on Monday evening, after a long debate that %d people had come to hear and that few of them understood.</p>", feed*1000+n, 2100+n+i, who, 20+n)
			fmt.Fprintf(&b, "<p>Some %d letters about it had come from quay %d, according to %s.</p>", 30+i+n, feed, who)
		}
		return b.String()
	}
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	for feed := range feeds {
		mux.HandleFunc(fmt.Sprintf("GET /feed/%d", feed), func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/feed+json")
			type item struct {
				ID   string `json:"id"`
				URL  string `json:"url"`
				Text string `json:"content_html"`
			}
			var items []item
			for n := range articles {
				i := item{ID: fmt.Sprint(n), URL: fmt.Sprintf("%s/%d/%d", s.URL, feed, n), Text: "<p>A teaser.</p>"}
				if feed%3 == 0 {
					i.Text = paragraphs(feed, n)
				}
				items = append(items, i)
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": fmt.Sprintf("Quay %d", feed), "items": items})
		})
		mux.HandleFunc(fmt.Sprintf("GET /%d/{n}", feed), func(w http.ResponseWriter, r *http.Request) {
			var n int
			if _, err := fmt.Sscan(r.PathValue("n"), &n); err != nil || n >= articles {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, "<!doctype html><html lang=en><title>Ferry %d</title><article><h1>Ferry %d</h1>%s</article></html>", n, n, paragraphs(feed, n))
		})
	}
	return s
}

func TestWatch(t *testing.T) {
	s := newsroom(t, 2, 3)
	dir := folderOf(t, map[string]string{"feed.xml": "<rss version='2.0'><channel><title>x</title></channel></rss>"})
	record, list := filepath.Join(dir, "record.db"), filepath.Join(dir, "list.opml")
	opml := fmt.Sprintf(`<opml version="2.0"><body><outline xmlUrl="%s/feed/1" text="The other"/></body></opml>`, s.URL)
	if err := os.WriteFile(list, []byte(opml), 0o644); err != nil {
		t.Fatal(err)
	}
	once := func(more ...string) []string {
		return append([]string{"watch", "--once", "--record", record, "--pause", "1ms"}, more...)
	}
	for _, c := range []struct {
		name      string
		args      []string
		code      int
		out, says string // lines that stand in the output, and on standard error
	}{
		{"nothing to watch", once(), exitUsage, "", "name a feed"},
		{"a file that is a feed", once(filepath.Join(dir, "feed.xml")), exitUsage, "", "name its address"},
		{"no file", once(filepath.Join(dir, "absent.opml")), exitUsage, "", "no such file"},
		{"refused", once(s.URL + "/feed/0"), exitDone, "1 visit to feeds, 1 of which failed; articles: none\n", "private network"},
		{"not due", once("--allow", "127.0.0.0/8"), exitDone, "0 visits to feeds, 0 of which failed; articles: none\n", ""},
		{"a list", once("--allow", "127.0.0.0/8", list), exitDone, "1 visit to feeds, 0 of which failed; articles: 3 added\n", ""},
		{"as text", []string{"feeds", "--record", record}, exitDone, "3 of 3 articles kept", ""},
		{"as JSON", []string{"feeds", "--record", record, "-f", "jsonl"}, exitDone, `"title":"Quay 1","kind":"json"`, ""},
		{"as OPML", []string{"feeds", "--record", record, "-f", "opml"}, exitDone, fmt.Sprintf(`text="Quay 1" xmlUrl="%s/feed/1"`, s.URL), ""},
		{"removed", []string{"feeds", "--record", record, "--remove", s.URL + "/feed/0"}, exitDone, "", ""},
		{"removed twice", []string{"feeds", "--record", record, "--remove", s.URL + "/feed/0"}, exitNothing, "", "/feed/0"},
		{"named again", once("--allow", "127.0.0.0/8", s.URL+"/feed/0"), exitDone, "1 visit to feeds, 0 of which failed; articles: 3 added\n", ""},
		{"whole", []string{"verify", "--record", record}, exitDone, "6 articles, 0 problems\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, stderr := onrecord(t, "", c.args...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(stderr, c.says) {
				t.Errorf("exit code %d, want %d; output %q, want %q; stderr %q, want %q", code, c.code, out, c.out, stderr, c.says)
			}
		})
	}
}

// TestKilledWatch kills the program at random moments while it watches. What it
// has said to be added is there, the record is whole, and in the end everything
// that the feeds name is there once.
func TestKilledWatch(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	const feeds, articles = 6, 40
	s := newsroom(t, feeds, articles)
	path := filepath.Join(t.TempDir(), "record.db")
	args := []string{"watch", "--once", "--record", path, "--allow", "127.0.0.0/8", "--pause", "1ms"}
	for feed := range feeds {
		args = append(args, fmt.Sprintf("%s/feed/%d", s.URL, feed))
	}
	random := rand.New(rand.NewPCG(7, 8))
	acknowledged := map[string]bool{}
	for range *kills {
		program := exec.Command(os.Args[0], args...)
		program.Env = append(os.Environ(), programVariable+"=1")
		out, err := program.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		life := time.AfterFunc(time.Duration(500+random.IntN(2500))*time.Millisecond, func() { program.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if address, ok := strings.CutPrefix(lines.Text(), "added: "); ok {
				acknowledged[address] = true
			}
		}
		program.Wait() // it was killed, or is done
		life.Stop()
		if _, err := os.Stat(path); err == nil {
			has := addresses(t, path)
			for address := range acknowledged {
				if has[address] != 1 {
					t.Fatalf("%s was said to be added and is there %d times", address, has[address])
				}
			}
		}
	}
	if code, _, stderr := onrecord(t, "", args...); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	has := addresses(t, path)
	for feed := range feeds {
		for n := range articles {
			if address := fmt.Sprintf("%s/%d/%d", s.URL, feed, n); has[address] != 1 {
				t.Errorf("%s is there %d times", address, has[address])
			}
		}
	}
	if len(has) != feeds*articles {
		t.Errorf("%d articles in the end, want %d", len(has), feeds*articles)
	}
}

// addresses checks a record and counts its articles by their addresses.
func addresses(t *testing.T, path string) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, raw := range dump(t, path) {
		var e struct{ Article struct{ URL string } }
		if err := json.Unmarshal([]byte(raw), &e); err != nil {
			t.Fatal(err)
		}
		out[e.Article.URL]++
	}
	return out
}
