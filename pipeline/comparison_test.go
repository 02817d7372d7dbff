//go:build !race

package pipeline_test

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/article"
	compared "onrecord/comparison"
	"onrecord/evaluation"
	"onrecord/figure"
	"onrecord/internal/corpora"
	"onrecord/pipeline"
	"onrecord/text"
	"onrecord/utterance"
)

// comparisonScoreFile holds what comparing reaches on annotated stories. It
// moves with -update only.
const comparisonScoreFile = "testdata/comparison.score.json"

// The stories that thresholds were set on; the other half was read for the
// first time by this test.
var developed = []string{"65cb14cb", "85475456", "8dac6c12", "96b7046f", "d4a4bc34"}

type comparisonScore struct {
	Developed, Held evaluation.ComparisonReport
	Agreement       evaluation.ComparisonReport // of two people, on the stories that both read
}

// TestComparisonScore compares the annotated stories and counts the paraphrase
// pairs, figures and tensions found.
func TestComparisonScore(t *testing.T) {
	const folder = "../comparison/testdata/gold"
	gold, err := evaluation.ReadComparisonGold(folder)
	if err != nil || len(gold) != 2*len(developed) {
		t.Fatalf("%d stories of gold: %v", len(gold), err)
	}
	second, err := evaluation.ReadComparisonGold(folder + "/second")
	if err != nil {
		t.Fatal(err)
	}
	stories := storiesOf(t, corpora.Path(t, "corpora", "basil", "articles.jsonl"))
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var dev, held evaluation.ComparisonTally
	for _, g := range gold {
		found := found(t, p, g, stories[g.Story])
		tally := evaluation.ScoreComparison(g, found)
		if slices.Contains(developed, g.Story) {
			dev.Add(tally)
		} else {
			held.Add(tally)
		}
	}
	agreement, n := evaluation.Agreement(gold, second)
	if n == 0 {
		t.Fatal("no story was annotated twice")
	}
	got := comparisonScore{dev.Report(), held.Report(), agreement.Report()}
	if *update {
		out, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(comparisonScoreFile, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(comparisonScoreFile)
	if err != nil {
		t.Fatalf("%v: write it with -update", err)
	}
	var want comparisonScore
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the score moved; -update keeps it\n got %+v\nwant %+v", got, want)
	}
}

// storiesOf reads the articles of a file of JSON lines by story.
func storiesOf(t *testing.T, path string) map[string][]article.Article {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]article.Article{}
	for d := json.NewDecoder(strings.NewReader(string(raw))); d.More(); {
		var a struct{ ID, Story, Outlet, Title, Date, Text string }
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse(time.DateOnly, a.Date)
		if err != nil {
			t.Fatal(err)
		}
		out[a.Story] = append(out[a.Story], article.Article{ID: a.ID, Outlet: a.Outlet, Title: a.Title, Published: day, DateOnly: true, Body: a.Text})
	}
	return out
}

// found is what comparing the articles of a story finds, in the shape of the gold.
func found(t *testing.T, p *pipeline.Pipeline, gold evaluation.ComparedStory, articles []article.Article) evaluation.ComparedStory {
	t.Helper()
	var readings []pipeline.Reading
	for _, a := range articles {
		r, err := p.Read(a)
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	f := finding{Comparison: pipeline.Compare(readings)}
	for _, r := range f.Reports {
		f.chars = append(f.chars, text.NewCharacters(r.Article.Body))
	}
	out := evaluation.ComparedStory{Story: gold.Story}
	for _, u := range f.Utterances {
		out.Paraphrases = append(out.Paraphrases, f.paraphrases(u, gold.Paraphrases)...)
	}
	slot := map[figure.Value]string{}
	for i, s := range f.Figures {
		for _, v := range s.Values {
			slot[v] = strconv.Itoa(i)
		}
	}
	for a, r := range f.Reports {
		for i, g := range r.Figures {
			out.Figures = append(out.Figures, evaluation.StoryFigure{
				Passage: f.passage(a, g.Span), Value: g.Value, Unit: g.Unit, AsOf: g.AsOf, Speaker: f.speaker(a, g.Statement), Slot: slot[figure.Value{Article: a, Figure: i}],
			})
		}
	}
	for _, t := range f.Tensions {
		out.Tensions = append(out.Tensions, evaluation.StoryTension{
			Between: [2]evaluation.Passage{f.passage(t.Between[0].Article, t.Between[0].Span), f.passage(t.Between[1].Article, t.Between[1].Span)},
		})
	}
	return out
}

// finding is a comparison with what converts its spans.
type finding struct {
	*compared.Comparison
	chars []*text.Characters
}

func (f finding) passage(article int, span text.Span) evaluation.Passage {
	c := f.chars[article].Span(span)
	return evaluation.Passage{Article: f.Reports[article].Article.ID, Span: [2]int{c.Start, c.End}}
}

func (f finding) speaker(article, statement int) string {
	if statement < 0 {
		return ""
	}
	s := f.Reports[article].Statements[statement].Speaker
	if s.Name == "" {
		return "unnamed: " + s.Unnamed
	}
	return s.Name
}

// paraphrases pairs each paraphrase of an utterance with the quotations of it
// in other articles.
func (f finding) paraphrases(u utterance.Utterance, gold []evaluation.ParaphrasePair) (out []evaluation.ParaphrasePair) {
	for _, p := range u.Variants {
		for _, q := range u.Variants {
			if p.Rendering == utterance.Paraphrased && q.Rendering != utterance.Paraphrased && p.Article != q.Article {
				out = append(out, f.pair(p, q, gold))
			}
		}
	}
	return out
}

// pair is, of the pieces of a paraphrase and of a quotation, the two that have
// most in common with a pair of the gold. What lies between pieces is not
// theirs, and an annotator marks one of them.
func (f finding) pair(p, q utterance.Variant, gold []evaluation.ParaphrasePair) evaluation.ParaphrasePair {
	best := evaluation.ParaphrasePair{Indirect: f.passage(p.Article, p.Spans[0]), Direct: f.passage(q.Article, q.Spans[0])}
	most := 0
	for _, a := range p.Spans {
		for _, b := range q.Spans {
			pair := evaluation.ParaphrasePair{Indirect: f.passage(p.Article, a), Direct: f.passage(q.Article, b)}
			for _, g := range gold {
				if n := min(common(pair.Indirect, g.Indirect), common(pair.Direct, g.Direct)); n > most {
					best, most = pair, n
				}
			}
		}
	}
	return best
}

// common is how many characters two passages share.
func common(a, b evaluation.Passage) int {
	if a.Article != b.Article {
		return 0
	}
	return min(a.Span[1], b.Span[1]) - max(a.Span[0], b.Span[0])
}
