package check

import (
	"slices"

	"onrecord/utterance"
)

// maxExtended is how many utterances, the nearest, are given the reports that
// have only a part of them.
const maxExtended = 3

// group puts the matches of each utterance together, in the order of their
// best ones. The matches come with the best first. Reports that have too little
// of the words asked for to be found by themselves are added to an utterance
// that they have a part of.
func group(found, parts []Match) (out []Utterance) {
	for _, m := range found {
		i := slices.IndexFunc(out, func(u Utterance) bool { return sameWords(m, u.Matches[0]) })
		if i < 0 {
			out = append(out, Utterance{Matches: []Match{m}})
			continue
		}
		out[i].Matches = append(out[i].Matches, m)
	}
	nearest := out[:min(len(out), maxExtended)]
	for _, m := range parts {
		if i := slices.IndexFunc(nearest, func(u Utterance) bool { return sameWords(m, u.Matches[0]) }); i >= 0 {
			nearest[i].Matches = append(nearest[i].Matches, m)
		}
	}
	for i := range out {
		out[i].order()
	}
	return out
}

// order puts what was printed first to the front.
func (u *Utterance) order() {
	best := u.Matches[0]
	slices.SortStableFunc(u.Matches, earlier)
	for i, m := range u.Matches {
		if m.Article.ID == best.Article.ID && m.Statement == best.Statement {
			u.Best = i
		}
		if len(m.words) > len(u.Matches[u.Longest].words) {
			u.Longest = i
		}
	}
}

// sameWords reports whether two passages print what was said once. Those of
// two speakers must have more in common than those of one.
func sameWords(a, b Match) bool {
	x := utterance.Align(Keys(a.words), Keys(b.words), weight)
	share := x.Weight / max(min(weightOf(a.words), weightOf(b.words)), functionWeight)
	switch {
	case a.Speaker.Name == "" || b.Speaker.Name == "":
		return x.Weight >= 2 && share >= .75 || x.Solid >= 4.5
	case sameName(a.Speaker.Name, b.Speaker.Name):
		return share >= .9 || x.Weight >= 1.5 && share >= .6 || x.Solid >= 3.5
	}
	return x.Weight >= 3 && share >= .85 || x.Solid >= 6
}

func weightOf(words []Word) (sum float64) {
	for _, w := range words {
		sum += weight(w.Key)
	}
	return sum
}

// sameName reports whether all words of one name are in the other.
func sameName(a, b string) bool {
	x, y := Keys(Words(a)), Keys(Words(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) > 0 && !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}
