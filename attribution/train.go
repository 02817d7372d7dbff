package attribution

import (
	"math/rand/v2"

	"onrecord/english"
	"onrecord/linear"
	"onrecord/text"
)

// Gold is an attribution that a person marked.
type Gold struct{ Source, Cue, Content []text.Span }

// Example is a parsed document with its gold attributions.
type Example struct {
	Doc  *english.Doc
	Gold []Gold
}

// Training says how a model is trained.
type Training struct {
	Epochs int // passes over the documents; 3 if 0
	Orders int // how often each draw is learned, every time in another order; 1 if 0
	Log    func(format string, args ...any)
}

func (o Training) log(format string, args ...any) {
	if o.Log != nil {
		o.Log(format, args...)
	}
}

// lesson is an Example in tokens.
type lesson struct {
	*view
	cues map[int]*target // by the cue's head
}

// target is a gold attribution in tokens.
type target struct {
	source, content map[int]bool
	cue             text.Range
}

func newLesson(x Example) *lesson {
	l := &lesson{view: newView(x.Doc), cues: map[int]*target{}}
	for _, g := range x.Gold {
		cue := l.tokens(g.Cue)
		if len(cue) == 0 {
			continue
		}
		t := &target{source: set(l.wordsAmong(l.tokens(g.Source))), content: set(l.wordsAmong(l.tokens(g.Content)))}
		t.cue = text.Range{First: cue[0], End: cue[len(cue)-1] + 1}
		if len(t.content) == 0 {
			continue
		}
		l.cues[l.headOf(cue)] = t
	}
	return l
}

// tokens are the tokens at least half of which lie in the spans.
func (v *view) tokens(spans []text.Span) []int {
	var out []int
	for _, s := range spans {
		for i := v.tokenAt(s.Start); i < len(v.Tokens) && v.Tokens[i].Start < s.End; i++ {
			t := v.Tokens[i]
			if 2*(min(s.End, t.End)-max(s.Start, t.Start)) >= t.Len() {
				out = append(out, i)
			}
		}
	}
	return out
}

