package comparison_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/text"
)

// FuzzTensions compares any two texts and looks whether what is called a
// tension can be shown.
func FuzzTensions(f *testing.F) {
	for _, c := range readTensionCases(f, "cases.txt") {
		f.Add(c.articles[0].Body, c.articles[len(c.articles)-1].Body)
	}
	f.Add("Despite", "But records show that")
	f.Add("“That’s not true,” he said, denying that “", "a point that\ndisputes")
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" || !utf8.ValidString(a) || !utf8.ValidString(b) || len(a+b) > 20000 {
			return
		}
		checkTensions(t, compared(t, []article.Article{{Body: a, Language: "en"}, {Body: b, Language: "en"}}))
	})
}

// checkTensions looks for sides that are no passage of their article, are not
// of their statement, overlap or are out of order.
func checkTensions(t *testing.T, c *comparison.Comparison) {
	t.Helper()
	whole := func(article int, s text.Span) bool {
		body := c.Reports[article].Article.Body
		return 0 <= s.Start && s.Start < s.End && s.End <= len(body) && utf8.ValidString(s.Of(body))
	}
	for _, x := range c.Tensions {
		a, b := x.Between[0], x.Between[1]
		switch {
		case !whole(a.Article, a.Span) || !whole(b.Article, b.Span):
			t.Errorf("%+v: a side is no passage", x)
		case a.Article == b.Article && a.Span.Overlaps(b.Span):
			t.Errorf("%+v: the sides overlap", x)
		case a.Article > b.Article || a.Article == b.Article && a.Span.Start > b.Span.Start:
			t.Errorf("%+v: not in the order of the text", x)
		case x.FlaggedBy >= 0 && !whole(x.FlaggedBy, x.Flag), x.FlaggedBy < 0 && x.Flag != text.Span{}:
			t.Errorf("%+v: the flag is no passage", x)
		}
		for _, s := range x.Between {
			if s.Statement >= 0 && !slices.ContainsFunc(c.Reports[s.Article].Statements[s.Statement].Content, func(p text.Span) bool { return p.Contains(s.Span) }) {
				t.Errorf("%+v: a side is not in its statement's content", x)
			}
		}
	}
}

// BenchmarkTensions compares reports that repeat all the cases, each of which
// has some ninety statements.
func BenchmarkTensions(b *testing.B) {
	var body strings.Builder
	for _, c := range readTensionCases(b, "cases.txt") {
		body.WriteString(c.articles[0].Body)
	}
	for _, n := range []int{2, 10, 100} {
		articles := make([]article.Article, n)
		for i := range articles {
			articles[i].Body = body.String()
		}
		c := compared(b, articles)
		b.Run(fmt.Sprint(n, " articles"), func(b *testing.B) {
			b.ReportMetric(float64(len(c.Reports[0].Statements)), "statements/article")
			for b.Loop() {
				comparison.FindTensions(c)
			}
		})
	}
}
