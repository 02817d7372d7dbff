package linear

// Perceptron learns by the averaged perceptron (Collins, EMNLP 2002).
type Perceptron struct {
	classes int
	mask    uint32
	w       []float32 // current weights
	late    []float64 // each update times the moment it was made
	now     float64
}

// NewPerceptron makes a model of 1<<bits rows.
func NewPerceptron(bits, classes int) *Perceptron {
	n := (1 << bits) * classes
	return &Perceptron{classes: classes, mask: 1<<bits - 1, w: make([]float32, n), late: make([]float64, n), now: 1}
}

// Scores implements Scorer with the current weights.
func (p *Perceptron) Scores(features []Feature, out []float32) {
	out = out[:p.classes]
	clear(out)
	for _, f := range features {
		at := int(f&p.mask) * p.classes
		for c, v := range p.w[at : at+p.classes] {
			out[c] += v
		}
	}
}

// Learn moves the weights of the features from class wrong to class right,
// and the clock by one; equal classes only move the clock.
func (p *Perceptron) Learn(features []Feature, right, wrong int) {
	p.now++
	if right == wrong {
		return
	}
	for _, f := range features {
		at := int(f&p.mask) * p.classes
		p.w[at+right]++
		p.late[at+right] += p.now
		p.w[at+wrong]--
		p.late[at+wrong] -= p.now
	}
}

// Weights are the weights averaged over all moments.
func (p *Perceptron) Weights() *Weights {
	avg := make([]float32, len(p.w))
	for i := range avg {
		avg[i] = p.w[i] - float32(p.late[i]/p.now)
	}
	return quantise(avg, p.classes)
}
