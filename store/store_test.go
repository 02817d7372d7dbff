package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/store"
)

func TestWhatIsAddedIsRead(t *testing.T) {
	path := recordPath(t)
	s := create(t, path)
	bare := invent(1)
	bare.Article = article.Article{ID: "bare", Origin: "-", Body: "No more than this.\n"}
	bare.Statements, bare.Figures, bare.Language = nil, nil, ""
	zoned := invent(2)
	zoned.Article.Published = time.Date(2026, 3, 1, 23, 30, 0, 5, time.FixedZone("", -8*3600))
	dated := invent(3)
	dated.Article.Published, dated.Article.DateOnly = time.Date(1851, 9, 18, 0, 0, 0, 0, time.UTC), true
	want := []store.Entry{invent(0), bare, zoned, dated}
	out := add(t, s, want...)
	verified(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("after Close there are %v, want one file (%v)", left, err)
	}
	s, err = store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, w := range want {
		got, err := s.Entry(t.Context(), out[i].Row)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Article.Published.Equal(w.Article.Published) {
			t.Errorf("%s: published %v, want %v", w.Article.ID, got.Article.Published, w.Article.Published)
		}
		got.Article.Published = w.Article.Published // one moment in two zones of one offset
		if !reflect.DeepEqual(*got, w) {
			t.Errorf("%s:\n got %+v\nwant %+v", w.Article.ID, *got, w)
		}
		a, err := s.Article(t.Context(), w.Article.ID)
		if err != nil || a.Row != out[i].Row || !a.Added.Equal(noon) || a.Story != out[i].Story {
			t.Errorf("%s: %+v, %v", w.Article.ID, a, err)
		}
	}
	if _, err := s.Article(t.Context(), "absent"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
}

func TestAddTwiceIsOnce(t *testing.T) {
	s := create(t, recordPath(t))
	entries := inventMany(0, 50)
	first := add(t, s, entries...)
	if n := results(first)[store.Added]; n != 50 {
		t.Fatalf("%d added, want 50", n)
	}
	// Twice in the record, and twice in a batch.
	for i, o := range add(t, s, append(entries, invent(99), invent(99))...) {
		switch {
		case i < 50 && (o.Result != store.Unchanged || o.Row != first[i].Row || o.ID != first[i].ID):
			t.Errorf("article %d again: %+v, want %+v unchanged", i, o, first[i])
		case i == 50 && o.Result != store.Added, i == 51 && o.Result != store.Unchanged:
			t.Errorf("the same twice in a batch: number %d is %q", i, o.Result)
		}
	}
	if o, err := s.Known(t.Context(), entries[7].Article); err != nil || o.Row != first[7].Row {
		t.Errorf("Known = %+v, %v", o, err)
	}
	if _, err := s.Known(t.Context(), invent(100).Article); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Known of what was never added: %v", err)
	}
	verified(t, s)
}

func TestAddress(t *testing.T) {
	file := article.Article{ID: "a", Origin: "reports/a.txt", Body: "One.\n"}
	moved := file
	moved.Origin = "old/reports/a.txt"
	namesake := moved
	namesake.Body = "Two.\n"
	line := article.Article{ID: "7", Origin: "x.jsonl:3", Body: "Three.\n"}
	later := line
	later.Origin = "x.jsonl:9"
	other := article.Article{ID: "8", Origin: "x.jsonl:3", Body: "Four.\n"}
	piped := article.Article{ID: "p1", Origin: "-", Body: "Five.\n"}
	twin := article.Article{ID: "p2", Origin: "-", Body: "Six.\n"}
	web := article.Article{ID: "w", URL: "https://quay.example/w", Body: "Seven.\n"}
	anchored := web
	anchored.URL += "#top"
	wire := web
	wire.URL = "https://courier.example/w"
	s := create(t, recordPath(t))
	for _, c := range []struct {
		name string
		article.Article
		want store.Result
		id   string // "" for one that is derived from the article's
	}{
		{"a file", file, store.Added, "a"},
		{"the file in a folder that was moved", moved, store.Unchanged, "a"},
		{"another file of its name", namesake, store.Added, ""},
		{"a line", line, store.Added, "7"},
		{"the line further down", later, store.Unchanged, "7"},
		{"another article on the line", other, store.Added, "8"},
		{"standard input", piped, store.Added, "p1"},
		{"standard input again", twin, store.Added, "p2"},
		{"an address", web, store.Added, "w"},
		{"the address with an anchor", anchored, store.Unchanged, "w"},
		{"the same words elsewhere", wire, store.Added, ""},
	} {
		o := add(t, s, store.Entry{Article: c.Article})[0]
		if o.Result != c.want || c.id != "" && o.ID != c.id || !strings.HasPrefix(o.ID, c.ID) || c.id == "" && o.ID == c.ID {
			t.Errorf("%s: %+v, want %s %q", c.name, o, c.want, c.id)
		}
	}
	verified(t, s)
}

