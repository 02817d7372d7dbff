package attribution

import (
	"onrecord/linear"
	"onrecord/text"
)

// A cue has more words than its head: auxiliaries, adverbs, a particle ("has
// repeatedly stated", "refused to detail"). It grows from the head one token
// at a time, to the left and then to the right, as long as a log-linear
// decision says so and neither source nor content stands in the way.

const (
	extentTemplates = 8000
	maxCueReach     = 8 // tokens on each side of the head
)

func (v *view) extentFeatures(f *features, t, i, d int) {
	f.reset(extentTemplates + 100*bits(d > 0))
	a, x, y := &v.atoms[t], &v.atoms[i], v.near(i+d, i)
	edge := v.near(i-d, i) // the token that the cue ends with so far
	related := bits(v.Tokens[i].Head == t, v.Tokens[t].Head == i, v.Tokens[i].Head >= 0 && v.Tokens[v.Tokens[i].Head].Head == t)
	k := uint32(max(i-t, t-i))
	f.add(0)
	f.add(x.lemma)
	f.add2(x.tag, a.tag)
	f.add2(x.label, related)
	f.add3(x.label, related, a.tag)
	f.add2(x.lemma, related)
	f.add2(x.lemma, x.label)
	f.add2(x.lemma, a.lemma)
	f.add2(x.lemma, a.tag)
	f.add3(x.tag, a.lemma, x.label)
	f.add2(x.tag, y.tag)
	f.add2(x.lemma, y.lemma)
	f.add2(x.lemma, y.tag)
	f.add2(edge.lemma, x.lemma)
	f.add2(edge.tag, x.tag)
	f.add2(k, x.tag)
	f.add2(k, a.lemma)
	f.add2(k, x.lemma)
	f.add3(edge.lemma, x.lemma, y.tag)
	f.add3(a.tag, x.tag, y.lemma)
}

// extent grows the cue at t; taken are the tokens of source and content.
func (v *view) extent(w func([]linear.Feature) float32, t int, taken func(int) bool, f *features) text.Range {
	r := text.Range{First: t, End: t + 1}
	s := v.Sentences[v.sent[t]].Tokens
	for r.First > s.First && t-r.First < maxCueReach && v.atoms[r.First-1].word && !taken(r.First-1) {
		v.extentFeatures(f, t, r.First-1, -1)
		if w(f.list) <= 0 {
			break
		}
		r.First--
	}
	for r.End < s.End && r.End-t <= maxCueReach && v.atoms[r.End].word && !taken(r.End) {
		v.extentFeatures(f, t, r.End, 1)
		if w(f.list) <= 0 {
			break
		}
		r.End++
	}
	return r
}

// extents learns how far cues reach.
func (tr *trainer) extents() *linear.LogLinear {
	p := linear.NewLogLinear(18)
	p.L2 = 1e-2
	var f features
	for e := range tr.Epochs {
		var loss float64
		n := 0
		p.Rate = 0.1 / (1 + 0.3*float32(e))
		for _, k := range tr.order(e, 5) {
			l := tr.lessons[k]
			for _, t := range l.inOrder() {
				g := l.cues[t]
				if t < g.cue.First || t >= g.cue.End {
					continue
				}
				s := l.Sentences[l.sent[t]].Tokens
				learn := func(i, d int) bool {
					if i < s.First || i >= s.End || !l.atoms[i].word || g.source[i] || g.content[i] {
						return false
					}
					var y float32
					if i >= g.cue.First && i < g.cue.End {
						y = 1
					}
					l.extentFeatures(&f, t, i, d)
					q := p.Learn(f.list, y)
					loss += float64((y - q) * (y - q))
					n++
					return y == 1
				}
				for i := t - 1; t-i <= maxCueReach && learn(i, -1); i-- {
				}
				for i := t + 1; i-t <= maxCueReach && learn(i, 1); i++ {
				}
			}
		}
		p.EndPass()
		tr.log("extent: pass %d, squared error %.4f", e+1, loss/float64(n))
	}
	return p
}
