package attribution

import (
	"sort"

	"onrecord/english"
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
	t        int // head of the cue
	cue      float32
	source   sourceCandidate
	sourceP  float32
	pieces   [2]text.Range // by side; empty if none
	pieceP   [2]float32
	nothingP [2]float32
	words    int
	overall  float32
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
		b.starts, b.ends, b.out = v.pieceScores(c, &contentWeights{m.content[s].Score}, &b.features, b.starts, b.ends, b.out)
		none := b.out[0]
		k := argmax(b.out)
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
	for _, p := range x.pieces {
		if p.Len() > 0 {
			x.words += v.words(p.First, p.End-1)
		}
	}
	return x.words > 0
}

// Find finds the attributions of a document, in the order of the text, without
// their Details.
func (m *Model) Find(d *english.Doc) []Attribution {
	v := newView(d)
	var b buffers
	found := m.candidates(v, &b)
	m.judge(v, found, &b)
	found = choose(v, found)
	found = append(found, v.answers(found)...)
	sort.SliceStable(found, func(i, j int) bool { return found[i].at() < found[j].at() })
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

// choose keeps the likeliest findings that do not claim the same words, and
// then, for quotations that nobody is credited with, the likeliest of the
// rest that claims them.
func choose(v *view, found []finding) []finding {
	v.settle(found)
	order := make([]int, len(found))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return found[order[a]].overall > found[order[b]].overall })
	taken := make([]bool, len(v.atoms))
	var keep []int
	take := func(k int) {
		for _, p := range found[k].pieces {
			for i := p.First; i < p.End; i++ {
				taken[i] = true
			}
		}
		keep = append(keep, k)
	}
	free := func(k int) bool { return 2*v.count(found[k].pieces, taken) <= found[k].words }
	rest := len(order)
	for n, k := range order {
		if found[k].overall < least {
			rest = n
			break
		}
		if free(k) {
			take(k)
		}
	}
	for _, k := range order[rest:] {
		if found[k].overall < leastForQuotation {
			break
		}
		if free(k) && v.frees(&found[k], taken) {
			take(k)
		}
	}
	sort.Ints(keep)
	out := make([]finding, len(keep))
	for i, k := range keep {
		out[i] = found[k]
	}
	return out
}

// least is the least probability of a finding that is kept: on the
// development texts F1 is flat from .40 to .50.
const least = .43

// leastForQuotation is the least probability of a finding that is kept
// because nothing else claims its quotation, which has at least
// wordsOfQuotation words.
const (
	leastForQuotation = .1
	wordsOfQuotation  = 4
)

// settle decides who has a piece that two findings claim: the one that is
// surer of it, if the other has another piece left.
func (v *view) settle(found []finding) {
	for k := range found {
		x := &found[k]
		if x.overall < least {
			continue
		}
		for o := k + 1; o < len(found) && o < k+6; o++ {
			y := &found[o]
			if y.overall < least {
				continue
			}
			for s := range x.pieces {
				for r := range y.pieces {
					p, q := x.pieces[s], y.pieces[r]
					n := v.overlap(p, q)
					if n == 0 || 2*n < v.wordsIn(p) && 2*n < v.wordsIn(q) {
						continue
					}
					px, py := x.pieceP[s]*x.overall, y.pieceP[r]*y.overall
					if px < py && x.pieces[1-s].Len() > 0 {
						x.drop(v, s)
					} else if py <= px && y.pieces[1-r].Len() > 0 {
						y.drop(v, r)
					}
				}
			}
		}
	}
}

func (x *finding) drop(v *view, s int) {
	x.pieces[s] = text.Range{}
	x.words = v.wordsIn(x.pieces[1-s])
}

func (v *view) wordsIn(r text.Range) int {
	if r.Len() == 0 {
		return 0
	}
	return v.words(r.First, r.End-1)
}

func (v *view) overlap(p, q text.Range) int {
	return v.wordsIn(text.Range{First: max(p.First, q.First), End: max(max(p.First, q.First), min(p.End, q.End))})
}

// count is the number of words of the pieces that are taken.
func (v *view) count(pieces [2]text.Range, taken []bool) int {
	n := 0
	for _, p := range pieces {
		for i := p.First; i < p.End; i++ {
			if taken[i] && v.atoms[i].word {
				n++
			}
		}
	}
	return n
}

// frees reports whether x claims a quotation that nothing taken does.
func (v *view) frees(x *finding, taken []bool) bool {
	n := 0
	for _, p := range x.pieces {
		for i := p.First; i < p.End; i++ {
			if v.atoms[i].word && v.quote[i] >= 0 && !taken[i] {
				n++
			}
		}
	}
	return n >= wordsOfQuotation
}

// attributions turns findings into spans of the body.
func (m *Model) attributions(v *view, found []finding, b *buffers) []Attribution {
	var out []Attribution
	for k := range found {
		x := &found[k]
		a := Attribution{Kind: v.kind(x), SourceHead: x.source.head, CueHead: x.t, Confidence: float64(x.overall)}
		skip := map[int]bool{}
		if x.source.head >= 0 {
			a.Source = []text.Span{{Start: v.Tokens[x.source.First].Start, End: v.Tokens[x.source.End-1].End}}
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
			if v.atoms[b].closed {
				for v.atoms[b].mark != 'c' {
					b++
				}
			}
			out = append(out, text.Span{Start: v.Tokens[a].Start, End: v.Tokens[b].End})
		}
		i = j + 1
	}
	return out
}
