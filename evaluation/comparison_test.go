package evaluation

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func at(article string, start, end int) Passage { return Passage{article, [2]int{start, end}} }

func TestScoreParaphrases(t *testing.T) {
	gold := []ParaphrasePair{
		{at("herald", 0, 40), at("courier", 100, 180)},
		{at("herald", 0, 40), at("gazette", 50, 90)},
	}
	for _, c := range []struct {
		name  string
		found []ParaphrasePair
		want  Count
	}{
		{"nothing", nil, Count{0, 2, 0}},
		{"the same", gold, Count{2, 2, 2}},
		{"half of the shorter on both sides", []ParaphrasePair{{at("herald", 20, 90), at("courier", 90, 110)}}, Count{1, 2, 1}},
		{"less than half on one side", []ParaphrasePair{{at("herald", 21, 90), at("courier", 100, 180)}}, Count{0, 2, 1}},
		{"another article", []ParaphrasePair{{at("gazette", 0, 40), at("courier", 100, 180)}}, Count{0, 2, 1}},
		{"the wrong way round", []ParaphrasePair{{at("courier", 100, 180), at("herald", 0, 40)}}, Count{0, 2, 1}},
		{"a repeat is right once", []ParaphrasePair{gold[0], gold[0]}, Count{1, 2, 2}},
	} {
		got := ScoreComparison(ComparedStory{Paraphrases: gold}, ComparedStory{Paraphrases: c.found}).Paraphrases
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// The first of gold must leave what both could take to the second.
func TestMatchFindsTheMost(t *testing.T) {
	gold, found := []int{1, 2}, []int{10, 20}
	fits := map[[2]int]bool{{1, 10}: true, {1, 20}: true, {2, 10}: true}
	got := match(gold, found, func(g, f int) bool { return fits[[2]int{g, f}] })
	if got[0] != 1 || got[1] != 0 {
		t.Errorf("matched %v, want [1 0]", got)
	}
}

func TestScoreFigures(t *testing.T) {
	fig := func(article string, start int, value float64, unit string) StoryFigure {
		return StoryFigure{Passage: at(article, start, start+10), Value: value, Unit: unit}
	}
	with := func(f StoryFigure, asOf, speaker, slot string) StoryFigure {
		f.AsOf, f.Speaker, f.Slot = asOf, speaker, slot
		return f
	}
	gold := []StoryFigure{
		with(fig("herald", 0, 400, ""), "2031-05", "Mara Quill", "sheep lost"),
		with(fig("herald", 50, 12, "%"), "", "", "share of ewes"),
		with(fig("courier", 0, 430, ""), "", "unnamed: a shepherd", "sheep lost"),
		with(fig("gazette", 0, 400, ""), "", "", "sheep lost"),
	}
	for _, c := range []struct {
		name        string
		found       []StoryFigure
		figures     Count
		asOf, said  Share
		sharedSlots Count
	}{
		{"the same", gold, Count{4, 4, 4}, Share{1, 1}, Share{2, 2}, Count{3, 3, 3}},
		{"another value", []StoryFigure{fig("herald", 0, 401, "")}, Count{0, 4, 1}, Share{}, Share{}, Count{}},
		{"another unit", []StoryFigure{fig("herald", 50, 12, "")}, Count{0, 4, 1}, Share{}, Share{}, Count{}},
		{"spans that touch", []StoryFigure{fig("herald", 60, 12, "%")}, Count{0, 4, 1}, Share{}, Share{}, Count{}},
		{"a last name, another date", []StoryFigure{with(fig("herald", 5, 400, ""), "2031", "Quill", "")},
			Count{1, 4, 1}, Share{0, 1}, Share{1, 1}, Count{}},
		{"somebody where gold has the outlet", []StoryFigure{with(fig("herald", 50, 12, "%"), "", "Mara Quill", "")},
			Count{1, 4, 1}, Share{}, Share{0, 1}, Count{}},
		{"the outlet where gold has somebody unnamed", []StoryFigure{fig("courier", 0, 430, "")},
			Count{1, 4, 1}, Share{}, Share{0, 1}, Count{}},
		{"one slot cut, another too wide", []StoryFigure{
			with(gold[0], "2031-05", "Quill", "a"), with(gold[1], "", "", "a"), with(gold[2], "", "unnamed", ""), with(gold[3], "", "", "a"),
		}, Count{4, 4, 4}, Share{1, 1}, Share{2, 2}, Count{1, 3, 3}},
	} {
		got := ScoreComparison(ComparedStory{Figures: gold}, ComparedStory{Figures: c.found})
		if want := (ComparisonTally{Figures: c.figures, AsOf: c.asOf, Speaker: c.said, Slots: c.sharedSlots}); got != want {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

func TestScoreTensions(t *testing.T) {
	gold := []StoryTension{{Between: [2]Passage{at("courier", 0, 30), at("herald", 60, 90)}, Reason: "opposed"}}
	for _, c := range []struct {
		name  string
		found [2]Passage
		right int
	}{
		{"one character each", [2]Passage{at("courier", 29, 50), at("herald", 0, 61)}, 1},
		{"the other order", [2]Passage{at("herald", 60, 90), at("courier", 0, 30)}, 1},
		{"one side only", [2]Passage{at("courier", 0, 30), at("herald", 90, 99)}, 0},
		{"both on one side", [2]Passage{at("courier", 0, 10), at("courier", 10, 30)}, 0},
	} {
		got := ScoreComparison(ComparedStory{Tensions: gold}, ComparedStory{Tensions: []StoryTension{{Between: c.found}}}).Tensions
		if want := (Count{c.right, 1, 1}); got != want {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

func TestAgreement(t *testing.T) {
	figure := func(value float64) StoryFigure { return StoryFigure{Passage: at("herald", 0, 5), Value: value} }
	first := []ComparedStory{{Story: "ferry", Figures: []StoryFigure{figure(7)}}, {Story: "bridge", Figures: []StoryFigure{figure(3)}}}
	second := []ComparedStory{{Story: "ferry", Figures: []StoryFigure{figure(7), figure(8)}}}
	got, stories := Agreement(first, second)
	if stories != 1 || got.Figures != (Count{1, 1, 2}) {
		t.Fatalf("%d stories, %+v", stories, got.Figures)
	}
	other, _ := Agreement(second, first)
	if a, b := got.Report().Figures, other.Report().Figures; a.F1 != b.F1 || a.F1 != 0.6667 || a.P != b.R {
		t.Errorf("%+v one way, %+v the other", a, b)
	}
}

func TestReadComparisonGold(t *testing.T) {
	for _, c := range []struct{ name, file, body, wrong string }{
		{"whole", "ferry.json", `{"story": "ferry",
			"paraphrases": [{"indirect": {"article": "herald", "span": [1, 9]}, "direct": {"article": "courier", "span": [2, 8]}}],
			"figures": [{"article": "herald", "span": [3, 5], "value": 5, "high": 4, "unit": "vote", "slot": "the vote"}],
			"tensions": [{"between": [{"article": "courier", "span": [0, 4]}, {"article": "herald", "span": [6, 9]}],
				"reason": "flagged", "flagged_by": "herald", "flag": [4, 6]}]}`, ""},
		{"none", "ferry.txt", "", "no story"},
		{"another story's name", "ferry.json", `{"story": "bridge"}`, `"bridge"`},
		{"a field misspelt", "ferry.json", `{"story": "ferry", "figure": []}`, "unknown field"},
		{"no span", "ferry.json", `{"story": "ferry", "figures": [{"article": "herald", "value": 5}]}`, "no passage"},
		{"a span turned round", "ferry.json", `{"story": "ferry", "figures": [{"article": "herald", "span": [9, 3]}]}`, "no passage"},
		{"a pair within one article", "ferry.json", `{"story": "ferry", "paraphrases": [
			{"indirect": {"article": "herald", "span": [1, 9]}, "direct": {"article": "herald", "span": [12, 18]}}]}`, "one article"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.body), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadComparisonGold(dir)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s: error %v, want one about %s", c.name, err, c.wrong)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		default:
			if f := got[0].Figures[0]; f.Passage != at("herald", 3, 5) || f.Value != 5 || *f.High != 4 || f.Unit != "vote" {
				t.Errorf("%s: figure %+v", c.name, f)
			}
			if s := ScoreComparison(got[0], got[0]); s.Paraphrases.Both+s.Figures.Both+s.Tensions.Both != 3 {
				t.Errorf("%s: against itself %+v", c.name, s)
			}
		}
	}
}

// The annotated stories of the repository must be readable.
func TestComparisonGold(t *testing.T) {
	for _, dir := range []string{"../comparison/testdata/gold", "../comparison/testdata/gold/second"} {
		if _, err := ReadComparisonGold(dir); err != nil {
			t.Error(err)
		}
	}
}
