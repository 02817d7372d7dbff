package english

import (
	"math/rand/v2"
	"strings"

	"onrecord/linear"
)

// Training says how a model is trained.
type Training struct {
	Epochs   int               // passes over the sentences; 10 if 0
	Clusters map[string]uint16 // distributional class of lower-case words, from 1; may be nil
	Log      func(format string, args ...any)
}

// step is how finely weights are rounded, in standard deviations.
const step = .3

// rare is the number of mistakes that a feature must take part in; in a small
// treebank each one counts.
func rare(updates, sentences int) int { return min(updates, sentences/1000) }

// sample is a training sentence in the classes of the inventories.
type sample struct {
	ws          []word
	tags, kinds []uint8
	heads       []int // n for the root's child
	labels      []uint8
	first       bool // of its document
}

// Train learns a model from documents with trees. The same documents and
// options give the same model, byte for byte.
func Train(docs []*Doc, o Training) *Model {
	if o.Epochs == 0 {
		o.Epochs = 10
	}
	m := &Model{usual: map[uint32]uint8{}, lemmas: map[string]string{}, clusters: map[uint32]uint16{}}
	for w, c := range o.Clusters {
		m.clusters[hashBytes([]byte(w))] = c
	}
	samples := m.samples(docs)
	m.count(docs)
	m.tagger = m.trainTagger(samples, o.Epochs, o).Table(step)
	m.jackknife(samples, o)
	m.namer = m.trainNames(samples, o).Table(step)
	mover, labeller := m.trainParser(samples, o)
	m.mover, m.labeller = mover.Table(step), labeller.Table(.1)
	return m
}

