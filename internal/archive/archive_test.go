package archive_test

import (
	"reflect"
	"strings"
	"testing"

	"onrecord/internal/archive"
)

// TestArchive sees to it that an archive is what its benchmarks take it for.
func TestArchive(t *testing.T) {
	a, again := archive.New(1), archive.New(1)
	const articles = 2000
	statements, first, words, common := 0, 0, 0, 0
	for n := range articles {
		r := a.Next()
		if n < 20 && !reflect.DeepEqual(r, again.Next()) {
			t.Fatalf("article %d is another one the second time", n)
		}
		for _, s := range r.Statements {
			statements++
			if s.Speaker.Name == archive.Person(0) {
				first++
			}
			for _, c := range s.Content {
				for _, w := range strings.Fields(strings.ToLower(c.Of(r.Article.Body))) {
					words++
					if strings.Trim(w, "“,”") == archive.Word(0) {
						common++
					}
				}
			}
		}
	}
	if mean := float64(statements) / articles; mean < archive.StatementsPerArticle-1 || mean > archive.StatementsPerArticle+1 {
		t.Errorf("%.1f statements an article", mean)
	}
	if share := float64(first) / float64(statements); share < .035 || share > .065 {
		t.Errorf("the one who says the most says %.3f of everything", share)
	}
	if share := float64(common) / float64(words); share < .03 || share > .08 {
		t.Errorf("the most frequent word is %.3f of all", share)
	}
}

func BenchmarkNext(b *testing.B) {
	a := archive.New(1)
	for b.Loop() {
		a.Next()
	}
}
