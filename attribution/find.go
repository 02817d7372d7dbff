package attribution

import (
	"sort"
	"strings"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/linear"
	"onrecord/text"
)

// buffers are a goroutine's scratch space.
type buffers struct {
	features          features
	sources           []sourceCandidate
	scores            []float32
	starts, ends, out []float32
	focus             focus
}

// finding is an attribution in the making.
type finding struct {
	t        int             // head of the cue, -1 for an answer without one
	cue      float32         // log-odds that it is a cue
	source   sourceCandidate // the likeliest one
	sourceP  float32         // its probability among the candidates
	pieces   [2]text.Range   // of the content, by side; empty if none
	pieceP   [2]float32      // probability of what was chosen on each side
	nothingP [2]float32      // probability that there is nothing on each side
	words    int             // of the content
	overall  float32         // probability that source and content are right
}

// bestSource is the likeliest source of the cue at t and its probability.
func (m *Model) bestSource(v *view, t int, b *buffers) (sourceCandidate, float32) {
	b.sources = v.sources(t, b.sources)
	b.scores = b.scores[:0]
	for _, c := range b.sources {
		v.sourceFeatures(&b.features, t, c)
		b.scores = append(b.scores, m.source.Score(b.features.list))
	}
	linear.Softmax(b.scores)
	k := argmax(b.scores)
	return b.sources[k], b.scores[k]
}

// minCue is the least log-odds of a cue that is looked into.
const minCue = -3

// sureCue is the least log-odds of the marks of a transcript or a signature,
// of which the corpus has too few to learn from.
const sureCue = 3

// nounCue is the least log-odds of a noun that names somebody's words and is
// followed by them: the corpus has few, and the parser often loses the clause.
const nounCue = 1.5

// candidates are the findings of a document before any choice among them.
func (m *Model) candidates(v *view, b *buffers) []finding {
	var out []finding
	for i := range v.atoms {
		if !v.candidate(i) {
			continue
		}
		v.cueFeatures(&b.features, i)
		s := m.cue.Score(b.features.list)
		if v.transcript(i) || v.signature(i) {
			s = max(s, sureCue)
		}
		if v.namesWords(i) {
			s = max(s, nounCue)
		}
		if c := lexicon.Reporting(v.Tokens[i].Lemma); v.Tokens[i].Tag[0] == 'V' && (c == "say" || v.quotes[i] >= 0 || c != "" && (v.markNear(i, -1) || v.contrast(i) >= 0)) {
			s = max(s, minCue) // it may be what somebody else passed on, have a quotation beside it, or be what the outlet sets against it
		}
		if s < minCue {
			continue
		}
		x := finding{t: i, cue: s}
		x.source, x.sourceP = m.bestSource(v, i, b)
		if m.pieces(v, &x, b) {
			out = append(out, x)
		}
	}
	return out
}

// pieces fills the content of x; false if there is none to be had.
func (m *Model) pieces(v *view, x *finding, b *buffers) bool {
	var spare text.Range
	var spareAt side
	var spareMargin float32 = -1e9
	for s := before; s <= after; s++ {
		c := &b.focus
		c.t, c.source, c.side = x.t, x.source, s
		v.setControl(c)
		v.spans(c)
		b.starts, b.ends, b.out = v.pieceScores(c, m.content[s].Score, &b.features, b.starts, b.ends, b.out)
		none := b.out[0]
		k := v.withQuotation(c, b.out)
		if len(c.pieces) > 0 {
			second := argmax(b.out[1:])
			if d := b.out[second+1] - none; d > spareMargin {
				spare, spareAt, spareMargin = c.pieces[second].Range, s, d
			}
		}
		linear.Softmax(b.out)
		x.nothingP[s] = b.out[0]
		if k > 0 {
			x.pieces[s], x.pieceP[s] = c.pieces[k-1].Range, b.out[k]
		} else {
			x.pieceP[s] = b.out[0]
		}
	}
	if x.pieces[before].Len()+x.pieces[after].Len() == 0 {
		if spareMargin < -1e8 {
			return false
		}
		x.pieces[spareAt] = spare
	}
	if v.tells(x) {
		x.pieces[after] = text.Range{}
	}
	for _, p := range x.pieces {
		if p.Len() > 0 {
			x.words += v.words(p.First, p.End-1)
		}
	}
	return x.words > 0
}

// tells reports whether what follows the cue is the article's own after a
// quotation that is all of the content before the cue: "“Aaa,” she said, but
// the band was playing." Only "that" goes on with somebody's words there.
func (v *view) tells(x *finding) bool {
	p, q := x.pieces[before], x.pieces[after]
	if p.Len() == 0 || q.Len() == 0 || v.quote[x.t] >= 0 || !v.allQuoted(p) {
		return false
	}
	for i := q.First; i < q.End; i++ {
		if v.quote[i] >= 0 || v.atoms[i].mark != 0 {
			return false
		}
	}
	return v.Tokens[q.First].Form != "that" && v.Tokens[min(q.First+1, q.End-1)].Form != "that"
}

