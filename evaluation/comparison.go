package evaluation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// Passage is a stretch of an article's text, from the character Span[0] up to
// but without Span[1].
type Passage struct {
	Article string `json:"article"`
	Span    [2]int `json:"span"`
}

// ComparedStory is what one reader, or the program, finds in comparing the
// articles of a story. docs/annotation.md says what each layer holds.
type ComparedStory struct {
	Story       string           `json:"story"`
	Paraphrases []ParaphrasePair `json:"paraphrases"`
	Figures     []StoryFigure    `json:"figures"`
	Tensions    []StoryTension   `json:"tensions"`
}

// ParaphrasePair is an indirect statement and the direct words of another
// article that it reports.
type ParaphrasePair struct {
	Indirect Passage `json:"indirect"`
	Direct   Passage `json:"direct"`
}

// StoryFigure is a quantity that an article gives.
type StoryFigure struct {
	Passage
	Value   float64  `json:"value"`
	High    *float64 `json:"high"`  // of a range, else nil; not scored
	Bound   string   `json:"bound"` // not scored
	Unit    string   `json:"unit"`
	AsOf    string   `json:"as_of"`
	Speaker string   `json:"speaker"` // "unnamed: …" for somebody unnamed, "" in the outlet's own voice
	Slot    string   `json:"slot"`    // the same for figures about the same quantity; "" for one that stands alone
}

// StoryTension is two passages that pull against each other.
type StoryTension struct {
	Between   [2]Passage `json:"between"`
	Reason    string     `json:"reason"`     // not scored
	FlaggedBy string     `json:"flagged_by"` // not scored
	Flag      [2]int     `json:"flag"`       // not scored
}

