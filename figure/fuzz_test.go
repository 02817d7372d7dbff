package figure_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/figure"
	"onrecord/text"
)

// FuzzFind reads any text twice and checks what callers rely on: spans of the
// text, in order, finite values, statements that exist, and every figure with
// a subject in one slot.
func FuzzFind(f *testing.F) {
	p := load(f)
	for _, c := range findCases {
		f.Add(c.text)
	}
	f.Add("$ 1 million-$ to - 5 to 3-to-0 and a half of 1/2½ %, “$9” 999999999999999999999 $1e9 .5.5.5 1,00,000 a half a dozen-to-one")
	f.Add("It is true that $5.")
	f.Add("She dominates the news, thanks to her five-ward romp Tuesday in the local primaries.")
	f.Fuzz(func(t *testing.T, body string) {
		r, err := p.Read(article.Article{Body: body, Language: "en"})
		if err != nil {
			return
		}
		last := 0
		for _, fig := range r.Figures {
			check(t, body, fig.Span, false)
			check(t, body, fig.When, true)
			for i, s := range fig.Of {
				check(t, body, s, false)
				if i > 0 && s.Start < fig.Of[i-1].End {
					t.Errorf("%v of what is counted starts before the end of the one before it", s)
				}
			}
			if fig.Span.Start < last {
				t.Errorf("%v starts before the end of the one before it", fig.Span)
			}
			last = fig.Span.End
			if bad(fig.Value) || bad(fig.High) || fig.Unit != "vote" && fig.High < fig.Value {
				t.Errorf("%q is %v to %v", fig.Span.Of(body), fig.Value, fig.High)
			}
			if fig.Statement < -1 || fig.Statement >= len(r.Statements) {
				t.Errorf("statement %d of %d", fig.Statement, len(r.Statements))
			}
		}
		a := figure.Article{Doc: r.Doc, Statements: r.Statements, Figures: r.Figures}
		seen := map[figure.Value]int{}
		for _, s := range figure.Join([]figure.Article{a, a}) {
			for _, v := range s.Values {
				seen[v]++
			}
		}
		for k := range 2 {
			for i, fig := range r.Figures {
				if n := seen[figure.Value{Article: k, Figure: i}]; n > 1 || n == 0 && len(fig.Subject) > 0 {
					t.Errorf("%q stands in %d slots", fig.Span.Of(body), n)
				}
			}
		}
	})
}

func bad(v float64) bool { return math.IsInf(v, 0) || math.IsNaN(v) || v < 0 }

func check(t *testing.T, body string, s text.Span, mayBeEmpty bool) {
	if s.Start < 0 || s.End > len(body) || s.Start > s.End || s.Start == s.End && !mayBeEmpty {
		t.Errorf("span %v of %d bytes", s, len(body))
	}
}

func BenchmarkFind(b *testing.B) {
	var body strings.Builder
	for _, c := range findCases {
		body.WriteString(c.text + " The mayor said on Monday that nobody had asked her, and that she would have to think it over.\n\n")
	}
	r := read(b, load(b), body.String())
	b.ReportAllocs()
	for b.Loop() {
		figure.Find(r.Doc, r.Statements, time.Time{})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(r.Doc.Tokens)), "ns/token")
}
