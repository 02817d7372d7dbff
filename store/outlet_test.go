package store_test

import (
	"fmt"
	"testing"
	"time"

	"onrecord/attribution"
	"onrecord/internal/archive"
	"onrecord/store"
)

// TestOutlets compares what the record says of outlets with a count over all
// articles.
func TestOutlets(t *testing.T) {
	s := create(t, recordPath(t))
	entries := archived(archive.New(5), 300)
	add(t, s, entries...)
	for n := range uint64(6) {
		name := archive.Outlet(n)
		articles, statements, direct, unnamed := map[string]int{}, map[string]int{}, map[string]int{}, 0
		said := map[string]int{} // by whom
		for _, e := range entries {
			if e.Article.Outlet != name {
				continue
			}
			month := e.Article.Published.UTC().Format("2006-01")
			articles[month]++
			for _, one := range e.Statements {
				statements[month]++
				if one.Kind == attribution.Direct {
					direct[month]++
				}
				if one.Speaker.Name == "" {
					unnamed++
				}
				said[one.Speaker.Name]++
			}
		}
		months, err := s.OutletMonths(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range months {
			if month := m.Month.Format("2006-01"); m.Articles != articles[month] {
				t.Errorf("%s in %s: %d articles, want %d", name, month, m.Articles, articles[month])
			}
		}
		q, err := s.Quoting(t.Context(), name, time.Time{}, time.Time{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range q.Months {
			if month := m.Month.Format("2006-01"); m.Statements != statements[month] || m.Direct != direct[month] {
				t.Errorf("%s in %s: %d statements, %d of them direct, want %d and %d", name, month, m.Statements, m.Direct, statements[month], direct[month])
			}
		}
		all := 0
		for i, who := range q.Speakers {
			all += who.Statements
			if i > 0 && who.Statements > q.Speakers[i-1].Statements || who.Name == "" || who.Words < who.Statements {
				t.Errorf("%s quotes %+v", name, who)
			}
			byMonth := 0
			for _, m := range who.Months {
				byMonth += m.Statements
			}
			if byMonth != who.Statements {
				t.Errorf("%s quotes %s %d times in all, %d by month", name, who.Name, who.Statements, byMonth)
			}
		}
		if want := total(statements) - unnamed; all != want || q.Unnamed.Statements != unnamed || q.Articles != total(articles) || len(months) != len(articles) {
			t.Errorf("%s: %d statements of speakers and %d others in %d articles, want %d and %d in %d", name, all, q.Unnamed.Statements, q.Articles, want, unnamed, total(articles))
		}
		listed := 0
		for before := int64(0); ; {
			page, err := s.OutletArticles(t.Context(), name, time.Time{}, time.Time{}, before, 4)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range page {
				if a.Outlet != name || before > 0 && a.Row >= before {
					t.Errorf("%s has %s of %s", name, a.ID, a.Outlet)
				}
				before = a.Row
			}
			if listed += len(page); len(page) < 4 {
				break
			}
		}
		if listed != total(articles) {
			t.Errorf("%s: %d articles are listed, want %d", name, listed, total(articles))
		}
		for month := range articles {
			from, _ := time.Parse("2006-01", month)
			part, err := s.Quoting(t.Context(), name, from, from.AddDate(0, 1, 0), 3)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(part.Articles, len(part.Months), part.Months[0].Statements); got != fmt.Sprint(articles[month], 1, statements[month]) || len(part.Speakers) > 3 {
				t.Errorf("%s in %s alone: %s", name, month, got)
			}
		}
	}
	if q, err := s.Quoting(t.Context(), "The Nowhere", time.Time{}, time.Time{}, 5); err != nil || q.Articles != 0 || len(q.Speakers) != 0 {
		t.Errorf("an outlet that is none: %+v, %v", q, err)
	}
}

// TestOutletVersions: an earlier version of an article counts for nothing.
func TestOutletVersions(t *testing.T) {
	s := create(t, recordPath(t))
	entries := archived(archive.New(6), 2)
	later := entries[1]
	later.Article.ID, later.Article.URL, later.Article.Outlet = "later", entries[0].Article.URL, entries[0].Article.Outlet
	add(t, s, entries[0], later)
	months, err := s.OutletMonths(t.Context(), later.Article.Outlet)
	if err != nil || len(months) != 1 || months[0].Articles != 1 {
		t.Errorf("months %+v, %v", months, err)
	}
	q, err := s.Quoting(t.Context(), later.Article.Outlet, time.Time{}, time.Time{}, store.MaxQuoting)
	if err != nil || q.Articles != 1 {
		t.Errorf("%+v, %v", q, err)
	}
}

func total(counts map[string]int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}
