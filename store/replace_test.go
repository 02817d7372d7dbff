package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"onrecord/query"
	"onrecord/store"
)

// anew is an invented article as a later program reads it: its second
// statement alone, credited to somebody else, and no figure.
func anew(n int) store.Entry {
	e := invent(n)
	e.Statements = e.Statements[1:]
	e.Statements[0].Speaker.Name, e.Statements[0].Speaker.ID = "Signe Holm", "signe-holm"
	e.Figures, e.Fingerprint = nil, "stages 2, model test"
	return e
}

func hits(t *testing.T, s *store.Store, words string) (ids []string) {
	t.Helper()
	q, err := query.Parse(words)
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Search(t.Context(), q, store.SearchOptions{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found {
		ids = append(ids, h.Article.ID)
	}
	return ids
}

func TestReplace(t *testing.T) {
	s := create(t, recordPath(t))
	add(t, s, inventMany(0, 60)...)
	before, err := s.Article(t.Context(), "a-7")
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Begin(t.Context(), noon.AddDate(0, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Rollback()
	for _, n := range []int{7, 47, 13} { // the first two of one day
		if out, err := b.Replace(anew(n), b.BySpelling); err != nil || out.Result != store.Renewed || out.ID != invent(n).Article.ID {
			t.Fatalf("%+v, %v", out, err)
		}
	}
	if _, err := b.Replace(store.Entry{}, b.BySpelling); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("replacing what is not there: %v", err)
	}
	if got := hits(t, s, "speaker:Holm"); got != nil {
		t.Errorf("%v are found before they are committed", got)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	verified(t, s)
	for n := range 60 {
		want := invent(n)
		if n == 7 || n == 47 || n == 13 {
			want = anew(n)
		}
		a, err := s.Article(t.Context(), want.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Entry(t.Context(), a.Row)
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("article %d is %+v, %v", n, got, err)
		}
		if n == 7 {
			before.Fingerprint = a.Fingerprint
			if !reflect.DeepEqual(a, before) {
				t.Errorf("the article was %+v and is %+v", before, a)
			}
		}
	}
	if got := hits(t, s, "speaker:Holm"); len(got) != 3 {
		t.Errorf("the new speaker is found in %v", got)
	}
	if got := hits(t, s, `"asked us 7 times"`); got != nil { // a statement that is no more
		t.Errorf("what was replaced is found in %v", got)
	}
	if got := hits(t, s, `"letter 7 about"`); !reflect.DeepEqual(got, []string{"a-7"}) {
		t.Errorf("what was found anew is found in %v", got)
	}
	readings, err := s.Readings(t.Context())
	if want := []store.Readings{{Fingerprint: "stages 1, model test", Articles: 57}, {Fingerprint: "stages 2, model test", Articles: 3}}; err != nil || !reflect.DeepEqual(readings, want) {
		t.Errorf("readings %+v, %v", readings, err)
	}
	var newest []string
	for a, err := range s.ReadBy(t.Context(), "stages 2, model test") {
		if err != nil || a.Body == "" {
			t.Fatal(a, err)
		}
		newest = append(newest, a.ID)
	}
	if got := strings.Join(newest, " "); got != "a-7 a-47 a-13" && got != "a-13 a-7 a-47" && got != "a-13 a-47 a-7" {
		t.Errorf("read by the later: %s", got)
	}
	if n, err := s.Size(t.Context()); n != 60 || err != nil {
		t.Errorf("size %d, %v", n, err)
	}
}

// TestReplaceAgain replaces everything several times, with more and with fewer
// statements, so that rows are used again.
func TestReplaceAgain(t *testing.T) {
	s := create(t, recordPath(t))
	add(t, s, inventMany(0, 300)...)
	for round := range 5 {
		b, err := s.Begin(t.Context(), noon)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 300 {
			e := invent(n)
			if round%2 == 0 {
				e = anew(n)
			}
			if _, err := b.Replace(e, b.BySpelling); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
		verified(t, s)
	}
	if got := hits(t, s, "asked"); got != nil {
		t.Errorf("%d statements that are no more are found", len(got))
	}
	if got := hits(t, s, "unanswered"); len(got) != 100 {
		t.Errorf("%d statements are found, want 100", len(got))
	}
}
