package utterance

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/speaker"
	"onrecord/text"
)

// passage is what one statement has in quotation marks.
type passage struct {
	article   int
	statement int
	speaker   speaker.Speaker
	spans     []text.Span // marks included
	words     []word
	weight    float64 // of all words
	id        int     // the same for passages of the same words
}

// word is one word of a passage.
type word struct {
	text.Span
	key    string  // lower case, letters and digits only
	weight float64 // how much sharing it says
	piece  int     // start of the quoted span that it stands in
}

// A word of the closed classes says little: any two sentences share some.
const (
	contentWeight  = 1
	functionWeight = .25
)

// passagesOf are the quoted passages of an article's statements, in order.
func passagesOf(article int, a Article) (out []passage) {
	for i, s := range a.Statements {
		if s.Kind == attribution.Indirect {
			continue
		}
		p := passage{article: article, statement: i, speaker: s.Speaker, spans: quoted(a, s)}
		for _, span := range p.spans {
			p.words = append(p.words, wordsIn(a, span)...)
		}
		for _, w := range p.words {
			p.weight += w.weight
		}
		if len(p.words) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// quoted are the outermost quotations within a statement's content; where
// there is none (a transcript sets no marks), the content itself.
func quoted(a Article, s speaker.Statement) (out []text.Span) {
	for _, c := range s.Content {
		first := quotationFrom(a.Doc.Quotations, c.Start)
		for _, q := range a.Doc.Quotations[first:] {
			if q.Start >= c.End {
				break
			}
			if span := clip(q.Span, c); span.Len() > 0 && (len(out) == 0 || span.Start >= out[len(out)-1].End) {
				out = append(out, span)
			}
		}
	}
	if len(out) == 0 {
		return s.Content
	}
	return out
}

// quotationFrom is the index of the first quotation that starts at a byte or
// after it, or that is the outermost one to reach over it.
func quotationFrom(quotations []text.Quotation, at int) int {
	i, _ := slices.BinarySearchFunc(quotations, at, func(q text.Quotation, at int) int { return cmp.Compare(q.Start, at) })
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		if q := quotations[k]; q.Depth == 0 {
			// A content may begin one or two characters into its quotation.
			if q.End > at && q.Inside.Start >= at {
				return k
			}
			break
		}
	}
	return i
}

// clip is the part of s that lies inside o, empty if there is none.
func clip(s, o text.Span) text.Span {
	s.Start, s.End = max(s.Start, o.Start), min(s.End, o.End)
	s.End = max(s.Start, s.End)
	return s
}

// wordsIn are the words of a span.
func wordsIn(a Article, span text.Span) (out []word) {
	doc := a.Doc
	i, _ := slices.BinarySearchFunc(doc.Text.Tokens, span.Start, func(t text.Span, at int) int { return cmp.Compare(t.Start, at) })
	for ; i < len(doc.Tokens) && doc.Tokens[i].End <= span.End; i++ {
		t := doc.Tokens[i]
		key := fold(t.Form)
		if key == "" {
			continue
		}
		w := word{Span: t.Span, key: key, weight: functionWeight, piece: span.Start}
		if isContent(t.Tag) && !auxiliary[t.Lemma] {
			w.weight = contentWeight
		}
		out = append(out, w)
	}
	return out
}

// isContent reports whether a tag is that of an open class.
func isContent(tag string) bool {
	return strings.HasPrefix(tag, "NN") || strings.HasPrefix(tag, "VB") || strings.HasPrefix(tag, "JJ") || tag == "CD" || strings.HasPrefix(tag, "RB") || tag == "UH" || tag == "FW"
}

// auxiliary are words of the open classes that say as little as the closed ones.
var auxiliary = map[string]bool{
	"be": true, "have": true, "do": true, "get": true, "go": true, "not": true, "n't": true, "so": true, "very": true, "just": true, "there": true, "then": true, "now": true, "also": true,
	"'s": true, "'re": true, "'m": true, "'ve": true, "'d": true,
}

// fold keeps the letters and digits of a word, in lower case.
func fold(form string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, form)
}
