package figure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/figure"
	"onrecord/pipeline"
)

// published is a Thursday.
var published = time.Date(2025, 8, 14, 0, 0, 0, 0, time.UTC)

func load(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func read(t testing.TB, p *pipeline.Pipeline, body string) pipeline.Reading {
	t.Helper()
	r, err := p.Read(article.Article{Body: body, Language: "en", Published: published})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// describe prints a figure as the cases have it: words = bound value unit;
// of what; as of when; on whose word. What there is not is left out.
func describe(r pipeline.Reading, f figure.Figure) string {
	value := fmt.Sprint(f.Value)
	if f.High != f.Value {
		value += fmt.Sprint(" ", f.High)
	}
	out := strings.Join(slices.DeleteFunc([]string{f.Span.Of(r.Article.Body), "=", string(f.Bound), value, f.Unit}, empty), " ")
	var of []string
	for _, s := range f.Of {
		of = append(of, s.Of(r.Article.Body))
	}
	if len(of) > 0 {
		out += "; of " + strings.Join(of, " ")
	}
	if f.AsOf != "" {
		out += "; as of " + f.AsOf
	}
	if f.Statement >= 0 {
		s := r.Statements[f.Statement].Speaker
		out += "; by " + s.Name + s.Unnamed
	}
	return out
}

func empty(s string) bool { return s == "" }

func TestFind(t *testing.T) {
	p := load(t)
	for _, c := range findCases {
		r := read(t, p, c.text)
		var got []string
		for _, f := range r.Figures {
			got = append(got, describe(r, f))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}
