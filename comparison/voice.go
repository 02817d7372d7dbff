package comparison

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/speaker"
	"onrecord/text"
)

// voices sets the speakers side by side. A word that somebody is quoted as
// quoting counts for who is quoted innermost. Statements whose speaker was not
// found belong to nobody.
func voices(c *Comparison) []Voice {
	var out []Voice
	place := map[string]int{} // of a speaker's ID in out
	for a, r := range c.Reports {
		words := creditWords(r.Doc, r.Statements)
		heard := 0
		for i, s := range r.Statements {
			if s.Speaker.ID == "" {
				continue
			}
			k, known := place[s.Speaker.ID]
			if !known {
				k = len(out)
				place[s.Speaker.ID] = k
				out = append(out, Voice{Speaker: s.Speaker, Articles: make([]VoiceIn, len(c.Reports))})
			}
			v := &out[k].Articles[a]
			if v.Order == 0 {
				heard++
				v.Order = heard
			}
			v.Statements++
			v.Quoted += words.quoted[i]
			v.Paraphrased += words.paraphrased[i]
		}
	}
	slices.SortStableFunc(out, func(a, b Voice) int {
		return cmp.Or(cmp.Compare(b.Words(), a.Words()), cmp.Compare(a.Speaker.ID, b.Speaker.ID))
	})
	return out
}

// Words is how many words all articles together give the speaker.
func (v Voice) Words() int {
	n := 0
	for _, in := range v.Articles {
		n += in.Quoted + in.Paraphrased
	}
	return n
}

// credited says whose the words of an article are.
type credited struct {
	innermost   []int  // for each token the innermost statement whose content holds it, -1 for the outlet's own
	firm        []bool // for each token, whether the content of a firm statement holds it
	marked      []bool // for each token, whether it stands in quotation marks of a statement's content
	quoted      []int  // for each statement its words in quotation marks, those of statements inside it left out
	paraphrased []int  // for each statement its words outside of them, likewise
}

func creditWords(doc *english.Doc, said []speaker.Statement) credited {
	w := credited{
		innermost: make([]int, len(doc.Tokens)), firm: make([]bool, len(doc.Tokens)), marked: make([]bool, len(doc.Tokens)),
		quoted: make([]int, len(said)), paraphrased: make([]int, len(said)),
	}
	for t := range w.innermost {
		w.innermost[t] = -1
	}
	within := innermostQuotations(doc)
	inMarks := make([]bool, len(doc.Tokens)) // of the innermost statement
	for _, i := range longestFirst(said) {
		for _, span := range said[i].Content {
			for t := tokenAt(doc, span.Start); t < len(doc.Tokens) && doc.Tokens[t].Start < span.End; t++ {
				w.innermost[t] = i
				w.firm[t] = w.firm[t] || isFirm(doc, said[i])
				// Marks around the whole statement are of somebody who tells what another said.
				inMarks[t] = within[t] >= 0 && !holdsCue(doc, doc.Quotations[within[t]], said[i])
				w.marked[t] = w.marked[t] || inMarks[t]
			}
		}
	}
	for t, i := range w.innermost {
		switch {
		case i < 0 || !isWord(doc, t):
		case inMarks[t]:
			w.quoted[i]++
		default:
			w.paraphrased[i]++
		}
	}
	return w
}

// isFirm reports whether somebody surely said what the statement credits to
// them. Of what the article tells of them in its own words ("offered vague
// answers", "are expected to meet on Monday") a part is credited to them too.
func isFirm(doc *english.Doc, s speaker.Statement) bool {
	if s.Kind != attribution.Indirect || s.Speaker.ID != "" && s.Confidence >= firmness {
		return true
	}
	for _, span := range s.Content {
		if t := tokenAt(doc, span.Start); t < len(doc.Tokens) && doc.Tokens[t].Tag == "IN" && strings.EqualFold(doc.Tokens[t].Form, "that") {
			return true // "criticism that he caved"
		}
	}
	return false
}

// firmness is the confidence of an indirect statement at which its words are
// no longer taken for the outlet's own.
const firmness = .6

// longestFirst are the statements' indices, those with the longest content
// first, so that those inside others come later.
func longestFirst(said []speaker.Statement) []int {
	order, length := make([]int, len(said)), make([]int, len(said))
	for i, s := range said {
		order[i] = i
		for _, span := range s.Content {
			length[i] += span.Len()
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(length[b], length[a]) })
	return order
}

// innermostQuotations is, for each token, the index of the innermost
// quotation with it between the marks, else -1.
func innermostQuotations(doc *english.Doc) []int {
	out := make([]int, len(doc.Tokens))
	var open []int // quotations, the inner ones last
	next := 0
	for t, tok := range doc.Tokens {
		for ; next < len(doc.Quotations) && doc.Quotations[next].Inside.Start <= tok.Start; next++ {
			open = append(open, next)
		}
		for len(open) > 0 && doc.Quotations[open[len(open)-1]].Inside.End < tok.End {
			open = open[:len(open)-1]
		}
		out[t] = -1
		if len(open) > 0 {
			out[t] = open[len(open)-1]
		}
	}
	return out
}

func holdsCue(doc *english.Doc, q text.Quotation, s speaker.Statement) bool {
	return s.CueHead >= 0 && q.Contains(doc.Tokens[s.CueHead].Span)
}

// tokenAt is the first token that ends after a byte of the body.
func tokenAt(doc *english.Doc, start int) int {
	return sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].End > start })
}

// isWord reports whether a token opens a word as people count them: "don't"
// and "mayor's" are one each, marks are none.
func isWord(doc *english.Doc, t int) bool {
	if !hasLetter(doc.Tokens[t].Form) {
		return false
	}
	return t == 0 || doc.Tokens[t-1].End < doc.Tokens[t].Start || !hasLetter(doc.Tokens[t-1].Form)
}

func hasLetter(form string) bool {
	for _, r := range form {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