// withQuotation is the index of the best score of nothing and c.pieces: of
// those pieces that take in the quotation that hangs on the cue, if it stands
// on this side and any does.
func (v *view) withQuotation(c *focus, scores []float32) int {
	best := argmax(scores)
	k := v.quotes[c.t]
	if k < 0 || v.outer[k].first > c.t != (c.side == after) {
		return best
	}
	o, top := text.Range{First: v.outer[k].first, End: v.outer[k].last + 1}, -1
	touches := func(p text.Range) bool { return 2*v.overlap(p, o) > v.wordsIn(o) }
	if best > 0 && touches(c.pieces[best-1].Range) {
		return best
	}
	for i, p := range c.pieces {
		if touches(p.Range) && (top < 0 || scores[i+1] > scores[top]) {
			top = i + 1
		}
	}
	if top < 0 {
		return best
	}
	return top
}

// Find finds the attributions of a document, in the order of the text, without
// their Details.
func (m *Model) Find(d *english.Doc) []Attribution {
	v := newView(d)
	var b buffers
	found := m.candidates(v, &b)
	m.judge(v, found, &b)
	v.passOn(found)
	v.setApart(found)
	v.creditOnce(found)
	found = choose(v, found)
	found = append(found, v.answers(found)...)
	sort.SliceStable(found, func(i, j int) bool { return found[i].at() < found[j].at() })
	v.credit(found)
	return m.attributions(v, found, &b)
}

// at is the token that a finding starts with.
func (x *finding) at() int {
	at := 1 << 30
	for _, p := range x.pieces {
		if p.Len() > 0 {
			at = min(at, p.First)
		}
	}
	if x.t >= 0 {
		at = min(at, x.t)
	}
	if x.source.head >= 0 {
		at = min(at, x.source.First)
	}
	return at
}

// attributions turns findings into spans of the body.
func (m *Model) attributions(v *view, found []finding, b *buffers) []Attribution {
	var out []Attribution
	for k := range found {
		x := &found[k]
		a := Attribution{Kind: v.kind(x), SourceHead: x.source.head, CueHead: x.t, Confidence: float64(x.overall)}
		skip := map[int]bool{}
		if x.source.head >= 0 {
			if r := v.antecedent(x); r.Len() > 0 {
				a.Source = append(a.Source, v.bracketed(r))
			}
			a.Source = append(a.Source, v.bracketed(x.source.Range))
			for i := x.source.First; i < x.source.End; i++ {
				skip[i] = true
			}
		}
		if x.t >= 0 {
			taken := func(i int) bool {
				return skip[i] || x.pieces[before].First <= i && i < x.pieces[before].End || x.pieces[after].First <= i && i < x.pieces[after].End
			}
			r := v.extent(m.extent.Score, x.t, taken, &b.features)
			a.Cue = []text.Span{{Start: v.Tokens[r.First].Start, End: v.Tokens[r.End-1].End}}
			skip[x.t] = true
		}
		for _, p := range x.pieces {
			a.Content = append(a.Content, v.runs(p, skip)...)
		}
		if len(a.Content) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// bracketed is the span of a run of tokens, with the closing bracket that a
// run up to a word leaves out: "the Residents' Association (RA)".
func (v *view) bracketed(r text.Range) text.Span {
	s := text.Span{Start: v.Tokens[r.First].Start, End: v.Tokens[r.End-1].End}
	in := s.Of(v.Body)
	if r.End < len(v.Tokens) && v.Tokens[r.End].Form == ")" && strings.Count(in, "(") > strings.Count(in, ")") {
		s.End = v.Tokens[r.End].End
	}
	return s
}

// runs are the spans of the tokens of p that are not to be skipped, each from
// a word to a word and with the quotation marks beside them.
func (v *view) runs(p text.Range, skip map[int]bool) []text.Span {
	var out []text.Span
	for i := p.First; i < p.End; {
		j := i
		for j < p.End && !skip[j] {
			j++
		}
		a, b := v.wordFrom(i), v.wordUpTo(j-1)
		if a <= b {
			if v.atoms[a].opened {
				for v.atoms[a].mark != 'o' {
					a--
				}
			}
			b = v.closing(b)
			out = append(out, text.Span{Start: v.Tokens[a].Start, End: v.Tokens[b].End})
		}
		i = j + 1
	}
	return out
}

// closing is the last token of a piece that ends with word b: a question or
// exclamation mark after it, and the mark that closes its quotation.
func (v *view) closing(b int) int {
	last := b
	for i := b + 1; i < len(v.atoms) && !v.atoms[i].word; i++ {
		if v.atoms[b].closed && v.atoms[i].mark == 'c' {
			return i
		}
		if form := v.Tokens[i].Form; i == last+1 && (form == "?" || form == "!") {
			last = i
		}
	}
	return last
}

// antecedent are the words that a source stands for which is a relative
// pronoun: "the pilot" of "the pilot who said"; empty for any other.
func (v *view) antecedent(x *finding) text.Range {
	i := x.source.head
	if t := v.Tokens[i]; x.source.Len() > 1 || t.Tag != "WP" && t.Tag != "WDT" && (t.Tag != "IN" || t.Form != "that") {
		return text.Range{}
	}
	h := i
	for steps := 0; steps < 4 && h >= 0 && v.Tokens[h].Label != "acl:relcl" && v.Tokens[h].Label != "acl"; steps++ {
		h = v.Tokens[h].Head
	}
	if h < 0 || v.Tokens[h].Head < 0 || v.Tokens[h].Head >= i {
		return text.Range{}
	}
	var longest text.Range
	for _, c := range v.cuts(x.t, v.Tokens[h].Head, nil) {
		if c.End <= i && c.Len() > longest.Len() {
			longest = c.Range
		}
	}
	return longest
}
