package check

import (
	"cmp"
	"slices"

	"onrecord/article"
	"onrecord/attribution"
	"onrecord/speaker"
	"onrecord/utterance"
)

// together puts what an article has one speaker say in several statements into
// one, where that has more of the words asked for than each of them: an answer
// may be printed sentence by sentence.
func (q *question) together(all []Match) (out []Match) {
	type voice struct {
		article string
		speaker speaker.Speaker
	}
	var order []voice
	said := map[voice][]Match{}
	for _, m := range all {
		v := voice{m.Article.ID, m.Speaker}
		if said[v] == nil {
			order = append(order, v)
		}
		said[v] = append(said[v], m)
	}
	for _, v := range order {
		list := said[v]
		best := slices.MaxFunc(list, func(a, b Match) int { return cmp.Compare(a.Score, b.Score) })
		if len(list) > 1 && !best.Exact() {
			if m := q.match(inOne(list)); q.near(m) && m.Score > best.Score {
				list = []Match{m}
			}
		}
		out = append(out, list...)
	}
	return out
}

// inOne is several statements of an article as one, in their order.
func inOne(list []Match) Passage {
	list = slices.SortedFunc(slices.Values(list), func(a, b Match) int { return cmp.Compare(a.Statement, b.Statement) })
	p := list[0].Passage
	for _, m := range list[1:] {
		p.Text += " " + m.Text
		if m.Kind != p.Kind {
			p.Kind = attribution.Mixed
		}
	}
	return p
}

// maxExtended is how many utterances, the nearest, are given the reports that
// have only a part of them.
const maxExtended = 3

// group puts the matches of each utterance together, in the order of their
// best ones. The matches come with the best first. Reports that have too little
// of the words asked for to be found by themselves are added to an utterance
// that they have a part of.
func group(found, parts []Match) (out []Utterance) {
	seen := map[printing]bool{} // by an article that has it twice, or in an earlier version
	lasting := map[printing]bool{}
	for _, m := range found {
		lasting[m.printing()] = lasting[m.printing()] || !m.Earlier
	}
	for _, m := range found {
		p := m.printing()
		if seen[p] {
			continue
		}
		seen[p], m.Earlier = true, !lasting[p]
		i := slices.IndexFunc(out, func(u Utterance) bool { return sameWords(m, u.Matches[0]) })
		if i < 0 {
			out = append(out, Utterance{Matches: []Match{m}})
			continue
		}
		out[i].Matches = append(out[i].Matches, m)
	}
	nearest := out[:min(len(out), maxExtended)]
	for _, m := range parts {
		i := slices.IndexFunc(nearest, func(u Utterance) bool { return sameWords(m, u.Matches[0]) })
		if i >= 0 && !nearest[i].isIn(m.Article) {
			nearest[i].Matches = append(nearest[i].Matches, m)
		}
	}
	for i := range out {
		out[i].order()
	}
	return out
}

// printing is a wording at an address, whichever version of the article has it.
type printing struct{ outlet, address, text string }

func (m *Match) printing() printing {
	return printing{m.Article.Outlet, address(m.Article), m.Text}
}

func address(a article.Article) string { return cmp.Or(a.URL, a.ID) }

// isIn reports whether an article prints the utterance, in any version.
func (u *Utterance) isIn(a article.Article) bool {
	return slices.ContainsFunc(u.Matches, func(m Match) bool { return address(m.Article) == address(a) })
}

// order puts what was printed first to the front.
func (u *Utterance) order() {
	best := u.Matches[0]
	slices.SortStableFunc(u.Matches, func(a, b Match) int { return cmp.Or(earlier(a, b), trueFirst(a.Earlier, b.Earlier)) })
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
