package check

import (
	"strings"

	"onrecord/attribution"
	"onrecord/text"
	"onrecord/utterance"
)

// question is the words asked for.
type question struct {
	asked  string
	words  []Word
	keys   []string
	weight float64 // of all words
}

func newQuestion(asked string) question {
	q := question{asked: asked, words: Words(asked)}
	q.keys = Keys(q.words)
	for _, k := range q.keys {
		q.weight += weight(k)
	}
	return q
}

// What is asked with a gap, or printed with one, is found in pieces. Where the
// asker has left the gap, a piece may be of any weight.
const (
	minPiece = 2. // least weight of a piece after the heaviest
	maxGap   = 80 // words from one piece to the next
)

// match aligns the words asked for with those of a passage.
func (q *question) match(p Passage) Match {
	m := Match{Passage: p, words: Words(p.Text), Quoted: p.Kind == attribution.Direct}
	pairs := q.pieces(nil, Keys(m.words), text.Range{End: len(q.keys)}, text.Range{End: len(m.words)}, 0)
	if len(pairs) == 0 {
		return m
	}
	m.Score = q.score(pairs)
	m.Spans, m.Changes = q.changes(m.words, pairs)
	m.rest = len(m.words) - len(pairs)
	if p.Kind == attribution.Mixed {
		m.Quoted = quoted(p.Text, m.Spans)
	}
	return m
}

// What each word that the passage has between two of those asked for costs,
// beyond as many as were asked for there, up to maxInserted: a part of a word.
const (
	insertedCost = .3
	maxInserted  = 3
)

// score is the share of the words asked for that are found, half by number and
// half by weight, less what is different in between.
func (q *question) score(pairs [][2]int) float64 {
	heavy, inserted := 0., 0
	for i, p := range pairs {
		heavy += weight(q.keys[p[0]])
		if i > 0 && !q.open(pairs[i-1][0], p[0]) {
			before := pairs[i-1]
			inserted += min(max((p[1]-before[1])-(p[0]-before[0]), 0), maxInserted)
		}
	}
	n := float64(len(q.keys))
	return (float64(len(pairs))/n+heavy/q.weight)/2 - insertedCost*float64(inserted)/n
}

// open reports whether the asker has left a gap between two words.
func (q *question) open(before, after int) bool {
	between := q.asked[q.words[before].End:q.words[after].Start]
	return strings.Contains(between, "…") || strings.Contains(between, "..") || strings.Contains(between, ". .")
}

// near reports whether a match is the words asked for or near them, by limits
// that were measured (docs/accuracy.md): of a few words all but one, of many
// little more than half, as more in common is less by chance. Words like "he is
// who he is" must be there as they are.
func (q *question) near(m Match) bool {
	if q.weight < 2*contentWeight {
		return m.Score >= .9
	}
	return m.Score >= min(max(.86-.015*float64(len(q.keys)), .55), .71)
}

// pieces appends the pairs of equal words in a range of both lists: those of
// the best local alignment if they weigh enough, and those on both sides of it.
func (q *question) pieces(pairs [][2]int, keys []string, asked, here text.Range, least float64) [][2]int {
	x := utterance.Align(q.keys[asked.First:asked.End], keys[here.First:here.End], weight)
	if len(x.Pairs) == 0 || x.Weight < least {
		return pairs
	}
	first, last := x.Pairs[0], x.Pairs[len(x.Pairs)-1]
	start, end := here.First+first[1], here.First+last[1]+1
	before := text.Range{First: asked.First, End: asked.First + first[0]}
	after := text.Range{First: asked.First + last[0] + 1, End: asked.End}
	pairs = q.beside(pairs, keys, before, func(n int) text.Range { return text.Range{First: max(here.First, start-n), End: start} })
	for _, p := range x.Pairs {
		pairs = append(pairs, [2]int{asked.First + p[0], here.First + p[1]})
	}
	return q.beside(pairs, keys, after, func(n int) text.Range { return text.Range{First: end, End: min(here.End, end+n)} })
}

