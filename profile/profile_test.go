package profile_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
	"onrecord/profile"
	"onrecord/speaker"
)

var errNobody = errors.New("nobody there")

// memory is an Index of articles, each read and in a story of its own.
type memory struct {
	who      string
	readings []profile.Reading
}

// perArticle is how many rows of statements an article of a memory has.
const perArticle = 100

// remember reads articles: a day, then the text. The title is the first line.
func remember(t testing.TB, who string, articles ...string) (*memory, *pipeline.Pipeline) {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{who: who}
	for i, s := range articles {
		day, body, _ := strings.Cut(s, ": ")
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(body, "\n")
		r, err := p.Read(article.Article{ID: fmt.Sprint("a", i+1), Outlet: "The Quay", Title: title, Published: at, DateOnly: true, Language: "en", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		reading := profile.Reading{Article: &r.Article, First: int64(i+1) * perArticle, Story: int64(i + 1), Statements: r.Statements}
		for _, s := range r.Statements {
			reading.Own = append(reading.Own, strings.HasSuffix(s.Speaker.Name, who))
		}
		m.readings = append(m.readings, reading)
	}
	return m, p
}

func (m *memory) Credits(_ context.Context, row int64) (profile.Credits, error) {
	if row != 1 {
		return profile.Credits{}, errNobody
	}
	return profile.Credits{Name: m.who, Spellings: []profile.Spelling{{Text: m.who, Articles: len(m.readings)}}}, nil
}

func (m *memory) each(own bool, do func(r profile.Reading, n int, s speaker.Statement)) {
	for _, r := range m.readings {
		for n, s := range r.Statements {
			if r.Own[n] == own {
				do(r, n, s)
			}
		}
	}
}

func words(body string, s speaker.Statement) string {
	var parts []string
	for _, c := range s.Content {
		parts = append(parts, strings.Fields(c.Of(body))...)
	}
	return strings.Join(parts, " ")
}

func (m *memory) Newest(_ context.Context, _ int64, limit int) (out []profile.Said, _ error) {
	m.each(true, func(r profile.Reading, n int, s speaker.Statement) {
		out = append(out, profile.Said{
			Row: r.First + int64(n), Article: r.First, Story: r.Story, Published: r.Article.Published, Polarity: s.Polarity, Date: s.Date, Text: words(r.Article.Body, s),
		})
	})
	slices.SortStableFunc(out, func(a, b profile.Said) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(b.Row, a.Row))
	})
	return out[:min(limit, len(out))], nil
}

func (m *memory) Others(_ context.Context, _ int64, limit int) (out []string, _ error) {
	m.each(false, func(r profile.Reading, _ int, s speaker.Statement) { out = append(out, words(r.Article.Body, s)) })
	return out[:min(limit, len(out))], nil
}

func (m *memory) Reading(_ context.Context, _, article int64) (profile.Reading, error) {
	return m.readings[article/perArticle-1], nil
}

func (m *memory) Headline(_ context.Context, story int64) (string, error) {
	return m.readings[story-1].Article.Title, nil
}

// quay are articles in which Ada Quill speaks of the Dunmore quarry and others of
// anything.
var quay = []string{
	"2023-03-01: Quarry to stay\n\nThe council met in the old customs house on a wet Tuesday.\n\nMayor Ada Quill said that the city will not close the Dunmore quarry.\n\n“The new ferry is late,” said Tom Odell, the harbor engineer. “The boats are old.”",
	"2023-06-01: Picnic\n\n“The Dunmore quarry feeds eight hundred families,” Mayor Ada Quill said.\n\nTom Odell said that the picnic was wet.",
	"2024-02-01: Budget talks\n\nAda Quill said the Dunmore quarry owes the city rent. “A quarry is not a museum,” she said.\n\n“The library needs a roof,” said Priya Raman. Owen Marsh said that the roof could wait.",
	"2025-01-15: Quarry to close\n\nThe vote came late on Thursday.\n\nIt was a reversal. Mayor Ada Quill told the council that the city will close the Dunmore quarry.\n\nPriya Raman said that nobody had asked the miners.",
}

