package attribution

import (
	"onrecord/linear"
)

// Whether a finding is kept is a last log-linear decision, over how sure the
// earlier ones were and over the other findings of the document: contents are
// hardly ever nested, and a quotation wants somebody to be credited with it.

const acceptTemplates = 7000

// rivals is what a finding's surroundings say: the best cue score of the
// findings whose content holds its cue, and so on; none is minCue-1.
type rivals struct {
	holder  float32 // of a finding whose content has this cue inside
	overlap float32 // of a finding that shares half of this content
	above   float32 // of a finding whose cue is an ancestor of this cue
	inside  float32 // of a finding whose cue lies in this content
	sharing float32 // of a finding with the same source
	quoted  int     // words of this content in quotation marks
	alone   int     // of these, words that no finding with a better cue claims
}

// surroundings computes the rivals of each finding.
func (v *view) surroundings(found []finding) []rivals {
	out := make([]rivals, len(found))
	// best[i] is the best and second best finding that claims word i.
	type claim struct{ first, second int32 }
	best := make([]claim, len(v.atoms))
	for i := range best {
		best[i] = claim{-1, -1}
	}
	for k := range found {
		for _, p := range found[k].pieces {
			for i := p.First; i < p.End; i++ {
				c := &best[i]
				switch {
				case c.first < 0 || found[k].cue > found[c.first].cue:
					*c = claim{int32(k), c.first}
				case c.second < 0 || found[k].cue > found[c.second].cue:
					c.second = int32(k)
				}
			}
		}
	}
	other := func(i, k int) int32 {
		if best[i].first == int32(k) {
			return best[i].second
		}
		return best[i].first
	}
	heads := map[int]int{}
	for k := range found {
		heads[found[k].t] = k
	}
	for k := range found {
		x, r := &found[k], &out[k]
		*r = rivals{holder: minCue - 1, overlap: minCue - 1, above: minCue - 1, inside: minCue - 1, sharing: minCue - 1}
		if o := other(x.t, k); o >= 0 {
			r.holder = found[o].cue
		}
		shared := map[int32]int{}
		for _, p := range x.pieces {
			for i := p.First; i < p.End; i++ {
				if o, ok := heads[i]; ok && o != k {
					r.inside = max(r.inside, found[o].cue)
				}
				if !v.atoms[i].word {
					continue
				}
				o := other(i, k)
				if o >= 0 {
					shared[o]++
				}
				if v.quote[i] >= 0 {
					r.quoted++
					if o < 0 || found[o].cue < x.cue {
						r.alone++
					}
				}
			}
		}
		for o, n := range shared {
			if 2*n > x.words || 2*n > found[o].words {
				r.overlap = max(r.overlap, found[o].cue)
			}
		}
		for h, steps := v.Tokens[x.t].Head, 0; h >= 0 && steps < 6; h, steps = v.Tokens[h].Head, steps+1 {
			if o, ok := heads[h]; ok {
				r.above = max(r.above, found[o].cue)
			}
		}
		for o := max(0, k-4); o < min(len(found), k+5); o++ {
			if o != k && x.source.head >= 0 && found[o].source.head == x.source.head {
				r.sharing = max(r.sharing, found[o].cue)
			}
		}
	}
	return out
}

// grade makes a feature of log-odds: steps of a half, bounded.
func grade(x float32) uint32 { return uint32(max(-12, min(24, int(x*2)))+12) & 63 }

// chance makes a feature of a probability.
func chance(p float32) uint32 {
	for k, least := range [...]float32{.99, .95, .9, .8, .7, .6, .5, .4, .3, .2} {
		if p >= least {
			return uint32(k)
		}
	}
	return 10
}

func (v *view) acceptFeatures(f *features, x *finding, r *rivals) {
	f.reset(acceptTemplates)
	a := v.atoms[x.t]
	g := grade(x.cue)
	s := v.Sentences[v.sent[x.t]].Tokens
	src, srcName := uint32(0), uint32(0)
	if x.source.head >= 0 {
		src, srcName = v.atoms[x.source.head].tag, v.atoms[x.source.head].name
	}
	share := 0
	if x.words > 0 {
		share = (4*r.quoted + x.words/2) / x.words
	}
	shape := bits(x.pieces[before].Len() > 0, x.pieces[after].Len() > 0, share > 0, share >= 4, share == 0)
	aloneShare := 0
	if r.quoted > 0 {
		aloneShare = 1 + 3*r.alone/r.quoted
	}
	pb, pa := chance(x.pieceP[before]), chance(x.pieceP[after])
	f.add(0)
	f.add(g)
	f.add2(g, a.tag)
	f.add2(g, shape)
	f.add2(g/4, a.lemma)
	f.add2(a.lemma, shape)
	f.add2(g/2, a.class)
	f.add3(a.class, shape, g/4)
	f.add2(g, chance(x.sourceP))
	f.add2(chance(x.sourceP), src)
	f.add3(src, srcName, g/2)
	f.add2(pb, g/2)
	f.add2(pa, g/2)
	f.add3(pa, pb, shape)
	f.add2(bucket(x.words), g/2)
	f.add2(bucket(x.words), shape)
	f.add2(grade(r.holder), g/2)
	f.add3(grade(r.holder)/2, g/2, a.tag)
	f.add2(grade(r.overlap), g)
	f.add3(grade(r.overlap)/2, g/2, bits(v.quote[x.t] >= 0))
	f.add2(grade(r.above), g/2)
	f.add2(grade(r.inside), g/2)
	f.add3(grade(r.inside)/2, shape, g/2)
	f.add2(grade(r.sharing), g/2)
	f.add3(uint32(aloneShare), bucket(r.quoted), g/2)
	f.add3(uint32(aloneShare), shape, g/2)
	f.add3(bits(v.quote[x.t] >= 0, x.source.head >= 0 && v.quote[x.source.head] >= 0), g/2, a.tag)
	f.add3(bits(v.sent[x.t] == 0, x.t == s.First), g/2, a.tag)
	f.add3(a.label, g/2, shape)
	f.add2(bucket(s.Len()), g/2)
	f.add2(chance(x.nothingP[before]), chance(x.nothingP[after]))
	f.add3(pa, chance(x.sourceP), g/2)
	f.add3(pb, chance(x.sourceP), g/2)
}

