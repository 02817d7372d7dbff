package attribution

import (
	"sort"

	"onrecord/text"
)

// choose keeps the likeliest findings that do not claim the same words, and
// then, for quotations that nobody is credited with, the likeliest of the
// rest that claims them.
func choose(v *view, found []finding) []finding {
	v.settle(found)
	for k := range found {
		if v.names(&found[k]) {
			found[k].overall = 0
		}
	}
	order := make([]int, len(found))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return found[order[a]].overall > found[order[b]].overall })
	taken := make([]bool, len(v.atoms))
	var keep []int
	take := func(k int) {
		for _, p := range found[k].pieces {
			for i := p.First; i < p.End; i++ {
				taken[i] = true
			}
		}
		keep = append(keep, k)
	}
	free := func(k int) bool { return 2*v.count(found[k].pieces, taken) <= found[k].words }
	rest := len(order)
	for n, k := range order {
		if found[k].overall < least {
			rest = n
			break
		}
		if free(k) {
			take(k)
		}
	}
	for _, k := range order[rest:] {
		if found[k].overall < leastForQuotation {
			break
		}
		if n, said := v.freed(&found[k], taken); free(k) && (n >= wordsOfQuotation || said && found[k].overall >= leastForWords) {
			take(k)
		}
	}
	sort.Ints(keep)
	out := make([]finding, len(keep))
	for i, k := range keep {
		out[i] = found[k]
	}
	v.stretch(out, taken)
	return out
}

// stretch gives the quotations of a sentence that nobody claims, and the one
// after it, to the finding whose quotation the sentence already is: "“Aaa,” he
// said, but “bbb.” “Ccc.”".
func (v *view) stretch(found []finding, taken []bool) {
	for k := range found {
		x := &found[k]
		if v.kind(x) == Indirect || v.quote[x.t] >= 0 || x.pieces[after].Len() > 0 {
			continue
		}
		s := v.Sentences[v.sent[x.t]].Tokens
		for q := v.quotationAt(x.t + 1); q < len(v.outer) && (v.outer[q].first < s.End || v.follows(v.outer[q], s)); q++ {
			o := v.outer[q]
			if v.words(o.first, o.last) < wordsOfQuotation || v.claimed(o, taken) || k+1 < len(found) && found[k+1].at() <= o.last {
				continue
			}
			x.pieces[after] = text.Range{First: o.first, End: o.last + 1}
			x.words = v.wordsIn(x.pieces[before]) + v.wordsIn(x.pieces[after])
			break
		}
	}
}

// follows reports whether a quotation stands right after the sentence s, in
// the same paragraph.
func (v *view) follows(o outer, s text.Range) bool {
	return o.first >= s.End && (o.first == s.End || v.words(s.End, o.first-1) == 0) &&
		v.Sentences[v.sent[o.first]].Paragraph == v.Sentences[v.sent[s.First]].Paragraph
}

// least is the least probability of a finding that is kept: on the
// development texts F1 is flat from .43 to .51.
const least = .5

// leastForQuotation is the least probability of a finding that is kept
// because nothing else claims its quotation, which has at least
// wordsOfQuotation words; leastForWords is that for a shorter quotation.
const (
	leastForQuotation = .02
	leastForWords     = .3
	wordsOfQuotation  = 4
)

// settle decides who has a piece that two findings claim: the one that is
// surer of it, if the other has another piece left.
func (v *view) settle(found []finding) {
	for k := range found {
		x := &found[k]
		if x.overall < least {
			continue
		}
		for o := k + 1; o < len(found) && o < k+6; o++ {
			y := &found[o]
			if y.overall < least {
				continue
			}
			for s := range x.pieces {
				for r := range y.pieces {
					p, q := x.pieces[s], y.pieces[r]
					n := v.overlap(p, q)
					if n == 0 || 2*n < v.wordsIn(p) && 2*n < v.wordsIn(q) {
						continue
					}
					px, py := x.pieceP[s]*x.overall, y.pieceP[r]*y.overall
					if px < py && x.pieces[1-s].Len() > 0 {
						x.drop(v, s)
					} else if py <= px && y.pieces[1-r].Len() > 0 {
						y.drop(v, r)
					}
				}
			}
		}
	}
}

func (x *finding) drop(v *view, s int) {
	x.pieces[s] = text.Range{}
	x.words = v.wordsIn(x.pieces[1-s])
}

func (v *view) wordsIn(r text.Range) int {
	if r.Len() == 0 {
		return 0
	}
	return v.words(r.First, r.End-1)
}

func (v *view) overlap(p, q text.Range) int {
	return v.wordsIn(text.Range{First: max(p.First, q.First), End: max(max(p.First, q.First), min(p.End, q.End))})
}

// count is the number of words of the pieces that are taken.
func (v *view) count(pieces [2]text.Range, taken []bool) int {
	n := 0
	for _, p := range pieces {
		for i := p.First; i < p.End; i++ {
			if taken[i] && v.atoms[i].word {
				n++
			}
		}
	}
	return n
}

// freed is how many quoted words x claims that nothing taken does, and whether
// any of them stands in what is no title.
func (v *view) freed(x *finding, taken []bool) (n int, said bool) {
	for _, p := range x.pieces {
		for i := p.First; i < p.End; i++ {
			if v.atoms[i].word && v.quote[i] >= 0 && v.quote[i] != v.quote[x.t] && !taken[i] {
				n++
				said = said || !v.outer[v.quote[i]].title
			}
		}
	}
	return n, said
}
