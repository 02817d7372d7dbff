package profile

import (
	"cmp"
	"math"
	"slices"

	"onrecord/comparison"
)

// rivals are two sentences of a speaker that may pull against each other.
type rivals struct {
	a, b  int // indices of sentences
	score float64
}

// Bounds of the search for rivals.
const (
	maxHaving  = 400 // a word in more sentences does not lead to others
	maxOpposed = 36  // pairs that are looked at closer
	maxFigures = 6
	maxEach    = 4 // pairs of one sentence
)

// rivals are the pairs of sentences of two times that have the most in common,
// by the rarity of their words, and of which one denies something or has a word
// of opposite meaning, or that have different numbers.
func (c *corpus) rivals(said []Said) []rivals {
	var opposed, figures []rivals
	score, common, against := make([]float64, len(c.sentences)), make([]int, len(c.sentences)), make([]bool, len(c.sentences))
	var touched []int
	for a, x := range c.sentences {
		for _, t := range x.terms {
			having := c.having[t.id]
			if len(having) > maxHaving {
				continue
			}
			rarity := c.rarity(t.id)
			for _, b := range having {
				if b >= a {
					break
				}
				if common[b] == 0 {
					touched = append(touched, b)
				}
				score[b] += rarity
				common[b]++
				against[b] = against[b] || c.twofold[t.id] && c.sentences[b].isOpposite(t)
			}
		}
		for _, b := range touched {
			y := &c.sentences[b]
			if common[b] > 1 && ofTwoTimes(said[x.said], said[y.said]) {
				r := rivals{a, b, score[b] * math.Sqrt(score[b]/math.Sqrt(x.weight*y.weight))}
				switch {
				case (x.turned != y.turned) != against[b]:
					opposed = append(opposed, r)
				case differ(x.numbers, y.numbers) && !comparison.Apart(said[x.said].Published, said[y.said].Published):
					figures = append(figures, r)
				}
			}
			score[b], common[b], against[b] = 0, 0, false
		}
		touched = touched[:0]
	}
	return append(best(opposed, maxOpposed), best(figures, maxFigures)...)
}

// ofTwoTimes reports whether two statements are of two stories, or were made
// more than a month from each other.
func ofTwoTimes(a, b Said) bool {
	return a.Story != b.Story || comparison.Apart(comparison.SaidOn(a.Date, a.Published), comparison.SaidOn(b.Date, b.Published))
}

// isOpposite reports whether a sentence has the opposite of a term.
func (x *sentence) isOpposite(t term) bool {
	return slices.ContainsFunc(x.terms, func(o term) bool { return o.id == t.id && o.opposite != t.opposite })
}

// differ reports whether each of two lists has a number, and they are not the
// same.
func differ(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(n string) bool { return slices.Contains(b, n) })
}

// best are the pairs of the highest score.
func best(all []rivals, limit int) []rivals {
	slices.SortFunc(all, func(x, y rivals) int { return cmp.Or(cmp.Compare(y.score, x.score), x.a-y.a, x.b-y.b) })
	count := map[int]int{}
	var out []rivals
	for _, r := range all {
		if len(out) == limit {
			break
		}
		if count[r.a] < maxEach && count[r.b] < maxEach {
			count[r.a]++
			count[r.b]++
			out = append(out, r)
		}
	}
	return out
}