// ReadComparisonGold reads the annotated stories of a folder, a file STORY.json
// for each, by name. Folders inside it are left alone.
func ReadComparisonGold(dir string) ([]ComparedStory, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s: no story in it", dir)
	}
	out := make([]ComparedStory, len(paths))
	for i, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		read := json.NewDecoder(bytes.NewReader(body))
		read.DisallowUnknownFields()
		if err := read.Decode(&out[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if err := out[i].check(strings.TrimSuffix(filepath.Base(path), ".json")); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return out, nil
}

// check finds slips of an annotator's hand.
func (s ComparedStory) check(name string) error {
	if s.Story != name {
		return fmt.Errorf("it holds story %q", s.Story)
	}
	var all []Passage
	for _, p := range s.Paraphrases {
		if p.Indirect.Article == p.Direct.Article {
			return fmt.Errorf("both sides of paraphrase %v stand in one article", p)
		}
		all = append(all, p.Indirect, p.Direct)
	}
	for _, f := range s.Figures {
		all = append(all, f.Passage)
	}
	for _, t := range s.Tensions {
		all = append(all, t.Between[:]...)
	}
	for _, p := range all {
		if p.Article == "" || p.Span[0] < 0 || p.Span[1] <= p.Span[0] {
			return fmt.Errorf("no passage: %v", p)
		}
	}
	return nil
}

// ComparisonTally counts what the measures on comparisons are made of.
// Tallies of stories add up.
type ComparisonTally struct {
	Paraphrases Count
	Figures     Count
	AsOf        Share // of the figures in both to which either gives a date
	Speaker     Share // of the figures in both to which either gives a speaker
	Slots       Count // pairs of figures in both that share a slot
	Tensions    Count
}

// Share is a part of a whole.
type Share struct{ Right, Of int }

// Add adds the counts of another tally.
func (t *ComparisonTally) Add(o ComparisonTally) {
	t.Paraphrases.add(o.Paraphrases)
	t.Figures.add(o.Figures)
	t.AsOf.add(o.AsOf)
	t.Speaker.add(o.Speaker)
	t.Slots.add(o.Slots)
	t.Tensions.add(o.Tensions)
}

func (s *Share) add(o Share) {
	s.Right += o.Right
	s.Of += o.Of
}

// ScoreComparison compares what was found in a story with its gold annotation.
// Each finding is right for one gold finding at most.
func ScoreComparison(gold, found ComparedStory) (t ComparisonTally) {
	t.Paraphrases = countMatches(match(gold.Paraphrases, found.Paraphrases, samePair), found.Paraphrases)
	t.Tensions = countMatches(match(gold.Tensions, found.Tensions, sameTension), found.Tensions)
	figures := match(gold.Figures, found.Figures, sameFigure)
	t.Figures = countMatches(figures, found.Figures)
	for i, j := range figures {
		if j < 0 {
			continue
		}
		g, f := gold.Figures[i], found.Figures[j]
		if g.AsOf != "" || f.AsOf != "" {
			t.AsOf.add(Share{one(g.AsOf == f.AsOf), 1})
		}
		if g.Speaker != "" || f.Speaker != "" {
			same := g.Speaker != "" && f.Speaker != "" && sameSpeaker(g.Speaker, f.Speaker)
			t.Speaker.add(Share{one(same), 1})
		}
		for i2, j2 := range figures[:i] {
			if j2 < 0 {
				continue
			}
			inGold := g.Slot != "" && g.Slot == gold.Figures[i2].Slot
			inFound := f.Slot != "" && f.Slot == found.Figures[j2].Slot
			t.Slots.add(Count{one(inGold && inFound), one(inGold), one(inFound)})
		}
	}
	return t
}

// Agreement scores the second annotation against the first, over the stories
// that stand in both. F1 is the same whichever is called the first.
func Agreement(first, second []ComparedStory) (t ComparisonTally, stories int) {
	for _, a := range first {
		for _, b := range second {
			if a.Story == b.Story {
				t.Add(ScoreComparison(a, b))
				stories++
			}
		}
	}
	return t, stories
}

func samePair(gold, found ParaphrasePair) bool {
	return halfOverlap(gold.Indirect, found.Indirect) && halfOverlap(gold.Direct, found.Direct)
}

func sameFigure(gold, found StoryFigure) bool {
	return overlap(gold.Passage, found.Passage) > 0 && gold.Unit == found.Unit &&
		math.Abs(gold.Value-found.Value) <= 1e-9*math.Abs(gold.Value)
}

func sameTension(gold, found StoryTension) bool {
	g, f := gold.Between, found.Between
	return overlap(g[0], f[0]) > 0 && overlap(g[1], f[1]) > 0 ||
		overlap(g[0], f[1]) > 0 && overlap(g[1], f[0]) > 0
}

// overlap is the number of characters in both passages.
func overlap(a, b Passage) int {
	if a.Article != b.Article {
		return 0
	}
	return max(0, min(a.Span[1], b.Span[1])-max(a.Span[0], b.Span[0]))
}

// halfOverlap reports whether at least half of the shorter passage is in the
// other.
func halfOverlap(a, b Passage) bool {
	n := overlap(a, b)
	return n > 0 && 2*n >= min(a.Span[1]-a.Span[0], b.Span[1]-b.Span[0])
}

// match pairs gold with found, one to one and as many as can be, by Kuhn's
// augmenting paths. It gives the index of what was found for each of gold, -1
// for none.
func match[T any](gold, found []T, same func(gold, found T) bool) []int {
	taker := make([]int, len(found)) // index into gold, -1 for none
	for j := range taker {
		taker[j] = -1
	}
	var place func(i int, tried []bool) bool
	place = func(i int, tried []bool) bool {
		for j := range found {
			if tried[j] || !same(gold[i], found[j]) {
				continue
			}
			tried[j] = true
			if taker[j] < 0 || place(taker[j], tried) {
				taker[j] = i
				return true
			}
		}
		return false
	}
	out := make([]int, len(gold))
	for i := range gold {
		out[i] = -1
		place(i, make([]bool, len(found)))
	}
	for j, i := range taker {
		if i >= 0 {
			out[i] = j
		}
	}
	return out
}

func countMatches[T any](matched []int, found []T) Count {
	c := Count{Gold: len(matched), Predicted: len(found)}
	for _, j := range matched {
		c.Both += one(j >= 0)
	}
	return c
}

// ComparisonReport holds the measures of a ComparisonTally, rounded to four
// decimals.
type ComparisonReport struct {
	Paraphrases LayerReport `json:"paraphrases"`
	Figures     LayerReport `json:"figures"`
	AsOf        float64     `json:"as_of"`   // share of the figures found to which either gives a date
	Speaker     float64     `json:"speaker"` // share of the figures found to which either gives a speaker
	Slots       LayerReport `json:"slots"`   // pairs of figures found that share a slot
	Tensions    LayerReport `json:"tensions"`
}

// LayerReport is how well a layer was found, with its counts.
type LayerReport struct {
	PRF
	Right     int `json:"right"`
	Gold      int `json:"gold"`
	Predicted int `json:"predicted"`
}

// Report computes the measures.
func (t ComparisonTally) Report() ComparisonReport {
	layer := func(c Count) LayerReport { return LayerReport{c.prf(), c.Both, c.Gold, c.Predicted} }
	return ComparisonReport{
		Paraphrases: layer(t.Paraphrases),
		Figures:     layer(t.Figures),
		AsOf:        round(ratio(t.AsOf.Right, t.AsOf.Of)),
		Speaker:     round(ratio(t.Speaker.Right, t.Speaker.Of)),
		Slots:       layer(t.Slots),
		Tensions:    layer(t.Tensions),
	}
}
