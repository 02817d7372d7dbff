package attribution

import (
	"sort"

	"onrecord/english"
	"onrecord/text"
)

// depths counts, for each token, the quotations that it stands in.
func depths(d *english.Doc) []int {
	out := make([]int, len(d.Tokens))
	for _, q := range d.Quotations {
		for i := tokenFrom(d, q.Inside.Start); i < len(out) && d.Tokens[i].End <= q.Inside.End; i++ {
			out[i]++
		}
	}
	return out
}

// kindOf says how many of the content's words stand in quotation marks. Of a
// cue that stands in a quotation itself ("“He told me it was over,” she
// said"), only marks within that quotation count.
func kindOf(d *english.Doc, depth []int, content []text.Span, cue int) Kind {
	base, quoted, plain := 0, false, false
	if cue >= 0 {
		base = depth[cue]
	}
	for _, piece := range content {
		for i := tokenFrom(d, piece.Start); i < len(depth) && d.Tokens[i].End <= piece.End; i++ {
			switch {
			case !isWord(d.Tokens[i].Form):
			case depth[i] > base:
				quoted = true
			default:
				plain = true
			}
		}
	}
	switch {
	case !quoted:
		return Indirect
	case plain:
		return Mixed
	}
	return Direct
}

// tokenFrom is the first token that starts at an offset or after it.
func tokenFrom(d *english.Doc, offset int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= offset })
}
