package utterance

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/attribution"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// passage is quoted words that belong together: a quotation, with its other
// half where its attribution interrupts it. A statement that quotes two
// fragments in words of its own has two.
type passage struct {
	article   int
	statement int
	speaker   speaker.Speaker
	printed   string      // the whole statement
	spans     []text.Span // marks included
	words     []word
	weight    float64 // of all words
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
	owner := owners(a)
	for i, s := range a.Statements {
		if s.Kind == attribution.Indirect {
			continue
		}
		printed := s.Printed(a.Doc.Body)
		for _, spans := range quoted(a, i, owner) {
			p := passage{article: article, statement: i, speaker: s.Speaker, printed: printed, spans: spans}
			for _, span := range spans {
				p.words = append(p.words, wordsIn(a, span)...)
			}
			for _, w := range p.words {
				p.weight += w.weight
			}
			if len(p.words) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// owners gives each quotation the one statement that it is counted to, -1 for
// none: the one with the shortest content where one statement reports another.
func owners(a Article) []int {
	out, size := make([]int, len(a.Doc.Quotations)), make([]int, len(a.Doc.Quotations))
	for i := range out {
		out[i] = -1
	}
	for i, s := range a.Statements {
		if s.Kind == attribution.Indirect {
			continue
		}
		length := 0
		for _, c := range s.Content {
			length += c.Len()
		}
		for _, c := range s.Content {
			for q := quotationFrom(a.Doc.Quotations, c.Start); q < len(out) && a.Doc.Quotations[q].Start < c.End; q++ {
				if clip(a.Doc.Quotations[q].Span, c).Len() > 0 && (out[q] < 0 || length < size[q]) {
					out[q], size[q] = i, length
				}
			}
		}
	}
	return out
}

// quoted are the outermost quotations within a statement's content, those
// together that make one passage; where there is none (a transcript sets no
// marks), the content itself.
func quoted(a Article, statement int, owner []int) (out [][]text.Span) {
	content := a.Statements[statement].Content
	var last text.Span
	marks := false
	for _, c := range content {
		for k := quotationFrom(a.Doc.Quotations, c.Start); k < len(owner) && a.Doc.Quotations[k].Start < c.End; k++ {
			q := a.Doc.Quotations[k]
			span := clip(q.Span, c)
			marks = marks || span.Len() > 0
			switch {
			case span.Len() == 0 || owner[k] != statement || len(out) > 0 && span.Start < last.End:
				continue
			case len(out) > 0 && (q.Continues >= 0 || !c.Contains(last) && goesOn(a.Doc.Body, content, last, span)):
				out[len(out)-1] = append(out[len(out)-1], span)
			default:
				out = append(out, []text.Span{span})
			}
			last = span
		}
	}
	if !marks && len(content) > 0 {
		return [][]text.Span{content}
	}
	return out
}

// goesOn reports whether no word of a content stands between two quotations in
// different pieces of it: they are the halves of one.
func goesOn(body string, content []text.Span, a, b text.Span) bool {
	for _, c := range content {
		if between := clip(text.Span{Start: a.End, End: b.Start}, c); fold(between.Of(body)) != "" {
			return false
		}
	}
	return true
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
		if isContent(t.Tag) && !lexicon.IsLight(t.Lemma) {
			w.weight = contentWeight
		}
		if k := len(out) - 1; k >= 0 && out[k].End == t.Start && strings.ContainsAny(t.Form, "'’") {
			// "does" and "n't" are one word to a reader.
			out[k].End, out[k].key, out[k].weight = t.End, out[k].key+key, max(out[k].weight, w.weight)
			continue
		}
		out = append(out, w)
	}
	return out
}

// isContent reports whether a tag is that of an open class.
func isContent(tag string) bool {
	return strings.HasPrefix(tag, "NN") || strings.HasPrefix(tag, "VB") || strings.HasPrefix(tag, "JJ") || tag == "CD" || strings.HasPrefix(tag, "RB") || tag == "UH" || tag == "FW"
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
