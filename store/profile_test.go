package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"onrecord/internal/archive"
	"onrecord/pipeline"
	"onrecord/profile"
	"onrecord/store"
)

// TestCredits counts what is said in the latest versions of articles, with one
// that has no date.
func TestCredits(t *testing.T) {
	s := create(t, recordPath(t))
	entries := inventMany(0, 12) // Ana Moreno speaks in two
	entries[6].Article.Published = time.Time{}
	add(t, s, entries...)
	later := invent(0)
	later.Article.Body += "Nobody came.\n"
	add(t, s, later)
	found, err := s.FindSpeakers(t.Context(), "ana moreno", 2)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %+v", err, found)
	}
	c, err := s.Credits(t.Context(), found[0].Row)
	if err != nil {
		t.Fatal(err)
	}
	day := noon.Truncate(24 * time.Hour)
	if c.Name != "Ana Moreno" || c.Articles != 2 || c.Statements != 4 || c.Direct != 2 || c.Words == 0 || !c.First.Equal(day) || !c.Last.Equal(day) || !c.Since.IsZero() {
		t.Errorf("%+v", c)
	}
	if !slices.Equal(c.Roles, []profile.Role{{Role: "board member", First: day, Last: day, Articles: 2}}) {
		t.Errorf("roles %+v", c.Roles)
	}
	if !slices.Equal(c.Outlets, []profile.Outlet{{Name: "The Quay", Articles: 2, Statements: 4, Words: c.Words}}) {
		t.Errorf("outlets %+v", c.Outlets)
	}
	if month := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC); !slices.Equal(c.Months, []profile.Month{{Month: month, Statements: 2}}) {
		t.Errorf("months %+v", c.Months)
	}
	said, err := s.Newest(t.Context(), found[0].Row, 3)
	if err != nil || len(said) != 3 || !said[2].Published.IsZero() || said[0].Row < said[1].Row {
		t.Fatalf("%v, newest %+v", err, said)
	}
	r, err := s.Reading(t.Context(), found[0].Row, said[0].Article)
	if err != nil || r.Article.Body != later.Article.Body || !slices.Equal(r.Own, []bool{true, true}) || r.First+1 != said[0].Row {
		t.Errorf("%v, reading %+v", err, r)
	}
	others, err := s.Others(t.Context(), found[0].Row, 1000)
	if err != nil || len(others) == 0 {
		t.Errorf("%v, %d texts of others", err, len(others))
	}
	if _, err := s.Credits(t.Context(), 999); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
	if near, err := s.NearNames(t.Context(), "Anna Morino", 3); err != nil || !slices.Equal(near, []string{"Ana Moreno"}) {
		t.Errorf("%v, near names %q", err, near)
	}
}

// BenchmarkProfile makes the profile of somebody who speaks in every article of
// a record (-fill).
func BenchmarkProfile(b *testing.B) {
	p, err := pipeline.Default()
	if err != nil {
		b.Fatal(err)
	}
	s := create(b, recordPath(b))
	reports := archive.New(7)
	for made := 0; made < *fill; made += 512 {
		entries := archived(reports, 512)
		for i := range entries {
			who := &entries[i].Statements[0].Speaker
			who.Name, who.ID = "Mara Voss", "mara-voss"
		}
		add(b, s, entries...)
	}
	found, err := s.FindSpeakers(b.Context(), "Mara Voss", 1)
	if err != nil || len(found) != 1 {
		b.Fatal(err, found)
	}
	var all []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := profile.Find(b.Context(), s, p.Parser, found[0].Row, 20); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	b.ReportMetric(float64(found[0].Statements), "statements")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}