func TestFind(t *testing.T) {
	index, p := remember(t, "Quill", quay...)
	got, err := profile.Find(t.Context(), index, p.Parser, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got.Read != 5 || got.Name != "Quill" {
		t.Errorf("%d statements of %q read, want 5", got.Read, got.Name)
	}
	var stories []string
	for _, s := range got.Stories {
		stories = append(stories, fmt.Sprintf("%d %s: %d", s.Number, s.Headline, len(s.Statements)))
	}
	if want := []string{"4 Quarry to close: 1", "3 Budget talks: 2"}; !slices.Equal(stories, want) {
		t.Errorf("stories %q, want %q", stories, want)
	}
	if len(got.Topics) == 0 || got.Topics[0].Words != "Dunmore quarry" || got.Topics[0].Statements != 4 || got.Topics[0].NStories != 4 || len(got.Topics[0].Years) != 3 {
		t.Errorf("topics %+v, want the Dunmore quarry of four statements in four stories and three years", got.Topics)
	}
	if len(got.Tensions) != 1 {
		t.Fatalf("%d tensions, want 1", len(got.Tensions))
	}
	x := got.Tensions[0]
	for i, want := range []struct{ article, passage string }{{"a4", "that the city will close the Dunmore quarry"}, {"a1", "that the city will not close the Dunmore quarry"}} {
		if s := x.Between[i]; s.Article.ID != want.article || s.Span.Of(s.Article.Body) != want.passage || x.Reason != comparison.Changed {
			t.Errorf("side %d: %s of %s, want %+v", i, s.Span.Of(s.Article.Body), s.Article.ID, want)
		}
	}
}

func TestFindNobody(t *testing.T) {
	index, p := remember(t, "Quill", quay[0])
	if _, err := profile.Find(t.Context(), index, p.Parser, 2, 3); !errors.Is(err, errNobody) {
		t.Errorf("%v, want %v", err, errNobody)
	}
	index.who, index.readings = "Nobody", nil
	got, err := profile.Find(t.Context(), index, p.Parser, 1, 3)
	if err != nil || got.Read != 0 || got.Topics != nil || got.Tensions != nil || got.Stories != nil {
		t.Errorf("%v, %+v of somebody who says nothing", err, got)
	}
}

// TestTensionsAmongMany looks for a change among statements that have much in
// common with it and do not contradict it.
func TestTensionsAmongMany(t *testing.T) {
	articles := slices.Clone(quay)
	for i, town := range []string{"Norland", "Harbor City", "Eastwick", "Lowmoor", "Saltby", "Fenwick", "Marsh End", "Ottery"} {
		articles = append(articles, fmt.Sprintf("2024-0%d-03: A visit to %s\n\n“The quarry of %s is not for sale, and the city has no plan for it,” Mayor Ada Quill said.\n\nAda Quill said that the people of %s should vote.", i+1, town, town, town))
	}
	index, p := remember(t, "Quill", articles...)
	got, err := profile.Find(t.Context(), index, p.Parser, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range got.Tensions {
		a, b := x.Between[0], x.Between[1]
		if a.Article.ID != "a4" || b.Article.ID != "a1" {
			t.Errorf("%q against %q", a.Span.Of(a.Article.Body), b.Span.Of(b.Article.Body))
		}
	}
	if len(got.Tensions) != 1 {
		t.Errorf("%d tensions, want 1", len(got.Tensions))
	}
}

func TestNearest(t *testing.T) {
	names := []string{"Ada Quill", "Ana Moreno", "Adam Quint", "Tom Odell", "Quill", "Ada Quill"}
	for _, tt := range []struct {
		asked string
		want  []string
	}{
		{"Ada Quil", []string{"Ada Quill"}},
		{"Adam Quill", []string{"Ada Quill", "Adam Quint"}},
		{"ODELL", []string{"Tom Odell"}},
		{"Tomm Odel", []string{"Tom Odell"}},
		{"Zebulon Pike", nil},
		{"", []string{"Ada Quill", "Ana Moreno"}},
	} {
		if got := profile.Nearest(tt.asked, names, 2); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.asked, got, tt.want)
		}
	}
}
