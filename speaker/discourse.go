package speaker

import (
	"slices"
	"sort"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/text"
)

// quotedTokens says for each token whether it stands between quotation marks.
func quotedTokens(doc *english.Doc, found []attribution.Attribution) []bool {
	out := make([]bool, len(doc.Tokens))
	mark := func(s text.Span) {
		first, end := tokensIn(doc, s)
		for i := first; i < end; i++ {
			out[i] = true
		}
	}
	for _, q := range doc.Quotations {
		if q.Depth == 0 && q.Opened {
			mark(q.Inside)
		}
	}
	for _, a := range found {
		if a.Kind == attribution.Direct {
			for _, s := range a.Content {
				mark(s)
			}
		}
	}
	return out
}

// settle finds the speakers that only what surrounds an attribution can tell:
// of "I" inside somebody's words, and of quotations without a source.
func (r *reading) settle(found []attribution.Attribution, speakers []*entity) {
	order := make([]int, 0, len(found))
	for k, a := range found {
		if len(a.Content) > 0 {
			order = append(order, k)
		}
	}
	sort.SliceStable(order, func(x, y int) bool { return start(found[order[x]]) < start(found[order[y]]) })
	for n, k := range order {
		if a := found[k]; speakers[k] == nil && len(a.Source) == 0 {
			speakers[k] = r.doer(a)
			if speakers[k] == nil && (len(a.Cue) == 0 || r.opensQuoted(a)) {
				speakers[k] = r.goesOn(found, speakers, order, n)
			}
		}
	}
	for n, k := range order {
		if a := found[k]; speakers[k] == nil && len(a.Source) > 0 {
			speakers[k] = r.around(found, speakers, order, n)
			if speakers[k] == nil {
				speakers[k] = r.described(a.SourceHead, a)
			}
		}
	}
}

// doer is the subject of the cue of quoted words that were given no source, nil
// if it has none.
func (r *reading) doer(a attribution.Attribution) *entity {
	if !r.hasQuoted(a) {
		return nil
	}
	for i, depth := a.CueHead, 0; i >= 0 && depth < 4; i, depth = r.doc.Tokens[i].Head, depth+1 {
		if k := childOf(r.doc, i, "nsubj"); k >= 0 {
			return r.said[k]
		}
		switch r.doc.Tokens[i].Label {
		case "xcomp", "conj", "advcl", "acl", "dep":
		default:
			return nil
		}
	}
	return nil
}

// opensQuoted reports whether an attribution's content opens with a quotation
// mark, hasQuoted whether any of it stands between marks.
func (r *reading) opensQuoted(a attribution.Attribution) bool {
	first, end := r.tokens(a.Content[0])
	return first < end && (r.quoted[first] || r.doc.Tokens[first].Tag == "``")
}

func (r *reading) hasQuoted(a attribution.Attribution) bool {
	for _, s := range a.Content {
		first, end := r.tokens(s)
		if slices.Contains(r.quoted[first:end], true) {
			return true
		}
	}
	return false
}

// start is where an attribution begins in the body: with its content.
func start(a attribution.Attribution) int { return a.Content[0].Start }

// window bounds how many attributions around one are looked at.
const window = 40

// around is the speaker of the words inside which attribution order[n] stands.
func (r *reading) around(found []attribution.Attribution, speakers []*entity, order []int, n int) *entity {
	inner := found[order[n]]
	if at, _ := r.tokens(inner.Source[0]); at >= len(r.quoted) || !r.quoted[at] {
		return nil
	}
	for k := n - 1; k >= 0 && k >= n-window; k-- {
		if o := order[k]; inSpans(found[o].Content, inner.Source[0]) {
			return speakers[o]
		}
	}
	for k := n + 1; k < len(order) && k < n+window && start(found[order[k]]) <= inner.Source[0].Start; k++ {
		if o := order[k]; inSpans(found[o].Content, inner.Source[0]) {
			return speakers[o]
		}
	}
	return nil
}

// goesOn is the speaker of a quotation that has no attribution of its own.
func (r *reading) goesOn(found []attribution.Attribution, speakers []*entity, order []int, n int) *entity {
	here := start(found[order[n]])
	first, _ := tokensIn(r.doc, found[order[n]].Content[0])
	if first >= len(r.doc.Tokens) {
		return nil
	}
	sent := int(r.sentence[first])
	para := r.doc.Sentences[sent].Paragraph
	// the sentence before announces it: "The mayor took to the radio:"
	if first > 0 {
		for k := first; k >= 0 && k >= first-3; k-- {
			if r.doc.Tokens[k].Form == ":" {
				if e := r.subject(int(r.sentence[k]), first); e != nil {
					return e
				}
			}
		}
	}
	var before *entity
	for k := n - 1; k >= 0 && k >= n-window; k-- {
		o := order[k]
		if speakers[o] == nil || r.nested(found, order, k) {
			continue
		}
		at, _ := tokensIn(r.doc, found[o].Content[len(found[o].Content)-1])
		if at >= len(r.doc.Tokens) {
			continue
		}
		gap := para - r.doc.Sentences[r.sentence[at]].Paragraph
		if gap > 1 && before == nil {
			break
		}
		before = speakers[o]
		if gap <= 1 {
			return before
		}
		break
	}
	// the attribution that follows in the same paragraph
	for k := n + 1; k < len(order) && k < n+window; k++ {
		o := order[k]
		if start(found[o]) <= here || speakers[o] == nil {
			continue
		}
		at, _ := tokensIn(r.doc, found[o].Content[0])
		if at < len(r.doc.Tokens) && r.doc.Sentences[r.sentence[at]].Paragraph == para {
			return speakers[o]
		}
		break
	}
	if sent > 0 {
		if e := r.subject(sent-1, first); e != nil {
			return e
		}
	}
	for k := n - 1; k >= 0 && k >= n-window; k-- {
		if e := speakers[order[k]]; e != nil {
			return e
		}
	}
	return nil
}

// nested reports whether attribution order[k] stands inside the quoted words of
// one shortly before it.
func (r *reading) nested(found []attribution.Attribution, order []int, k int) bool {
	a := found[order[k]]
	if len(a.Source) == 0 {
		return false
	}
	if at, _ := r.tokens(a.Source[0]); at >= len(r.quoted) || !r.quoted[at] {
		return false
	}
	for j := k - 1; j >= 0 && j >= k-6; j-- {
		if inSpans(found[order[j]].Content, a.Source[0]) {
			return true
		}
	}
	return false
}

// subject is the person or body that a sentence is about: the first subject
// outside of quotation marks before token end.
func (r *reading) subject(sent, end int) *entity {
	s := r.doc.Sentences[sent].Tokens
	for i := s.First; i < s.End && i < end; i++ {
		if t := r.doc.Tokens[i]; strings.HasPrefix(t.Label, "nsubj") && !r.quoted[i] && r.said[i] != nil {
			return r.said[i]
		}
	}
	return nil
}

// tokensIn are the indices [first, end) of the tokens inside a span.
func tokensIn(doc *english.Doc, span text.Span) (first, end int) {
	first = sort.Search(len(doc.Tokens), func(i int) bool { return doc.Tokens[i].Start >= span.Start })
	for end = first; end < len(doc.Tokens) && doc.Tokens[end].End <= span.End; end++ {
	}
	return first, end
}
