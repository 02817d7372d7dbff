package utterance

// alignment is the best local alignment of two passages' words.
type alignment struct {
	pairs  [][2]int // indices of equal words, ascending in both
	weight float64  // of the words paired
	score  float64  // weight less the costs of what is not paired in between
	run    int      // length of the longest run of words paired one after the other in both
	solid  float64  // weight of that run
}

// Costs of the local alignment (Smith and Waterman 1981): a word that the
// other passage has not, or has otherwise, takes back what half a word of
// content earns, so that a cut inside is bridged and two sentences that share
// words here and there are not.
const (
	gapCost      = .34
	mismatchCost = .5
)

// maxCells bounds the work on two passages; longer ones are aligned in the
// first words only.
const maxCells = 1 << 21

// align aligns the words of two passages.
func align(a, b []word) alignment {
	if len(a)*len(b) > maxCells {
		a, b = a[:min(len(a), maxCells>>10)], b[:min(len(b), 1<<10)]
	}
	n, m := len(a), len(b)
	score := make([]float32, (n+1)*(m+1))
	step := make([]uint8, (n+1)*(m+1))
	best, at := float32(0), 0
	for i := 1; i <= n; i++ {
		for j := 1; j <= m; j++ {
			c := i*(m+1) + j
			diagonal, how := score[c-m-2]-mismatchCost, uint8(changed)
			if a[i-1].key == b[j-1].key {
				diagonal, how = score[c-m-2]+float32(min(a[i-1].weight, b[j-1].weight)), equal
			}
			if up := score[c-m-1] - gapCost; up > diagonal {
				diagonal, how = up, dropped
			}
			if left := score[c-1] - gapCost; left > diagonal {
				diagonal, how = left, inserted
			}
			if diagonal <= 0 {
				continue // score 0, step stop
			}
			score[c], step[c] = diagonal, how
			if diagonal > best {
				best, at = diagonal, c
			}
		}
	}
	out := trace(a, b, step, at)
	out.score = float64(best)
	return out
}

// The steps of an alignment.
const (
	stop = iota
	equal
	changed
	dropped
	inserted
)

// Alignment is the best local alignment of two lists of words.
type Alignment struct {
	Pairs  [][2]int // indices of equal words, ascending in both
	Weight float64  // of the words paired
	Run    int      // length of the longest run of words paired one after the other in both
	Solid  float64  // weight of that run
}

// Align aligns two lists of words as passages are aligned. The weight of a
// word, 0 to 1, is how much sharing it says.
func Align(a, b []string, weight func(word string) float64) Alignment {
	x := align(weighted(a, weight), weighted(b, weight))
	return Alignment{Pairs: x.pairs, Weight: x.weight, Run: x.run, Solid: x.solid}
}

func weighted(keys []string, weight func(string) float64) []word {
	out := make([]word, len(keys))
	for i, k := range keys {
		out[i] = word{key: k, weight: weight(k)}
	}
	return out
}

// trace reads an alignment backwards from the cell where it ends.
func trace(a, b []word, step []uint8, at int) (out alignment) {
	m := len(b)
	run, solid := 0, 0.
	for step[at] != stop {
		i, j := at/(m+1), at%(m+1)
		switch step[at] {
		case equal:
			w := min(a[i-1].weight, b[j-1].weight)
			out.pairs = append(out.pairs, [2]int{i - 1, j - 1})
			out.weight += w
			run, solid = run+1, solid+w
			if run > out.run {
				out.run, out.solid = run, solid
			}
			at -= m + 2
			continue
		case changed:
			at -= m + 2
		case dropped:
			at -= m + 1
		case inserted:
			at--
		}
		run, solid = 0, 0
	}
	for i, j := 0, len(out.pairs)-1; i < j; i, j = i+1, j-1 {
		out.pairs[i], out.pairs[j] = out.pairs[j], out.pairs[i]
	}
	return out
}
