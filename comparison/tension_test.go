package comparison_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
)

// tensionCase is a case of a file in testdata/tensions.
type tensionCase struct {
	name     string
	missed   bool // known not to be found
	articles []article.Article
	want     [][]string // reason, words of the sides, words of the flag
}

func readTensionCases(t testing.TB, file string) []tensionCase {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "tensions", file))
	if err != nil {
		t.Fatal(err)
	}
	var out []tensionCase
	_, rest, _ := strings.Cut(string(raw), "\n== ")
	for _, block := range strings.Split(rest, "\n== ") {
		name, body, _ := strings.Cut(block, "\n")
		c := tensionCase{}
		c.name, c.missed = strings.CutSuffix(name, " missed")
		for _, line := range strings.SplitAfter(body, "\n") {
			switch {
			case strings.HasPrefix(line, "-- "):
				day, err := time.Parse(time.DateOnly, strings.TrimSpace(line[3:]))
				if err != nil {
					t.Fatal(err)
				}
				c.articles = append(c.articles, article.Article{Published: day, DateOnly: true})
			case strings.HasPrefix(line, "> "):
				var want []string
				for _, w := range strings.Split(line[2:], "|") {
					want = append(want, strings.TrimSpace(w))
				}
				c.want = append(c.want, want)
			default:
				c.articles[len(c.articles)-1].Body += line
			}
		}
		out = append(out, c)
	}
	return out
}

// compared reads and compares articles.
func compared(t testing.TB, articles []article.Article) *comparison.Comparison {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var reports []comparison.Report
	for _, a := range articles {
		r, err := p.Read(a)
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, comparison.Report{Article: r.Article, Doc: r.Doc, Statements: r.Statements, Figures: r.Figures})
	}
	return comparison.Compare(reports)
}

// passages are the reason of a tension, its sides and its flag, as printed.
func passages(c *comparison.Comparison, t comparison.Tension) []string {
	out := []string{string(t.Reason)}
	for _, s := range t.Between {
		out = append(out, s.Span.Of(c.Reports[s.Article].Article.Body))
	}
	if t.FlaggedBy >= 0 {
		out = append(out, t.Flag.Of(c.Reports[t.FlaggedBy].Article.Body))
	}
	return out
}

func TestTensions(t *testing.T) {
	cases := readTensionCases(t, "cases.txt")
	if len(cases) < 30 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			c := compared(t, tt.articles)
			checkTensions(t, c)
			var got [][]string
			for _, x := range c.Tensions {
				got = append(got, passages(c, x))
			}
			if ok := sameTensions(got, tt.want); ok == tt.missed {
				t.Errorf("missed: %v\n got %q\nwant %q", tt.missed, got, tt.want)
			}
		})
	}
}

// sameTensions reports whether got are the tensions wanted, in any order.
func sameTensions(got, want [][]string) bool {
	if len(got) != len(want) {
		return false
	}
	for _, w := range want {
		found := false
		for _, g := range got {
			found = found || holds(g, w)
		}
		if !found {
			return false
		}
	}
	return true
}

// holds reports whether the reason is the same and each passage has its words.
func holds(got, want []string) bool {
	if len(got) != len(want) || got[0] != want[0] {
		return false
	}
	for i := range got {
		if !strings.Contains(got[i], want[i]) {
			return false
		}
	}
	return true
}
