package comparison

import (
	"slices"

	"onrecord/figure"
	"onrecord/text"
)

// figures finds the slots whose values cannot all be meant, a pair for each:
// the least and the greatest. A slot is left out of which two values stand in
// the sides of a known tension.
func (f *tensionFinder) figures(known []Tension) []Tension {
	var out []Tension
	for _, slot := range f.Figures {
		if !slot.Differs || slices.ContainsFunc(known, func(t Tension) bool {
			return f.gives(t.Between[0], slot.Values) && f.gives(t.Between[1], slot.Values)
		}) {
			continue
		}
		least, greatest := slot.Values[0], slot.Values[0]
		for _, v := range slot.Values {
			x := f.Reports[v.Article].Figures[v.Figure]
			if x.Value < f.Reports[least.Article].Figures[least.Figure].Value {
				least = v
			}
			if x.High > f.Reports[greatest.Article].Figures[greatest.Figure].High {
				greatest = v
			}
		}
		out = append(out, f.tension(Figures, f.figureSide(least.Article, least.Figure), f.figureSide(greatest.Article, greatest.Figure)))
	}
	return out
}

// gives reports whether a side holds one of the values.
func (f *tensionFinder) gives(side Side, values []figure.Value) bool {
	return slices.ContainsFunc(values, func(v figure.Value) bool {
		return v.Article == side.Article && side.Span.Contains(f.Reports[v.Article].Figures[v.Figure].Span)
	})
}

// figureSide is the passage that gives a figure: the statement's content, or
// the clause in the outlet's own words.
func (f *tensionFinder) figureSide(article, n int) Side {
	s := f.scenes[article]
	x := s.Figures[n]
	i := s.tokenAt(x.Span.Start)
	side := f.side(article, x.Statement, i)
	if side.Statement < 0 {
		for range s.sentenceOf(i).Tokens.Len() { // up to the clause
			if h := s.Doc.Tokens[i].Head; h >= 0 && !s.predicates(i) {
				i = h
			}
		}
		side.Span = s.clauseSpan(i)
	}
	if !side.Span.Contains(x.Span) { // the parser took the clause apart
		side.Span = text.Span{Start: min(side.Span.Start, x.Span.Start), End: max(side.Span.End, x.Span.End)}
	}
	return side
}