func TestNewVersion(t *testing.T) {
	s := create(t, recordPath(t))
	first, second := invent(1), invent(1)
	second.Article.Body += "\nThe board did not answer.\n"
	a := add(t, s, first)[0]
	b := add(t, s, second)[0]
	if b.Result != store.NewVersion || b.Previous != a.Row || b.Story != a.Story || b.ID == a.ID {
		t.Errorf("the second version is %+v, the first %+v", b, a)
	}
	third := second
	third.Article.Body += "\nIt did in the end.\n"
	c := add(t, s, third)[0]
	if c.Result != store.NewVersion || c.Previous != b.Row {
		t.Errorf("the third version is %+v, the second %+v", c, b)
	}
	for _, o := range add(t, s, first, second, third) {
		if o.Result != store.Unchanged {
			t.Errorf("a version again is %+v", o)
		}
	}
	verified(t, s)
}

func TestEdits(t *testing.T) {
	s := create(t, recordPath(t))
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Rollback()
	o, err := b.Add(invent(1), store.Alone, b.BySpelling)
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Edit{{What: "quotation", Change: "changed", SpeakerBefore: "Ana Moreno", SpeakerAfter: "Ana Moreno", Before: "“Now”", After: "“Never”"}, {What: "figure", Change: "added", After: "12 people"}}
	if err := b.Edit(o.Row, want); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Edits(t.Context(), o.Row); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("edits %+v, %v", got, err)
	}
}

func TestRowsFollowTheDay(t *testing.T) {
	s := create(t, recordPath(t))
	for _, days := range []int{5, -3, 0, 5, -400} {
		e := invent(1000 + days)
		e.Article.Published = noon.AddDate(0, 0, days)
		e.Article.URL += fmt.Sprint("/", days, time.Now().Nanosecond())
		add(t, s, e)
	}
	undated := invent(7)
	undated.Article.Published = time.Time{}
	add(t, s, undated)
	var last time.Time
	n := 0
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Article.Published.Before(last) {
			t.Errorf("%v comes after %v", e.Article.Published, last)
		}
		last = e.Article.Published
		n++
	}
	if n != 6 {
		t.Errorf("%d entries, want 6", n)
	}
}

// TestManyEntries goes over the bounds of a page.
func TestManyEntries(t *testing.T) {
	s := create(t, recordPath(t))
	add(t, s, inventMany(0, 600)...)
	n := 0
	for _, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 600 {
		t.Errorf("%d entries, want 600", n)
	}
}

func TestRollback(t *testing.T) {
	s := create(t, recordPath(t))
	b, err := s.Begin(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Add(invent(1), store.Alone, b.BySpelling); err != nil {
		t.Fatal(err)
	}
	if err := b.Rollback(); err != nil {
		t.Fatal(err)
	}
	if o := add(t, s, invent(1))[0]; o.Result != store.Added {
		t.Errorf("after a batch that was given up: %+v", o)
	}
}

// TestTwoWriters has two programs add the same articles at the same time.
func TestTwoWriters(t *testing.T) {
	path := recordPath(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := map[store.Result]int{}
	for range 2 {
		s := create(t, path)
		wg.Go(func() {
			for first := 0; first < 200; first += 10 {
				out, err := s.Add(t.Context(), inventMany(first, 10), noon)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for r, n := range results(out) {
					total[r] += n
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if total[store.Added] != 200 || total[store.Unchanged] != 200 {
		t.Errorf("%v, want 200 added and 200 unchanged", total)
	}
	s, err := store.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	verified(t, s)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	other := func(name string, statements ...string) string {
		db, err := sql.Open("sqlite", in(name))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		return in(name)
	}
	if err := os.WriteFile(in("text"), []byte(strings.Repeat("This is no database at all. ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in("empty"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	newer := create(t, in("newer"))
	newer.Close()
	other("newer", "PRAGMA user_version = 1000")
	for _, c := range []struct {
		name, path string
		want       error
	}{
		{"nothing there", in("absent"), store.ErrNoRecord},
		{"a folder", dir, store.ErrNoRecord},
		{"another program's database", other("bookmarks", "CREATE TABLE bookmark (url TEXT)"), store.ErrNoRecord},
		{"a text", in("text"), store.ErrCorrupt},
		{"an empty file", in("empty"), store.ErrNoRecord},
		{"a later version's", in("newer"), store.ErrNewer},
	} {
		for how, open := range map[string]func() (*store.Store, error){
			"Open":         func() (*store.Store, error) { return store.Open(t.Context(), c.path) },
			"OpenReadOnly": func() (*store.Store, error) { return store.OpenReadOnly(t.Context(), c.path) },
		} {
			if how == "Open" && c.name == "an empty file" {
				continue // it is made a record
			}
			if s, err := open(); !errors.Is(err, c.want) || s != nil {
				t.Errorf("%s of %s: %v, want %v", how, c.name, err, c.want)
			} else if !strings.Contains(err.Error(), c.path) {
				t.Errorf("%s of %s: the error %q does not name it", how, c.name, err)
			}
		}
	}
}
