package comparison

import (
	"iter"
	"sort"

	"onrecord/text"
)

// tokenAt is the first token that ends after a byte of the body, the number of
// tokens if none does.
func (r *Report) tokenAt(at int) int {
	return sort.Search(len(r.Doc.Tokens), func(i int) bool { return r.Doc.Tokens[i].End > at })
}

// tokensIn are the tokens of spans, one span after the other.
func (r *Report) tokensIn(spans ...text.Span) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, span := range spans {
			for t := r.tokenAt(span.Start); t < len(r.Doc.Tokens) && r.Doc.Tokens[t].Start < span.End; t++ {
				if !yield(t) {
					return
				}
			}
		}
	}
}

// begins is the first token of the content of statement n.
func (r *Report) begins(n int) int { return r.tokenAt(r.Statements[n].Content[0].Start) }

// sentenceOf is the sentence of token i.
func (r *Report) sentenceOf(i int) text.Sentence {
	n := sort.Search(len(r.Doc.Sentences), func(n int) bool { return r.Doc.Sentences[n].Tokens.End > i })
	return r.Doc.Sentences[min(n, len(r.Doc.Sentences)-1)]
}

// paragraphOf is the index of the paragraph of token i.
func (r *Report) paragraphOf(i int) int {
	return sort.Search(len(r.Doc.Paragraphs), func(n int) bool { return r.Doc.Paragraphs[n].Tokens.End > i })
}

// child is the first child of token i with the label, -1 if none has it.
func (r *Report) child(i int, label string) int {
	for _, c := range r.Doc.Children(i) {
		if r.Doc.Tokens[c].Label == label {
			return c
		}
	}
	return -1
}
