package format

import (
	"cmp"
	"slices"

	"onrecord/attribution"
	"onrecord/text"
)

// quoted gives the words of a content that stand in quotation marks, without
// the marks: of each piece the outermost quotations in it, or all of a piece
// that lies inside a longer quotation. It gives nothing of an indirect content.
func quoted(t *text.Text, a *attribution.Attribution) (out []text.Span) {
	if a.Kind == attribution.Indirect {
		return nil
	}
	for _, c := range a.Content {
		first, _ := slices.BinarySearchFunc(t.Quotations, c.Start, func(q text.Quotation, at int) int { return cmp.Compare(q.Start, at) })
		before, end := len(out), c.Start
		for _, q := range t.Quotations[first:] {
			if q.Start >= c.End {
				break
			}
			if q.Start >= end && c.Contains(q.Span) && q.Inside.Len() > 0 {
				out, end = append(out, q.Inside), q.End
			}
		}
		if len(out) > before {
			continue
		}
		around := first - 1
		for around > 0 && t.Quotations[around].Depth > 0 {
			around--
		}
		for _, q := range t.Quotations[max(0, around):min(first+1, len(t.Quotations))] {
			if q.Inside.Overlaps(c) {
				out = append(out, text.Span{Start: max(q.Inside.Start, c.Start), End: min(q.Inside.End, c.End)})
				break
			}
		}
	}
	return out
}
