package comparison_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/internal/corpora"
	"onrecord/text"
)

// TestTensionsOfCarefulReading holds the tensions of two reports against a
// careful reader's: all of them and no others.
func TestTensionsOfCarefulReading(t *testing.T) {
	dir := corpora.Path(t, "seeds")
	raw, err := os.ReadFile(filepath.Join(dir, "reading.json"))
	if err != nil {
		t.Fatal(err)
	}
	var reading struct {
		Published  string
		Statements []struct {
			ID, Article string
			Content     [][2]int
		}
		Tensions []struct{ Between [2]string }
	}
	if err := json.Unmarshal(raw, &reading); err != nil {
		t.Fatal(err)
	}
	published, err := time.Parse(time.DateOnly, reading.Published)
	if err != nil {
		t.Fatal(err)
	}
	number := map[string]int{} // of an article
	statement := map[string]int{}
	var articles []article.Article
	for n, s := range reading.Statements {
		statement[s.ID] = n
		if _, ok := number[s.Article]; ok {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, s.Article+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		number[s.Article] = len(articles)
		articles = append(articles, article.Article{ID: s.Article, Body: string(body), Published: published, DateOnly: true})
	}
	c := compared(t, articles)
	checkTensions(t, c)
	// touches reports whether a passage overlaps the statement's content.
	touches := func(article int, span text.Span, id string) bool {
		s := reading.Statements[statement[id]]
		if number[s.Article] != article {
			return false
		}
		at := text.NewCharacters(c.Reports[article].Article.Body).Span(span)
		for _, p := range s.Content {
			if at.Start < p[1] && p[0] < at.End {
				return true
			}
		}
		return false
	}
	for _, want := range reading.Tensions {
		found := false
		for _, x := range c.Tensions {
			a, b := x.Between[0], x.Between[1]
			found = found || touches(a.Article, a.Span, want.Between[0]) && touches(b.Article, b.Span, want.Between[1]) ||
				touches(a.Article, a.Span, want.Between[1]) && touches(b.Article, b.Span, want.Between[0])
		}
		if !found {
			t.Errorf("not found: %v", want.Between)
		}
	}
	if len(c.Tensions) != len(reading.Tensions) {
		for _, x := range c.Tensions {
			t.Logf("%q", passages(c, x))
		}
		t.Errorf("%d tensions, want %d", len(c.Tensions), len(reading.Tensions))
	}
}
