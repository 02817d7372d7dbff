package attribution

import (
	"strings"

	"onrecord/text"
)

// wordsOfAnswer is the least number of words of a quotation that is an
// attribution without source and cue.
const wordsOfAnswer = 4

// answers are the quotations that go on without an attribution of their own:
// those that make up most of their paragraph from its start, or whole sentences,
// and that no finding claims. Quotations of one paragraph that follow one another are one answer.
func (v *view) answers(found []finding) []finding {
	taken := make([]bool, len(v.atoms))
	for k := range found {
		for _, p := range found[k].pieces {
			for i := p.First; i < p.End; i++ {
				taken[i] = true
			}
		}
		taken[found[k].t] = true
	}
	var out []finding
	for k := 0; k < len(v.outer); k++ {
		o := v.outer[k]
		if v.claimed(o, taken) || v.words(o.first, o.last) < wordsOfAnswer || o.title {
			continue
		}
		p := v.Paragraphs[v.Sentences[v.sent[o.first]].Paragraph].Tokens
		for k+1 < len(v.outer) && v.outer[k+1].first < p.End && v.words(o.last, v.outer[k+1].first) <= 2 && !v.claimed(v.outer[k+1], taken) {
			k++
			o.last = v.outer[k].last
		}
		opens := o.first <= p.First || v.words(p.First, o.first-1) == 0
		from, to := v.Sentences[v.sent[o.first]].Tokens, v.Sentences[v.sent[o.last]].Tokens
		whole := o.first <= from.First && o.last >= to.End-1
		if n := v.words(o.first, o.last); opens && 3*n >= 2*v.words(p.First, p.End-1) || whole {
			out = append(out, finding{t: -1, source: sourceCandidate{head: -1}, pieces: [2]text.Range{{First: o.first, End: o.last + 1}}, words: n, overall: answerConfidence})
		}
	}
	return out
}

// credit gives an answer the source of what it goes on with in its paragraph:
// of the nearest attribution before it, of several in one sentence the
// quotation's, else the highest in the tree. A paragraph of its own names nobody.
func (v *view) credit(found []finding) {
	for n := range found {
		x := &found[n]
		if x.t >= 0 || x.source.head >= 0 {
			continue
		}
		para := v.Sentences[v.sent[x.at()]].Paragraph
		best := -1
		for k := n - 1; k >= 0; k-- {
			y := &found[k]
			if v.Sentences[v.sent[y.end()-1]].Paragraph != para || best >= 0 && v.sent[y.anchor()] != v.sent[found[best].anchor()] {
				break
			}
			if y.source.head < 0 || v.quote[y.source.head] >= 0 {
				continue
			}
			if best < 0 || v.leads(y, &found[best]) {
				best = k
			}
		}
		if best >= 0 {
			x.source = found[best].source
		}
	}
}

// end is the token that a finding's content ends before.
func (x *finding) end() int { return max(x.pieces[before].End, x.pieces[after].End) }

// anchor is the cue of a finding, or where an answer starts.
func (x *finding) anchor() int {
	if x.t >= 0 {
		return x.t
	}
	return x.pieces[before].First
}

// leads reports whether x rather than y is what a sentence says.
func (v *view) leads(x, y *finding) bool {
	if a, b := v.kind(x) != Indirect, v.kind(y) != Indirect; a != b {
		return a
	}
	return v.depth(x.t) <= v.depth(y.t)
}

func (v *view) depth(i int) int {
	n := 0
	for ; i >= 0 && n < 50; i = v.Tokens[i].Head {
		n++
	}
	return n
}

// answerConfidence is the confidence of an answer: the share of them, on the
// training documents, that a person credited to somebody.
const answerConfidence = .5

// claimed reports whether a good part of a quotation's words is taken.
func (v *view) claimed(o outer, taken []bool) bool {
	n := 0
	for i := o.first; i <= o.last; i++ {
		if v.atoms[i].word && taken[i] {
			n++
		}
	}
	return 3*n > v.words(o.first, o.last)
}

// verbOf is the verb outside of a quotation that its first word hangs on,
// however far up, -1 if there is none.
func (v *view) verbOf(o outer) int {
	i := v.wordFrom(o.first)
	for steps := 0; i >= 0 && i < len(v.Tokens) && steps < 12; i, steps = v.Tokens[i].Head, steps+1 {
		if (i < o.first || i > o.last) && v.Tokens[i].Tag[0] == 'V' {
			return i
		}
	}
	return -1
}

// kind says how much of the content's words stand in quotation marks. The
// marks around the whole attribution, of somebody who tells what another said,
// do not count, nor, beside words without marks, those around a title.
func (v *view) kind(x *finding) Kind {
	quoted, reports, around := 0, false, int32(-1)
	if x.t >= 0 {
		around = v.quote[x.t]
	}
	for _, p := range x.pieces {
		for i := p.First; i < p.End; i++ {
			if v.atoms[i].word && v.quote[i] >= 0 && v.quote[i] != around {
				quoted++
				reports = reports || !v.outer[v.quote[i]].title
			}
		}
	}
	switch {
	case quoted > 0 && quoted == x.words:
		return Direct
	case reports:
		return Mixed
	}
	return Indirect
}

// names reports whether all that x credits nobody with is a title: "a song
// called “The Ferry Is Late Again”".
func (v *view) names(x *finding) bool {
	if x.source.head >= 0 {
		return false
	}
	for _, p := range x.pieces {
		for i := p.First; i < p.End; i++ {
			if v.atoms[i].word && (v.quote[i] < 0 || !v.outer[v.quote[i]].title) {
				return false
			}
		}
	}
	return true
}

// isTitle reports whether all words of a quotation but the shortest begin with
// a capital, more than one goes on in small letters, and none but the last
// ends a sentence.
func (v *view) isTitle(o outer) bool {
	n := 0
	for i := o.first; i <= o.last; i++ {
		form := v.Tokens[i].Form
		if c := form[0]; len(form) > 4 && c >= 'a' && c <= 'z' {
			return false
		}
		if v.atoms[i].word && isCapital(form) && form != strings.ToUpper(form) {
			n++
		}
	}
	return n > 1 && v.Sentences[v.sent[o.first]].Tokens.End >= o.last
}