// beside appends the pairs beside a piece: another piece some way off, else
// whatever words are the same right there. The range of the nearest n words of
// the passage is given by near.
func (q *question) beside(pairs [][2]int, keys []string, asked text.Range, near func(n int) text.Range) [][2]int {
	if asked.Len() == 0 {
		return pairs
	}
	least := minPiece
	if asked.First > 0 && q.open(asked.First-1, asked.First) || asked.End < len(q.words) && q.open(asked.End-1, asked.End) {
		least = 0
	}
	if out := q.pieces(pairs, keys, asked, near(asked.Len()+maxGap), least); len(out) > len(pairs) {
		return out
	}
	return q.pieces(pairs, keys, asked, near(asked.Len()+1), 0)
}

// changes are the runs of words kept and what became of the words in between,
// and the spans of the runs in the passage. What the passage has before the
// first word kept, after the last one and in a gap that the asker has left is no
// change.
func (q *question) changes(words []Word, pairs [][2]int) (spans []text.Span, out []utterance.Change) {
	gap := func(x, xEnd, y, yEnd int) {
		c := utterance.Change{Operation: utterance.Changed, Longest: spanOf(q.words, x, xEnd), Here: spanOf(words, y, yEnd)}
		switch {
		case x == xEnd && y == yEnd:
			return
		case y == yEnd:
			c.Operation = utterance.Dropped
		case x == xEnd:
			c.Operation = utterance.Inserted
		}
		out = append(out, c)
	}
	gap(0, pairs[0][0], 0, 0)
	for i := 0; i < len(pairs); {
		k := i + 1
		for k < len(pairs) && pairs[k][0] == pairs[k-1][0]+1 && pairs[k][1] == pairs[k-1][1]+1 {
			k++
		}
		first, last := pairs[i], pairs[k-1]
		kept := utterance.Change{Operation: utterance.Kept, Longest: spanOf(q.words, first[0], last[0]+1), Here: spanOf(words, first[1], last[1]+1)}
		out, spans = append(out, kept), append(spans, kept.Here)
		if k < len(pairs) {
			if !q.open(last[0], pairs[k][0]) || pairs[k][0] > last[0]+1 {
				gap(last[0]+1, pairs[k][0], last[1]+1, pairs[k][1])
			}
		} else {
			gap(last[0]+1, len(q.words), 0, 0)
		}
		i = k
	}
	return spans, out
}

// spanOf is from the start of the first word to the end of the last one, empty
// for no words.
func spanOf(words []Word, first, end int) text.Span {
	if first >= end {
		return text.Span{}
	}
	return text.Span{Start: words[first].Start, End: words[end-1].End}
}

// quoted reports whether most of some spans stands in quotation marks.
func quoted(body string, spans []text.Span) bool {
	all, in := 0, 0
	quotations := text.Split(body).Quotations
	for _, s := range spans {
		all += s.Len()
		for _, q := range quotations {
			if q.Depth == 0 {
				in += max(0, min(q.Inside.End, s.End)-max(q.Inside.Start, s.Start))
			}
		}
	}
	return 2*in > all
}

// inBody aligns the words asked for with those of an article's body, and cuts
// the body down to the quotation or the sentences that hold them.
func (q *question) inBody(p Passage) Match {
	m := q.match(p)
	if !q.near(m) {
		return m
	}
	isQuoted := quoted(p.Text, m.Spans)
	around := text.Span{Start: m.Spans[0].Start, End: m.Spans[len(m.Spans)-1].End}
	body := text.Split(p.Text)
	widen := func(s text.Span) {
		if s.Overlaps(around) {
			around = text.Span{Start: min(around.Start, s.Start), End: max(around.End, s.End)}
		}
	}
	for _, s := range body.Quotations {
		if isQuoted && s.Depth == 0 {
			widen(s.Span)
		}
	}
	for _, s := range body.Sentences {
		if !isQuoted {
			widen(s.Span)
		}
	}
	place := text.NewCharacters(p.Text).Span(around)
	p.Text = around.Of(p.Text)
	m = q.match(p)
	m.Quoted, m.Place = isQuoted, place
	return m
}