func (m *Model) samples(docs []*Doc) []sample {
	var out []sample
	var buf []byte
	for _, d := range docs {
		for k, s := range d.Sentences {
			n := s.Tokens.Len()
			x := sample{first: k == 0, tags: make([]uint8, n), kinds: make([]uint8, n), heads: make([]int, n), labels: make([]uint8, n)}
			for i := 0; i < n; i++ {
				t := d.Tokens[s.Tokens.First+i]
				w, lower := look(t.Form, buf)
				buf = lower
				w.cluster = uint32(m.clusters[w.lower])
				x.ws = append(x.ws, w)
				x.tags[i] = uint8(max(0, index(tagNames, t.Tag)))
				x.kinds[i] = uint8(max(0, index(nameKinds, t.Name)))
				x.labels[i] = uint8(max(0, index(labelNames, t.Label)))
				x.heads[i] = n
				if t.Head >= 0 {
					x.heads[i] = t.Head - s.Tokens.First
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// count fills the tables of tags and lemmas.
func (m *Model) count(docs []*Doc) {
	tags := map[uint32]*[48]int{}
	lemmas := map[string]map[string]int{}
	for _, d := range docs {
		for _, t := range d.Tokens {
			h := linear.Hash(t.Form)
			if tags[h] == nil {
				tags[h] = new([48]int)
			}
			tags[h][max(0, index(tagNames, t.Tag))]++
			key := tagClass(t.Tag) + strings.ToLower(t.Form)
			if lemmas[key] == nil {
				lemmas[key] = map[string]int{}
			}
			lemmas[key][t.Lemma]++
		}
	}
	for h, c := range tags {
		total, top := 0, 0
		for k, n := range c {
			total += n
			if n > c[top] {
				top = k
			}
		}
		if total >= 20 && float64(c[top]) >= .995*float64(total) {
			m.usual[h] = uint8(top) | certain
		} else if total >= 3 {
			m.usual[h] = uint8(top)
		}
	}
	for key, c := range lemmas {
		top := ""
		for l, n := range c {
			if n > c[top] || n == c[top] && l < top {
				top = l
			}
		}
		word, tag := key[1:], map[byte]string{'d': "VBD", 'g': "VBG", 's': "VBZ", 'p': "NNPS", 'v': "VB", 'x': "X"}[key[0]]
		if strings.HasPrefix(top, "-") || top == "" || strings.ContainsAny(word, "0123456789") && key[0] == 'x' || !strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyz") {
			continue
		}
		if regular(word, tag) != top && (key[0] != 'x' || c[top] >= 3) {
			m.lemmas[key] = top
		}
	}
}

func shuffled(n int, seed uint64) []int {
	return rand.New(rand.NewPCG(seed, 7)).Perm(n)
}

// jackknife gives every sample the tags of a tagger that has not seen it, so
// that names and trees are learned from tags as good as they will be later.
func (m *Model) jackknife(samples []sample, o Training) {
	const folds, epochs = 4, 4
	guessed := make([][]uint8, len(samples))
	var buf scratch
	for f := range folds {
		first, end := f*len(samples)/folds, (f+1)*len(samples)/folds
		rest := append(append([]sample{}, samples[:first]...), samples[end:]...)
		score := m.trainTagger(rest, epochs, Training{}).Table(step)
		for k := first; k < end; k++ {
			guessed[k] = make([]uint8, len(samples[k].ws))
			m.tag(samples[k].ws, guessed[k], score, &buf)
		}
	}
	right, total := 0, 0
	for k := range samples {
		for i, t := range guessed[k] {
			total++
			if t == samples[k].tags[i] {
				right++
			}
		}
		samples[k].tags = guessed[k]
	}
	o.log("tagger: %.2f %% right on sentences left out", 100*float64(right)/float64(total))
}

func (m *Model) trainTagger(samples []sample, epochs int, o Training) *linear.Perceptron {
	p := linear.NewPerceptron(len(tagNames))
	p.MinUpdates = rare(2, len(samples))
	var buf scratch
	out := buf.scores[:len(tagNames)]
	for e := range epochs {
		right, total := 0, 0
		for _, k := range shuffled(len(samples), uint64(e)) {
			x := &samples[k]
			t1, t2 := uint32(len(tagNames)), uint32(len(tagNames))
			for i := range x.ws {
				guess, ok := m.usual[x.ws[i].form]
				if ok && guess&certain != 0 {
					guess &^= certain
				} else {
					buf.features = tagFeatures(buf.features, x.ws, i, t1, t2, m.usualTag)
					p.Scores(buf.features, out)
					guess = uint8(best(out))
					p.Learn(buf.features, int(x.tags[i]), int(guess))
				}
				total++
				if guess == x.tags[i] {
					right++
				}
				t1, t2 = uint32(guess), t1
			}
		}
		o.log("tagger: pass %d, %.2f %% right while learning", e+1, 100*float64(right)/float64(total))
	}
	return p
}

func (m *Model) trainNames(samples []sample, o Training) *linear.Perceptron {
	p := linear.NewPerceptron(len(nameKinds))
	p.MinUpdates = rare(2, len(samples))
	var buf scratch
	out := buf.scores[:len(nameKinds)]
	var guess []uint8
	for e := range o.Epochs {
		wrong, total := 0, 0
		seen := map[uint32]uint8{}
		for k := range samples { // in order: what a document said before is a feature
			x := &samples[k]
			if x.first {
				clear(seen)
			}
			guess = append(guess[:0], x.kinds...)
			k1, k2 := uint32(0), uint32(0)
			for i := range x.ws {
				buf.features = nameFeatures(buf.features, x.ws, x.tags, i, k1, k2, known(seen, &x.ws[i]))
				p.Scores(buf.features, out)
				guess[i] = uint8(best(out))
				p.Learn(buf.features, int(x.kinds[i]), int(guess[i]))
				total++
				if guess[i] != x.kinds[i] {
					wrong++
				}
				k1, k2 = uint32(guess[i]), k1
			}
			remember(seen, x.ws, guess)
		}
		o.log("names: pass %d, %.2f %% of tokens wrong while learning", e+1, 100*float64(wrong)/float64(total))
	}
	return p
}

// cost is the number of gold arcs that a move makes unreachable.
func (s *state) cost(move int, gold []int) int {
	lost := 0
	switch move {
	case shift:
		b := s.front
		for k, w := range s.stack {
			if gold[w] == b || k < len(s.stack)-1 && gold[b] == w {
				lost++
			}
		}
	default:
		top := s.stack[len(s.stack)-1]
		for b := s.front; b < s.n; b++ {
			if gold[b] == top {
				lost++
			}
		}
		h := gold[top]
		switch {
		case move == left && (h > s.front || len(s.stack) > 1 && h == s.stack[len(s.stack)-2]):
			lost++
		case move == right && h >= s.front:
			lost++
		}
	}
	return lost
}

func (m *Model) trainParser(samples []sample, o Training) (move, label *linear.Perceptron) {
	move, label = linear.NewPerceptron(moves), linear.NewPerceptron(len(labelNames))
	move.MinUpdates, label.MinUpdates = rare(5, len(samples)), rare(3, len(samples))
	var buf scratch
	s := &buf.parse
	random := rand.New(rand.NewPCG(1, 2))
	for e := range o.Epochs {
		wrong, total := 0, 0
		for _, k := range shuffled(len(samples), uint64(100+e)) {
			x := &samples[k]
			if len(x.ws) > maxSentence {
				continue
			}
			s.reset(x.ws, x.tags)
			for !s.done() {
				next := s.forced()
				if next < 0 {
					guess, gold := s.learnMove(move, x.heads, &buf)
					total++
					if guess != gold {
						wrong++
					}
					// What the parser will see are the results of its own mistakes.
					next = gold
					if e > 0 && random.Float64() < .9 {
						next = guess
					}
				}
				var l uint8
				if next != shift {
					child, h := s.ends(next)
					l = s.learnLabel(label, x, child, h, &buf)
				}
				s.apply(next, l)
			}
		}
		o.log("parser: pass %d, %.2f %% of moves wrong while learning", e+1, 100*float64(wrong)/float64(total))
	}
	// What is rarer than this does more harm than good to text that training
	// has not seen, though learning goes better with it.
	move.MinUpdates, label.MinUpdates = rare(8, len(samples)), rare(5, len(samples))
	return move, label
}

// learnMove learns from the state and returns the move that the model makes
// and the one that it should make, the same if there is nothing to mend.
func (s *state) learnMove(p *linear.Perceptron, heads []int, buf *scratch) (guess, gold int) {
	buf.features = s.features(buf.features)
	out := buf.scores[:moves]
	p.Scores(buf.features, out)
	guess, gold = -1, -1
	var costs [moves]int
	least := 1 << 30
	for c := range moves {
		if s.can(c) {
			costs[c] = s.cost(c, heads)
			least = min(least, costs[c])
		}
	}
	for c := range moves {
		if !s.can(c) {
			continue
		}
		if guess < 0 || out[c] > out[guess] {
			guess = c
		}
		if costs[c] == least && (gold < 0 || out[c] > out[gold]) {
			gold = c
		}
	}
	p.Learn(buf.features, gold, guess)
	return guess, gold
}

func (s *state) learnLabel(p *linear.Perceptron, x *sample, child, h int, buf *scratch) uint8 {
	if h == s.n {
		return rootLabel
	}
	buf.features = s.arcFeatures(buf.features, child, h)
	out := buf.scores[:len(labelNames)]
	p.Scores(buf.features, out)
	guess := uint8(best(out))
	if x.heads[child] == h {
		p.Learn(buf.features, int(x.labels[child]), int(guess))
	}
	return guess
}

func (o Training) log(format string, args ...any) {
	if o.Log != nil {
		o.Log(format, args...)
	}
}
