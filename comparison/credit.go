package comparison

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/text"
)

// credited is a report with whose its words are: one for each report, for all
// that is found in it.
type credited struct {
	*Report
	article          int
	innermost        []int  // for each token the innermost statement whose content holds it, -1 for the outlet's own
	firm             []bool // for each token, whether the content of a firm statement holds it
	marked           []bool // for each token, whether it stands in quotation marks of a statement's content
	quotation        []int  // for each token its innermost quotation, else -1
	wordsQuoted      []int  // for each statement its words in quotation marks, those of statements inside it left out
	wordsParaphrased []int  // for each statement its words outside of them, likewise
}

func creditWords(reports []Report) []*credited {
	out := make([]*credited, len(reports))
	for a := range reports {
		out[a] = newCredited(&reports[a], a)
	}
	return out
}

func newCredited(r *Report, article int) *credited {
	tokens, statements := len(r.Doc.Tokens), len(r.Statements)
	w := &credited{
		Report: r, article: article,
		innermost: r.innermostStatements(func(int) bool { return true }), quotation: r.innermostQuotations(),
		firm: make([]bool, tokens), marked: make([]bool, tokens),
		wordsQuoted: make([]int, statements), wordsParaphrased: make([]int, statements),
	}
	for n, s := range r.Statements {
		firm := r.isFirm(n)
		for t := range r.tokensIn(s.Content...) {
			w.firm[t] = w.firm[t] || firm
			w.marked[t] = w.marked[t] || w.marks(n, t)
		}
	}
	for t, n := range w.innermost {
		switch {
		case n < 0 || !r.isWord(t):
		case w.marks(n, t):
			w.wordsQuoted[n]++
		default:
			w.wordsParaphrased[n]++
		}
	}
	return w
}

// marks reports whether statement n has token t in quotation marks. Marks
// around the whole statement are of somebody who tells what another said.
func (w *credited) marks(n, t int) bool {
	q, cue := w.quotation[t], w.Statements[n].CueHead
	return q >= 0 && (cue < 0 || !w.Doc.Quotations[q].Contains(w.Doc.Tokens[cue].Span))
}

// isFirm reports whether somebody surely said what statement n credits to
// them. Of what the article tells of them in its own words ("offered vague
// answers", "are expected to meet on Monday") a part is credited to them too.
func (r *Report) isFirm(n int) bool {
	s := r.Statements[n]
	if s.Kind != attribution.Indirect || s.Speaker.ID != "" && s.Confidence >= firmness {
		return true
	}
	return slices.ContainsFunc(s.Content, func(span text.Span) bool {
		t := r.tokenAt(span.Start)
		return t < len(r.Doc.Tokens) && r.Doc.Tokens[t].Tag == "IN" && strings.EqualFold(r.Doc.Tokens[t].Form, "that") // "criticism that he caved"
	})
}

// firmness is the confidence of an indirect statement at which its words are
// no longer taken for the outlet's own.
const firmness = .6

// innermostStatements is, for each token, the innermost of the statements that
// count whose content holds it, -1 for none.
func (r *Report) innermostStatements(counts func(n int) bool) []int {
	out := make([]int, len(r.Doc.Tokens))
	for t := range out {
		out[t] = -1
	}
	for _, n := range r.longestFirst() {
		if !counts(n) {
			continue
		}
		for t := range r.tokensIn(r.Statements[n].Content...) {
			out[t] = n
		}
	}
	return out
}

// longestFirst are the statements' indices, those with the longest content
// first, so that those inside others come later.
func (r *Report) longestFirst() []int {
	order, length := make([]int, len(r.Statements)), make([]int, len(r.Statements))
	for n, s := range r.Statements {
		order[n] = n
		for _, span := range s.Content {
			length[n] += span.Len()
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(length[b], length[a]) })
	return order
}

// innermostQuotations is, for each token, the index of the innermost
// quotation with it between the marks, else -1.
func (r *Report) innermostQuotations() []int {
	out := make([]int, len(r.Doc.Tokens))
	var open []int // quotations, the inner ones last
	next := 0
	for t, tok := range r.Doc.Tokens {
		for ; next < len(r.Doc.Quotations) && r.Doc.Quotations[next].Inside.Start <= tok.Start; next++ {
			open = append(open, next)
		}
		for len(open) > 0 && r.Doc.Quotations[open[len(open)-1]].Inside.End < tok.End {
			open = open[:len(open)-1]
		}
		out[t] = -1
		if len(open) > 0 {
			out[t] = open[len(open)-1]
		}
	}
	return out
}

// isWord reports whether token t opens a word as people count them: "don't"
// and "mayor's" are one each, marks are none.
func (r *Report) isWord(t int) bool {
	tokens := r.Doc.Tokens
	if !hasLetter(tokens[t].Form) {
		return false
	}
	return t == 0 || tokens[t-1].End < tokens[t].Start || !hasLetter(tokens[t-1].Form)
}

func hasLetter(form string) bool {
	for _, r := range form {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