// leastNoun is the least probability of a noun that names somebody's words.
const leastNoun = .5

// judge fills the overall probability of each finding.
func (m *Model) judge(v *view, found []finding, b *buffers) {
	for k, r := range v.surroundings(found) {
		v.acceptFeatures(&b.features, &found[k], &r)
		x := &found[k]
		x.overall = linear.Logistic(m.accept.Score(b.features.list))
		if v.transcript(x.t) || v.signature(x.t) {
			x.overall = max(x.overall, linear.Logistic(sureCue))
		}
		if v.namesWords(x.t) {
			x.overall = max(x.overall, leastNoun)
		}
	}
}

// parts is the number of parts the examples are cut into so that the earlier
// stages are never judged on what they were trained on.
const jackknife = 4

// acceptance learns the last decision from findings of models that were
// trained on the other parts.
func (all ensemble) acceptance() *linear.Weights {
	findings := make([][]verdict, len(all))
	var b buffers
	for part := range jackknife {
		var rest ensemble
		for _, tr := range all {
			some := &trainer{Training: Training{Epochs: tr.Epochs}, number: tr.number}
			for k, l := range tr.lessons {
				if k%jackknife != part {
					some.lessons = append(some.lessons, l)
				}
			}
			rest = append(rest, some)
		}
		m := rest.stages()
		for d, tr := range all {
			for k := part; k < len(tr.lessons); k += jackknife {
				findings[d] = append(findings[d], tr.lessons[k].verdicts(m, &b)...)
			}
		}
	}
	return all.mean(func(tr *trainer) *linear.LogLinear { return tr.accept(findings[tr.number]) })
}

// verdict is a finding's features and whether it is right.
type verdict struct {
	features []linear.Feature
	right    float32
}

// verdicts are those on the findings of a model that never saw the lesson.
func (l *lesson) verdicts(m *Model, b *buffers) []verdict {
	var out []verdict
	found := m.candidates(l.view, b)
	for i, r := range l.surroundings(found) {
		if found[i].cue <= minCue {
			continue // looked into for what stands around it, mostly in vain
		}
		l.acceptFeatures(&b.features, &found[i], &r)
		out = append(out, verdict{append([]linear.Feature(nil), b.features.list...), l.right(&found[i])})
	}
	return out
}

func (tr *trainer) accept(all []verdict) *linear.LogLinear {
	p := linear.NewLogLinear(18)
	p.L2 = 1e-2
	for e := range tr.Epochs {
		var loss float64
		p.Rate = 0.05 / (1 + 0.5*float32(e))
		for _, k := range order(len(all), e, 9+100*tr.number) {
			x := &all[k]
			q := p.Learn(x.features, x.right)
			loss += float64((x.right - q) * (x.right - q))
		}
		p.EndPass()
		tr.log("accept: pass %d of %d, squared error %.4f", e+1, len(all), loss/float64(len(all)))
	}
	return p
}

// right is 1 for a finding that agrees with a gold attribution: half of the
// content (Dice) and a word of the source.
func (l *lesson) right(x *finding) float32 {
	words := map[int]bool{}
	for _, p := range x.pieces {
		for i := p.First; i < p.End; i++ {
			if l.atoms[i].word {
				words[i] = true
			}
		}
	}
	for _, g := range l.cues {
		n := 0
		for i := range words {
			if g.content[i] {
				n++
			}
		}
		if 4*n >= len(words)+len(g.content) && l.sameSource(x, g) {
			return 1
		}
	}
	return 0
}

func (l *lesson) sameSource(x *finding, g *target) bool {
	if x.source.head < 0 {
		return len(g.source) == 0
	}
	for i := x.source.First; i < x.source.End; i++ {
		if g.source[i] {
			return true
		}
	}
	return false
}
