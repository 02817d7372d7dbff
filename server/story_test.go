package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onrecord/record"
	"onrecord/server"
	"onrecord/store"
)

// crowd is a story that many outlets tell, in a few wordings.
func crowd(n int) (out []store.Entry) {
	for i := range n {
		ferry, _ := reports()
		e := ferry[i%2]
		e.Article.ID, e.Article.URL = fmt.Sprint("crowd-", i), fmt.Sprint("https://crowd.example/", i)
		e.Article.Outlet = fmt.Sprint("Outlet ", i)
		out = append(out, e)
	}
	return out
}

// counting compares stories, and counts how often.
func counting(t *testing.T, s *store.Store, n *atomic.Int32) func(*server.Config) {
	compare := comparing(t, s)
	return func(c *server.Config) {
		c.Compare = func(ctx context.Context, one store.Story) (*record.Told, error) {
			n.Add(1)
			return compare(ctx, one)
		}
	}
}

// slowly is a clock that makes everything seem to take long.
func slowly(c *server.Config) {
	var n atomic.Int64
	c.Now = func() time.Time { return noon.Add(time.Duration(n.Add(1)) * time.Second) }
}

func TestStoriesAreComparedOnce(t *testing.T) {
	s := filled(t)
	var n atomic.Int32
	h := serving(t, s, counting(t, s, &n))
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if r := asked(t, h, []string{"/story/1", "/story/1/figures", "/said/lamp-2/0-51"}[i%3]); r.StatusCode != http.StatusOK {
				t.Error(r.StatusCode)
			}
		})
	}
	all.Wait()
	if n.Load() != 1 {
		t.Errorf("20 requests compared it %d times", n.Load())
	}
	tag := asked(t, h, "/story/1").Header.Get("ETag")
	if r := asked(t, h, "/story/1", "If-None-Match", tag); r.StatusCode != http.StatusNotModified {
		t.Errorf("what the visitor has is sent again: %d", r.StatusCode)
	}
	ferry, _ := reports()
	more := ferry[1]
	more.Article.ID, more.Article.URL, more.Article.Outlet = "late", "https://late.example/", "The Late Post"
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Add(more, func() (store.Placed, error) { return store.Placed{Story: 1}, nil }, b.BySpelling); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if body := bodyOf(t, asked(t, h, "/story/1")); !strings.Contains(body, "The Late Post") || n.Load() != 2 {
		t.Errorf("a new article is not in its story, which was compared %d times", n.Load())
	}
}

// TestComparisonsAreKept starts the server again on the same record.
func TestComparisonsAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	s, err := store.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ferry, _ := reports()
	keep(t, s, ferry)
	var n atomic.Int32
	own := serverOf(t, s, counting(t, s, &n), slowly)
	first := bodyOf(t, asked(t, own.Handler(), "/story/1"))
	own.Settle()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.OpenReadOnly(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if again := bodyOf(t, asked(t, serving(t, s, counting(t, s, &n), slowly), "/story/1")); again != first || n.Load() != 1 {
		t.Errorf("compared %d times; the same page: %t", n.Load(), again == first)
	}
	other := func(c *server.Config) { c.Fingerprint = "of another model" }
	h := serving(t, s, counting(t, s, &n), slowly, other)
	if r := asked(t, h, "/story/1"); r.StatusCode != http.StatusOK || n.Load() != 2 {
		t.Errorf("by another model, in a record that cannot be written to: %d, compared %d times", r.StatusCode, n.Load())
	}
}

func TestMovedStory(t *testing.T) {
	ferry, school := reports()
	s := kept(t, ferry, school)
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Absorb(2, 1), b.Commit()); err != nil {
		t.Fatal(err)
	}
	h := serving(t, s)
	for from, to := range map[string]string{"/story/2": "/story/1", "/story/2/figures": "/story/1/figures"} {
		r := asked(t, h, from)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusPermanentRedirect || got != to {
			t.Errorf("%s: %d to %q", from, r.StatusCode, got)
		}
	}
	if body := bodyOf(t, asked(t, h, "/story/1")); !strings.Contains(body, "School closes early") {
		t.Error("what was joined is not there")
	}
}

// TestPagesOfUsers asks for a story with a token and without.
func TestPagesOfUsers(t *testing.T) {
	s := filled(t)
	if err := s.Write(t.Context(), noon, func(b *store.Batch) error { return b.AddToken("newsdesk", "a secret") }); err != nil {
		t.Fatal(err)
	}
	h := serving(t, s)
	for range 2 { // what the one is shown is not kept for the other
		r := asked(t, h, "/story/1", "Authorization", "Bearer a secret")
		if body := bodyOf(t, r); !strings.Contains(body, "newsdesk") || !strings.Contains(r.Header.Get("Cache-Control"), "no-store") {
			t.Error("the page does not say who is logged in, or may be kept")
		}
		if strings.Contains(bodyOf(t, asked(t, h, "/story/1")), "newsdesk") {
			t.Error("who is logged in is shown to everybody")
		}
	}
}

// TestManyArticles looks at a story that no table has room for.
func TestManyArticles(t *testing.T) {
	h := serving(t, kept(t, crowd(40)))
	r := asked(t, h, "/story/1?beside=3&beside=7")
	body := bodyOf(t, r)
	examine(t, body)
	for _, want := range []string{"40 articles", "Choose which stand side by side", `class="plain carriers"`, "28 more articles", `value="7" id="beside-7" checked`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not there", want)
		}
	}
	if n := strings.Count(body, `<article class="column"`); n != 2 {
		t.Errorf("%d articles stand side by side", n)
	}
	if len(body) > 400_000 {
		t.Errorf("a page of %d bytes", len(body))
	}
	for _, address := range []string{"/story/1/figures", "/said/crowd-0/0-51", "/story/1"} {
		r := asked(t, h, address)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
		examine(t, bodyOf(t, r))
	}
}

func TestComparisonFails(t *testing.T) {
	h := serving(t, filled(t), func(c *server.Config) {
		c.Compare = func(context.Context, store.Story) (*record.Told, error) { return nil, errors.New("no model") }
	})
	if r := asked(t, h, "/story/1"); r.StatusCode != http.StatusInternalServerError {
		t.Errorf("status %d", r.StatusCode)
	}
	h = serving(t, filled(t), func(c *server.Config) {
		c.Compare = func(context.Context, store.Story) (*record.Told, error) { panic("a bug") }
	})
	if r := asked(t, h, "/story/1"); r.StatusCode != http.StatusInternalServerError {
		t.Errorf("a panic: status %d", r.StatusCode)
	}
}
