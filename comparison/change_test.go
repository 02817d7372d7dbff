package comparison_test

import (
	"strings"
	"testing"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/pipeline"
)

// occasions reads articles, each of a story of its own, and gives all who are
// called Quill the ID "quill".
func occasions(t testing.TB, articles []article.Article) []comparison.Occasion {
	t.Helper()
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var out []comparison.Occasion
	for i, a := range articles {
		r, err := p.Read(a)
		if err != nil {
			t.Fatal(err)
		}
		for n := range r.Statements {
			if who := &r.Statements[n].Speaker; strings.HasSuffix(who.Name, "Quill") {
				who.ID, who.Name = "quill", "Ada Quill"
			}
		}
		out = append(out, comparison.Occasion{
			Report: comparison.Report{Article: r.Article, Doc: r.Doc, Statements: r.Statements, Figures: r.Figures}, Story: int64(i + 1),
		})
	}
	return out
}

func TestChanges(t *testing.T) {
	cases := readTensionCases(t, "changes.txt")
	if len(cases) < 20 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			said := occasions(t, tt.articles)
			c := &comparison.Comparison{Tensions: comparison.Changes(said, "quill")}
			for _, o := range said {
				c.Reports = append(c.Reports, o.Report)
			}
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

// TestChangesOfOneStory gives what is a change between two stories as two
// reports of one.
func TestChangesOfOneStory(t *testing.T) {
	said := occasions(t, readTensionCases(t, "changes.txt")[3].articles)
	if n := len(comparison.Changes(said, "quill")); n != 1 {
		t.Fatalf("%d changes between two stories, want 1", n)
	}
	said[1].Story, said[1].Article.Published = said[0].Story, said[0].Article.Published
	if got := comparison.Changes(said, "quill"); got != nil {
		t.Errorf("in one story: %+v", got)
	}
	if got := comparison.Changes(nil, "quill"); got != nil {
		t.Errorf("of nothing: %+v", got)
	}
}
