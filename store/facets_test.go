package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"onrecord/query"
)

func TestFacets(t *testing.T) {
	s := harbour(t)
	for _, c := range []struct {
		query    string
		articles bool
		want     string
	}{
		{"", false, "6 true [{courier 4} {Northern Ledger 2}] [{indirect 3} {direct 2} {mixed 1}] [{Ada Voss 3} {Ivo Holm 2}] [{2026 5}]"},
		{"ferry", false, "3 true [{courier 2} {Northern Ledger 1}] [{indirect 2} {direct 1}] [{Ada Voss 2} {Ivo Holm 1}] [{2026 2}]"},
		{"ferry outlet:courier", false, "2 true [{courier 2}] [{direct 1} {indirect 1}] [{Ada Voss 2}] [{2026 1}]"},
		{"tariffs OR kind:mixed", false, "2 true [{Northern Ledger 1} {courier 1}] [{indirect 1} {mixed 1}] [{Ada Voss 1}] [{2026 1}]"},
		{"pier", true, "3 true [{courier 2} {Northern Ledger 1}] [] [] [{2026 3}]"},
		{"zeppelin", false, "0 true [] [] [] []"},
	} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.Facets(t.Context(), q, c.articles)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(f.Matches, f.All, f.Outlets, f.Kinds, f.Speakers, f.Years); got != c.want {
			t.Errorf("%q:\n%s, want\n%s", c.query, got, c.want)
		}
	}
}

// TestFacetsNameSpeakers counts speakers by what the record calls them.
func TestFacetsNameSpeakers(t *testing.T) {
	s := harbour(t)
	found, err := s.FindSpeakers(t.Context(), "Ada Voss", 2)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if err := s.Write(t.Context(), time.Unix(1e9, 0), func(b *Batch) error { return b.Call(found[0].Row, "Ada Lund") }); err != nil {
		t.Fatal(err)
	}
	f, err := s.Facets(t.Context(), query.Query{}, false)
	if got := fmt.Sprint(f.Speakers, err); got != "[{Ada Lund 3} {Ivo Holm 2}] <nil>" {
		t.Error(got)
	}
}

// TestFacetsAreBounded counts the newest of more than can be counted.
func TestFacetsAreBounded(t *testing.T) {
	s, err := Create(t.Context(), t.TempDir()+"/record.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var entries []Entry
	for i := range maxCounted + 5 {
		entries = append(entries, entry(t, fmt.Sprint(i), fmt.Sprint("outlet ", i%20), time.Date(2000+i/100, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), "A note", fmt.Sprintf("Note %d on the ferry.", i)))
	}
	if _, err := s.Add(t.Context(), entries, time.Unix(1e9, 0)); err != nil {
		t.Fatal(err)
	}
	f, err := s.Facets(t.Context(), query.Query{Root: query.Words{Text: "ferry"}}, true)
	if err != nil {
		t.Fatal(err)
	}
	if f.All || f.Matches != maxCounted || len(f.Outlets) != maxFacets || len(f.Years) != maxFacets {
		t.Errorf("%+v", f)
	}
}

// TestSearchSkips goes through what is found by relevance, a hit at a time.
func TestSearchSkips(t *testing.T) {
	s := harbour(t)
	var got []string
	for i := range 5 {
		got = append(got, search(t, s, "ferry OR pier", SearchOptions{Limit: 1, Skip: i})...)
	}
	if want := search(t, s, "ferry OR pier", SearchOptions{}); !slices.Equal(got, want) || len(got) != 5 {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNumber(t *testing.T) {
	s := harbour(t)
	hits, err := s.Search(t.Context(), query.Query{}, SearchOptions{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		if n, err := s.Number(t.Context(), h.Statement.Row); err != nil || n != h.N {
			t.Errorf("%q: number %d, %v; want %d", h.Statement.Text, n, err, h.N)
		}
	}
	if _, err := s.Number(t.Context(), 1<<60); !errors.Is(err, ErrNotFound) {
		t.Errorf("a statement that is not there: %v", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
