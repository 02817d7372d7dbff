package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/store"
)

func month(year, n int) time.Time { return time.Date(year, time.Month(n), 1, 0, 0, 0, 0, time.UTC) }

func TestChart(t *testing.T) {
	two := []series{{"quoted", "quoted"}, {"not", "unquoted"}}
	if c := newChart("Statements", "statement", "statements", two, nil); c != nil {
		t.Errorf("a chart of nothing: %+v", c)
	}
	for _, c := range []struct {
		name   string
		months []slot
		want   string // name; columns; first column's place; heights of its parts; ticks; scale; rows
	}{
		{"one month, among the twelve before it", []slot{{month(2026, 3), []int{1, 3}}},
			"Statements by month; 1; 92.50% 6.67%; 32.5 97.5; Apr 2025,Aug 2025,Dec 2025; 4,2,0; March 2026=1/3"},
		{"two years", []slot{{month(2023, 1), []int{5, 0}}, {month(2025, 2), []int{0, 53}}},
			"Statements by month; 2; 0.38% 3.08%; 10.8; 2023,2024; 60,30,0; January 2023=5/0 February 2025=0/53"},
		{"two decades, by year", []slot{{month(2001, 5), []int{1, 0}}, {month(2001, 9), []int{1, 1}}, {month(2020, 2), []int{7, 0}}},
			"Statements by year; 2; 0.50% 4.00%; 32.5 16.2; 2001,2005,2009,2013,2017; 8,4,0; 2001=2/1 2020=7/0"},
	} {
		got := newChart("Statements", "statement", "statements", two, c.months)
		first := got.Columns[0]
		var heights, ticks, lines, rows []string
		for _, p := range first.Parts {
			heights = append(heights, p.Height)
		}
		for _, k := range got.Ticks {
			ticks = append(ticks, k.Text)
		}
		for _, l := range got.Lines {
			lines = append(lines, l.Text)
		}
		for _, r := range got.Rows {
			rows = append(rows, r.Name+"="+strings.Join(r.Values, "/"))
		}
		said := fmt.Sprintf("%s; %d; %s %s; %s; %s; %s; %s", got.Name, len(got.Columns), first.X, first.Width,
			strings.Join(heights, " "), strings.Join(ticks, ","), strings.Join(lines, ","), strings.Join(rows, " "))
		if said != c.want {
			t.Errorf("%s:\n %s, want\n %s", c.name, said, c.want)
		}
	}
	for n, want := range map[int]int{0: 2, 2: 2, 3: 4, 11: 12, 17: 20, 53: 60, 101: 120, 9999: 10000} {
		if got := round(n); got != want {
			t.Errorf("%d is rounded to %d, want %d", n, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		first, last, at time.Time
		unit            string
		names, of       string
	}{
		{month(2026, 1), month(2026, 3), month(2026, 2), "month", "[Jan 26 Feb 26 Mar 26]", "1"},
		{month(2025, 2), month(2026, 3), month(2025, 12), "quarter", "[Q1 25 Q2 25 Q3 25 Q4 25 Q1 26]", "3"},
		{month(2020, 6), month(2024, 1), month(2024, 1), "year", "[2020 2021 2022 2023 2024]", "4"},
		{month(2020, 6), month(2024, 1), time.Time{}, "year", "[2020 2021 2022 2023 2024]", "-1"},
	} {
		p := newPeriods([]slot{{at: c.first}, {at: c.last}})
		if got := fmt.Sprintf("%s %v %d", p.unit, p.names, p.of(c.at)); got != fmt.Sprintf("%s %s %s", c.unit, c.names, c.of) {
			t.Errorf("%v to %v: %s, want %s %s %s", c.first, c.last, got, c.unit, c.names, c.of)
		}
	}
	if p := newPeriods(nil); p.of(month(2026, 1)) != -1 {
		t.Error("a month of no time")
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Ana Moreno": "/speaker/7/ana-moreno", "Łucja d’Été": "/speaker/7/%C5%82ucja-d-%C3%A9t%C3%A9", "../../etc": "/speaker/7/etc", "": "/speaker/7", "—": "/speaker/7",
		"Correct": "/speaker/7", "feed.atom": "/speaker/7/feed-atom",
	} {
		if got := addressOfSpeaker(7, name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{"": "", ".": "", "..": "", "a/b?c": "/outlet/a%2Fb%3Fc"} {
		if got := addressOfOutlet(name); got != want {
			t.Errorf("outlet %q: %s, want %s", name, got, want)
		}
	}
}

func TestWatched(t *testing.T) {
	now := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		feed store.Feed
		want string
	}{
		{store.Feed{Address: "https://quay.example/feed", Title: "The Quay", Kind: "rss", Visited: now.Add(-90 * time.Second), Next: now.Add(3 * time.Hour), Interval: 24 * time.Hour, Named: 1200, Kept: 1100, Waiting: 2},
			"The Quay https://quay.example/feed; quay.example rss; 2 minutes ago, in 3 hours, 24 hours; 1,200 1,100 2; ; "},
		{store.Feed{Address: "javascript:alert(1)", Error: "the server answered 500", Failures: 3},
			"javascript:alert(1) ;  ; , , ; 0 0 0; the server answered 500 (3 times in a row); "},
		{store.Feed{Address: "https://quay.example/old", Visited: now.Add(-72 * time.Hour), Error: "the server answered 410 Gone", Failures: 1, Ended: "410 Gone"},
			"https://quay.example/old https://quay.example/old; quay.example ; 3 days ago, , ; 0 0 0; ; 410 Gone"},
	} {
		p := newFeedsPage([]store.Feed{c.feed}, now)
		w := append(p.Feeds, p.Ended...)[0]
		got := fmt.Sprintf("%s %s; %s %s; %s, %s, %s; %s %s %s; %s; %s", w.Title.Text, w.Title.Href, w.Host, w.Kind, w.Visited.Text, w.Next.Text, w.Every, w.Named, w.Kept, w.Waiting, w.Trouble, w.Ended)
		if got != c.want {
			t.Errorf("\n%s, want\n%s", got, c.want)
		}
	}
}
