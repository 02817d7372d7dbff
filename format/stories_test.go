package format

import (
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/store"
)

// ferryStory has articles of five outlets over two months, one of them in two versions.
func ferryStory() store.Story {
	at := func(id, outlet, title, day, why string) *store.Article {
		published, _, err := article.ParseDate(day)
		if day != "" && err != nil {
			panic(err) // a day of this file
		}
		return &store.Article{Article: article.Article{ID: id, Outlet: outlet, Title: title, Published: published}, Why: why, Story: 12}
	}
	return store.Story{
		Row: 12,
		Articles: []*store.Article{
			at("wire-0", "Coastline Wire", "", "", ""),
			at("quay-1", "The Quay", "Ferry to stop\x1b[2J in May", "2026-02-27", `{"alike":0.3141,"required":0.127,"days":1.9,"words":["ferry","jetty"],"quoted":"not one more winter","with":[14,15]}`),
			at("herald-2", "Marl Herald", "", "2026-02-28", ""),
			at("post-3", "Evening Post", "Ferry stops", "2026-03-01", `{"change":"move","by":"Ana","at":"2026-03-02T09:30:00Z"}`),
			at("courier-4", "Courier", "", "2026-03-02", `{"alike":0.2,"required":0.1}`),
		},
		Earlier: []*store.Article{at("quay-0", "The Quay", "Ferry may stop", "2026-02-26", "")},
		Voices:  []store.Voice{{Name: "Ana Moreno", Statements: 7}, {Name: "Peter Lund", Statements: 1}},
	}
}

func TestStoriesText(t *testing.T) {
	var out strings.Builder
	alone := store.Story{Row: 3, Articles: []*store.Article{{Article: article.Article{ID: "letter-9"}}}}
	if err := StoriesText(&out, []store.Story{ferryStory(), alone, {Row: 4}}, TextOptions{Width: 64}); err != nil {
		t.Fatal(err)
	}
	want := `12  Ferry to stop�[2J in May
    5 articles · Coastline Wire, The Quay, Marl Herald and 2
    more · 27 February – 2 March 2026
    Ana Moreno (7), Peter Lund (1)

 3  letter-9
    1 article

 4  No articles
    no articles
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestWhyText(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	corrections := []store.Correction{
		{What: store.Move, At: at, By: "Ana", Stories: [][]string{{"post-3", "quay-0"}, {"letter-9"}}},
		{What: store.Merge, At: at, Stories: [][]string{{"letter-9", "letter-10"}}},
	}
	var out strings.Builder
	if err := WhyText(&out, ferryStory(), corrections, TextOptions{Width: 64}); err != nil {
		t.Fatal(err)
	}
	want := `Why these articles are in story 12

Coastline Wire · wire-0
  a story began with it

The Quay, 27 February 2026 · Ferry to stop�[2J in May · quay-1
  alike by 0.31, where 0.13 was enough at 2 days from the story
  words in common: ferry, jetty
  the story quotes this too: “not one more winter”
  showed that this is the story of 14, 15 too

Marl Herald, 28 February 2026 · herald-2
  a story began with it

Evening Post, 1 March 2026 · Ferry stops · post-3
  put here by hand (move) on 2 March 2026, 09:30 UTC by Ana

Courier, 2 March 2026 · courier-4
  alike by 0.20, where 0.10 was enough

CORRECTED BY HAND

move · 2 March 2026, 09:30 UTC · Ana
  one story: post-3, quay-0
  another: letter-9
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestDays(t *testing.T) {
	for _, tt := range []struct{ first, last, want string }{
		{"2026-03-01", "2026-03-01", "1 March 2026"},
		{"2026-03-01", "2026-03-17", "1–17 March 2026"},
		{"2026-02-27", "2026-03-02", "27 February – 2 March 2026"},
		{"2025-12-31", "2026-01-02", "31 December 2025 – 2 January 2026"},
		{"2025-03-01", "2026-03-01", "1 March 2025 – 1 March 2026"},
	} {
		first, _, _ := article.ParseDate(tt.first)
		last, _, _ := article.ParseDate(tt.last)
		if got := days(first, last); got != tt.want {
			t.Errorf("%s to %s: %q, want %q", tt.first, tt.last, got, tt.want)
		}
	}
}

// TestCorrections writes corrections as text, and as JSON that is read again.
func TestCorrections(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	many := strings.Fields("a b c d e f g h i j k")
	corrections := []store.Correction{
		{What: store.Merge, At: at, By: "Ana", Stories: [][]string{many}},
		{What: store.Same, At: at, Names: []string{"Ana Moreno", "A. Moreno"}},
		{What: store.Different, At: at, Names: []string{"Tom Ferris"}, Articles: []string{"quay-1"}},
		{What: store.Rename, At: at, Names: []string{"Moreno"}, Name: "Ana Moreno"},
	}
	var out strings.Builder
	if err := CorrectionsText(&out, corrections, TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	want := `merge · 2 March 2026, 09:30 UTC · Ana
  one story: a, b, c, d, e, f, g, h and 3 more

same · 2 March 2026, 09:30 UTC
  one speaker: Ana Moreno, A. Moreno

different · 2 March 2026, 09:30 UTC
  not one speaker: Tom Ferris
  in quay-1

rename · 2 March 2026, 09:30 UTC
  Moreno is called Ana Moreno
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	var lines strings.Builder
	if err := CorrectionsJSON(&lines, corrections); err != nil {
		t.Fatal(err)
	}
	n := 0
	for line, err := range Records(strings.NewReader(lines.String() + `{"correction":"merge","stories":7}` + "\n" + `{"correction":7}`)) {
		switch {
		case n < len(corrections) && (err != nil || line.Correction == nil || line.Correction.What != corrections[n].What || line.Correction.Name != corrections[n].Name || !line.Correction.At.Equal(at)):
			t.Errorf("correction %d is read as %+v, %v", n, line.Correction, err)
		case n >= len(corrections) && err == nil:
			t.Errorf("line %d is no correction, and read as %+v", n, line)
		}
		n++
	}
	if n != len(corrections)+2 {
		t.Errorf("%d lines", n)
	}
}