// tokenAt is the first token that ends after the byte offset.
func (v *view) tokenAt(offset int) int {
	lo, hi := 0, len(v.Tokens)
	for lo < hi {
		m := (lo + hi) / 2
		if v.Tokens[m].End <= offset {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// wordsAmong are the words among the tokens.
func (v *view) wordsAmong(in []int) []int {
	var out []int
	for _, i := range in {
		if v.atoms[i].word {
			out = append(out, i)
		}
	}
	return out
}

func set(in []int) map[int]bool {
	s := map[int]bool{}
	for _, i := range in {
		s[i] = true
	}
	return s
}

// headOf is the token of a cue whose head lies outside of it, the verb, noun
// or adjective first.
func (v *view) headOf(cue []int) int {
	in := set(cue)
	best, rank := cue[0], 9
	for _, i := range cue {
		if in[v.Tokens[i].Head] {
			continue
		}
		r := 3
		switch tag := v.Tokens[i].Tag; {
		case tag[0] == 'V':
			r = 0
		case tag == "NN" || tag == "NNS" || tag[0] == 'J':
			r = 1
		case v.candidate(i):
			r = 2
		}
		if r < rank {
			best, rank = i, r
		}
	}
	return best
}

// dice is the overlap of the words of a run of tokens with a set of words.
func (v *view) dice(r text.Range, gold map[int]bool, goldSize int) float32 {
	common, n := 0, 0
	for i := r.First; i < r.End; i++ {
		if v.atoms[i].word {
			n++
			if gold[i] {
				common++
			}
		}
	}
	if n+goldSize == 0 {
		return 0
	}
	return 2 * float32(common) / float32(n+goldSize)
}

// trainer learns from one draw of the examples, in an order of its own.
type trainer struct {
	Training
	lessons []*lesson
	number  uint64 // in its ensemble
}

// ensemble are trainers whose weights are averaged.
type ensemble []*trainer

// Train learns a model from draws of the same documents, each parsed by other
// parsers: its weights are the mean of what is learned from each. The same
// examples and options give the same model.
func Train(draws [][]Example, o Training) *Model {
	if o.Epochs == 0 {
		o.Epochs = 3
	}
	var all ensemble
	for _, examples := range draws {
		lessons := make([]*lesson, len(examples))
		for k, x := range examples {
			lessons[k] = newLesson(x)
		}
		for range max(o.Orders, 1) {
			all = append(all, &trainer{Training: o, lessons: lessons, number: uint64(len(all))})
		}
	}
	m := all.stages()
	m.extent = all.mean((*trainer).extents)
	m.accept = all.acceptance()
	return m
}

// mean is what the trainers learn by one of their methods, averaged.
func (all ensemble) mean(learn func(*trainer) *linear.LogLinear) *linear.Weights {
	learned := make([]*linear.LogLinear, len(all))
	for k, tr := range all {
		learned[k] = learn(tr)
	}
	return linear.Mean(learned)
}

// stages learns all decisions but the last.
func (all ensemble) stages() *Model {
	m := &Model{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		m.cue = all.mean((*trainer).cues)
	}()
	m.source = all.mean((*trainer).sources)
	<-done
	done = make(chan struct{})
	content := func(s side) *linear.Weights {
		return all.mean(func(tr *trainer) *linear.LogLinear { return tr.contents(s, m.source) })
	}
	go func() {
		defer close(done)
		m.content[before] = content(before)
	}()
	m.content[after] = content(after)
	<-done
	return m
}

func (tr *trainer) order(epoch int, salt uint64) []int {
	return order(len(tr.lessons), epoch, salt+100*tr.number)
}

func order(n, epoch int, salt uint64) []int {
	return rand.New(rand.NewPCG(uint64(epoch), salt)).Perm(n)
}

func (tr *trainer) cues() *linear.LogLinear {
	p := linear.NewLogLinear(22)
	p.L2 = 1e-2
	var f features
	for e := range tr.Epochs {
		var loss float64
		var n int
		p.Rate = 0.1 / (1 + 0.3*float32(e))
		for _, k := range tr.order(e, 1) {
			l := tr.lessons[k]
			for i := range l.atoms {
				if !l.candidate(i) {
					continue
				}
				l.cueFeatures(&f, i)
				var y float32
				if l.cues[i] != nil {
					y = 1
				}
				q := p.Learn(f.list, y)
				loss += float64((y - q) * (y - q))
				n++
			}
		}
		p.EndPass()
		tr.log("cue: pass %d, squared error %.5f", e+1, loss/float64(n))
	}
	return p
}

func (tr *trainer) sources() *linear.LogLinear {
	p := linear.NewLogLinear(21)
	p.L2 = 1e-2
	var f features
	var cs []sourceCandidate
	for e := range tr.Epochs {
		var loss, right, n float64
		p.Rate = 0.1 / (1 + 0.3*float32(e))
		for _, k := range tr.order(e, 2) {
			l := tr.lessons[k]
			for _, t := range l.inOrder() {
				g := l.cues[t]
				cs = l.view.sources(t, cs)
				goal := make([]float32, len(cs))
				for c, x := range cs {
					if x.head >= 0 {
						goal[c] = l.dice(x.Range, g.source, len(g.source))
					} else if len(g.source) == 0 {
						goal[c] = 1
					}
				}
				if !sharpen(goal, .4) {
					continue
				}
				rivals := make([][]linear.Feature, len(cs))
				for c, x := range cs {
					l.sourceFeatures(&f, t, x)
					rivals[c] = append([]linear.Feature(nil), f.list...)
				}
				q := make([]float32, len(cs))
				for c := range cs {
					q[c] = p.Score(rivals[c])
				}
				if goal[argmax(q)] > 0 {
					right++
				}
				n++
				loss += float64(p.LearnRank(rivals, goal))
			}
		}
		p.EndPass()
		tr.log("source: pass %d, loss %.4f, %.1f %% right while learning", e+1, loss/n, 100*right/n)
	}
	return p
}

// sharpen makes overlaps a distribution over the best ones; false if none
// reaches least.
func sharpen(goal []float32, least float32) bool {
	top := goal[argmax(goal)]
	if top < least {
		return false
	}
	var n float32
	for k, g := range goal {
		if g == top {
			goal[k] = 1
			n++
		} else {
			goal[k] = 0
		}
	}
	for k := range goal {
		goal[k] /= n
	}
	return true
}

func argmax(x []float32) int {
	k := 0
	for i, v := range x {
		if v > x[k] {
			k = i
		}
	}
	return k
}

// inOrder are the heads of the gold cues in the order of the text.
func (l *lesson) inOrder() []int {
	var out []int
	for i := range l.atoms {
		if l.cues[i] != nil {
			out = append(out, i)
		}
	}
	return out
}

func (tr *trainer) contents(s side, source *linear.Weights) *linear.LogLinear {
	p := linear.NewLogLinear(22)
	p.L2 = 1e-2
	m := &Model{source: source}
	var f features
	var starts, ends, out []float32
	c := focus{side: s}
	var buf buffers
	for e := range tr.Epochs {
		var loss, right, n, covered float64
		p.Rate = 0.1 / (1 + 0.3*float32(e))
		for _, k := range tr.order(e, 3+uint64(s)) {
			l := tr.lessons[k]
			for _, t := range l.inOrder() {
				g := l.cues[t]
				c.t = t
				c.source, _ = m.bestSource(l.view, t, &buf)
				l.setControl(&c)
				l.spans(&c)
				part, size := map[int]bool{}, 0
				for i := range g.content {
					if (s == before) == (i < t) {
						part[i] = true
						size++
					}
				}
				goal := make([]float32, len(c.pieces)+1)
				if size == 0 {
					goal[0] = 1
				} else {
					for k, x := range c.pieces {
						goal[k+1] = l.dice(x.Range, part, size)
					}
				}
				n++
				if goal[argmax(goal)] > .999 {
					covered++
				}
				if !sharpen(goal, .3) {
					continue
				}
				starts, ends, out = l.pieceScores(&c, p.Score, &f, starts, ends, out)
				if goal[argmax(out)] > 0 {
					right++
				}
				linear.Softmax(out)
				loss += tr.step(l, &c, p, &f, goal, out)
			}
		}
		p.EndPass()
		tr.log("content side %d: pass %d, loss %.4f, %.1f %% right while learning, %.1f %% covered", s, e+1, loss/n, 100*right/n, 100*covered/n)
	}
	return p
}

// step moves the weights of a side's starts, ends and pairs towards goal, out
// being the present probabilities.
func (tr *trainer) step(l *lesson, c *focus, p *linear.LogLinear, f *features, goal, out []float32) (loss float64) {
	l.nothingFeatures(f, c)
	p.Step(f.list, goal[0]-out[0])
	atStart, atEnd := make([]float32, len(c.starts)), make([]float32, len(c.ends))
	for k, x := range c.pieces {
		g := goal[k+1] - out[k+1]
		atStart[x.start] += g
		atEnd[x.end] += g
		if g > 1e-3 || g < -1e-3 {
			l.pairFeatures(f, c, x)
			p.Step(f.list, g)
		}
	}
	for a, i := range c.starts {
		if g := atStart[a]; g > 1e-3 || g < -1e-3 {
			l.startFeatures(f, c, i)
			p.Step(f.list, g)
		}
	}
	for b, j := range c.ends {
		if g := atEnd[b]; g > 1e-3 || g < -1e-3 {
			l.endFeatures(f, c, j)
			p.Step(f.list, g)
		}
	}
	for k := range goal {
		if goal[k] > 0 {
			d := goal[k] - out[k]
			loss += float64(d * d)
		}
	}
	return loss
}
