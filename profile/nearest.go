package profile

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/check"
)

// Nearest are those of some names that may be meant by one that was asked for
// and is none of them: a third of its letters is other ones at most. The
// nearest come first, limit at most.
func Nearest(asked string, names []string, limit int) []string {
	words := check.Keys(check.Words(asked))
	letters := len([]rune(strings.Join(words, "")))
	type near struct {
		name     string
		distance int
	}
	var all []near
	for _, name := range names {
		d := 0
		of := check.Keys(check.Words(name))
		for _, w := range words {
			least := len([]rune(w))
			for _, o := range of {
				least = min(least, distance([]rune(w), []rune(o)))
			}
			d += least
		}
		if 3*d <= letters {
			all = append(all, near{name, d})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, n := range all {
		if len(out) < limit && !slices.Contains(out, n.name) {
			out = append(out, n.name)
		}
	}
	return out
}

// distance is how many letters must be put in, taken out or changed to make one
// word of another (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
