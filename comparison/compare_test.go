package comparison_test

import (
	"strconv"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
)

// published is the date of every test article, a Wednesday.
var published = time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC)

// compare reads bodies as articles of one story and sets them side by side.
func compare(t testing.TB, bodies ...string) *comparison.Comparison {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var read []pipeline.Reading
	for i, body := range bodies {
		r, err := p.Read(article.Article{ID: strconv.Itoa(i), Body: body, Language: "en", Published: published})
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, r)
	}
	return pipeline.Compare(read)
}
