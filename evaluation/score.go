package evaluation

import (
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strconv"

	"onrecord/attribution"
	"onrecord/text"
)

// Tally counts what the measures are made of. Tallies of articles add up to
// that of a corpus.
type Tally struct {
	Content, Cue, Source Count // words, each counted once an article

	Gold, Predicted int // attributions
	ContentRight    int // pairs whose contents overlap by half (Dice)
	Relaxed         int // … and whose sources share a word, or are both absent
	ContentExact    int // pairs with the same content words
	Exact           int // … and the same source words

	Direct       int // gold attributions at least half of whose content is in double quotation marks
	DirectFound  int // of these, paired with half of the content
	DirectSource int // of those found, with the right source
}

// Count holds the words of one role: in both, in gold, in what was predicted.
type Count struct{ Both, Gold, Predicted int }

// Add adds the counts of another tally.
func (t *Tally) Add(o Tally) {
	t.Content.add(o.Content)
	t.Cue.add(o.Cue)
	t.Source.add(o.Source)
	t.Gold += o.Gold
	t.Predicted += o.Predicted
	t.ContentRight += o.ContentRight
	t.Relaxed += o.Relaxed
	t.ContentExact += o.ContentExact
	t.Exact += o.Exact
	t.Direct += o.Direct
	t.DirectFound += o.DirectFound
	t.DirectSource += o.DirectSource
}

func (c *Count) add(o Count) {
	c.Both += o.Both
	c.Gold += o.Gold
	c.Predicted += o.Predicted
}

// Relations are attributions without what gold does not annotate.
func Relations(found []attribution.Attribution) []Relation {
	out := make([]Relation, len(found))
	for i, a := range found {
		out[i] = Relation{Source: a.Source, Cue: a.Cue, Content: a.Content}
	}
	return out
}

// Score compares the attributions predicted for a body with gold ones. Only
// words count: punctuation and white space never do. Right says of each
// predicted attribution whether it counts as relaxed.
func Score(body string, gold, predicted []Relation) (t Tally, right []bool) {
	words := newWordIndex(body)
	g, p := words.relations(gold), words.relations(predicted)
	t.Gold, t.Predicted = len(g), len(p)
	t.Content = countWords(g, p, func(r wordRelation) wordSet { return r.content })
	t.Cue = countWords(g, p, func(r wordRelation) wordSet { return r.cue })
	t.Source = countWords(g, p, func(r wordRelation) wordSet { return r.source })
	quoted := words.quoted()
	direct := make([]bool, len(g))
	for i, r := range g {
		direct[i] = 2*common(r.content, quoted) >= len(r.content)
		t.Direct += one(direct[i])
	}
	right = make([]bool, len(p))
	for _, c := range pair(g, p) {
		if c.dice >= 0.5 {
			right[c.predicted] = c.sameSource
			t.ContentRight++
			t.Relaxed += one(c.sameSource)
			if direct[c.gold] {
				t.DirectFound++
				t.DirectSource += one(c.sameSource)
			}
		}
		if slices.Equal(g[c.gold].content, p[c.predicted].content) {
			t.ContentExact++
			t.Exact += one(slices.Equal(g[c.gold].source, p[c.predicted].source))
		}
	}
	return t, right
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// wordSet holds indices of a body's words, ascending and without repeats.
type wordSet []int

type wordRelation struct{ source, cue, content wordSet }

// candidate is a gold and a predicted attribution that share content words.
type candidate struct {
	gold, predicted int
	dice            float64
	sameSource      bool
}

// pair joins gold and predicted attributions one to one, best content overlap
// first; of equal ones, first those whose sources agree, then in order.
func pair(gold, predicted []wordRelation) []candidate {
	var all []candidate
	for i, g := range gold {
		for j, p := range predicted {
			if both := common(g.content, p.content); both > 0 {
				same := common(g.source, p.source) > 0 || len(g.source)+len(p.source) == 0
				dice := float64(2*both) / float64(len(g.content)+len(p.content))
				all = append(all, candidate{i, j, dice, same})
			}
		}
	}
	// all is in order of gold and predicted already: a stable sort keeps it.
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.dice, a.dice), one(b.sameSource)-one(a.sameSource))
	})
	goldTaken, predictedTaken := make([]bool, len(gold)), make([]bool, len(predicted))
	var out []candidate
	for _, c := range all {
		if !goldTaken[c.gold] && !predictedTaken[c.predicted] {
			goldTaken[c.gold], predictedTaken[c.predicted] = true, true
			out = append(out, c)
		}
	}
	return out
}

func countWords(gold, predicted []wordRelation, role func(wordRelation) wordSet) Count {
	union := func(all []wordRelation) wordSet {
		var out wordSet
		for _, r := range all {
			out = append(out, role(r)...)
		}
		return out.normal()
	}
	g, p := union(gold), union(predicted)
	return Count{Both: common(g, p), Gold: len(g), Predicted: len(p)}
}

func (w wordSet) normal() wordSet {
	slices.Sort(w)
	return slices.Compact(w)
}

// common is the number of words in both sets.
func common(a, b wordSet) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

var (
	wordPattern      = regexp.MustCompile(`[\p{L}\p{N}_]+`)
	paragraphPattern = regexp.MustCompile(`[^\n]+`)
	quotedPattern    = regexp.MustCompile(`(?s)[“"‟](.+?)(?:[”"]|$)`)
)

// wordIndex finds the words of a body that a span covers. Its words are spans
// of characters, since "half of a word" is half of its characters.
type wordIndex struct {
	body  string
	chars *text.Characters
	words []text.Span
}

func newWordIndex(body string) *wordIndex {
	x := &wordIndex{body: body, chars: text.NewCharacters(body)}
	for _, m := range wordPattern.FindAllStringIndex(body, -1) {
		x.words = append(x.words, x.chars.Span(text.Span{Start: m[0], End: m[1]}))
	}
	return x
}

// inside is the set of words at least half of which lie in one of the byte spans.
func (x *wordIndex) inside(spans []text.Span) wordSet {
	var out wordSet
	for _, s := range spans {
		s = x.chars.Span(s)
		first := sort.Search(len(x.words), func(i int) bool { return x.words[i].End > s.Start })
		for i := first; i < len(x.words) && x.words[i].Start < s.End; i++ {
			w := x.words[i]
			if 2*(min(s.End, w.End)-max(s.Start, w.Start)) >= w.Len() {
				out = append(out, i)
			}
		}
	}
	return out.normal()
}

func (x *wordIndex) relations(all []Relation) []wordRelation {
	out := make([]wordRelation, len(all))
	for i, r := range all {
		out[i] = wordRelation{x.inside(r.Source), x.inside(r.Cue), x.inside(r.Content)}
	}
	return out
}

// quoted is the set of words between double quotation marks of a paragraph.
func (x *wordIndex) quoted() wordSet {
	var spans []text.Span
	for _, p := range paragraphPattern.FindAllStringIndex(x.body, -1) {
		for _, m := range quotedPattern.FindAllStringSubmatchIndex(x.body[p[0]:p[1]], -1) {
			spans = append(spans, text.Span{Start: p[0] + m[2], End: p[0] + m[3]})
		}
	}
	return x.inside(spans)
}

// round keeps four decimals, ties decided on the exact binary value.
func round(x float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	return r
}
