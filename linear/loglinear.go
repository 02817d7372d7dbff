package linear

import "math"

// LogLinear learns a score whose logistic, or softmax over rivals, is a
// probability, by AdaGrad (Duchi et al., JMLR 2011) with L2 decay.
type LogLinear struct {
	mask   uint32
	w      []float32
	sq     []float32 // summed squares of each weight's gradients
	sum    []float32 // of the weights at the end of each pass
	passes int
	Rate   float32 // step size, 0.1 by default
	L2     float32 // pull to zero at each use of a weight
}

// NewLogLinear makes a model of 1<<bits weights.
func NewLogLinear(bits int) *LogLinear {
	return &LogLinear{mask: 1<<bits - 1, w: make([]float32, 1<<bits), sq: make([]float32, 1<<bits), Rate: 0.1}
}

// Score is the summed weight of the features.
func (l *LogLinear) Score(features []Feature) float32 {
	var s float32
	for _, f := range features {
		s += l.w[f&l.mask]
	}
	return s
}

// Step moves the weights of the features along gradient g of the score: the
// wanted probability less the present one.
func (l *LogLinear) Step(features []Feature, g float32) {
	if g > -1e-4 && g < 1e-4 {
		return
	}
	for _, f := range features {
		i := f & l.mask
		d := g - l.L2*l.w[i]
		l.sq[i] += d * d
		l.w[i] += l.Rate * d / (float32(math.Sqrt(float64(l.sq[i]))) + 1e-3)
	}
}

// Learn moves the score of the features towards yes with probability target.
// It returns the probability before the step.
func (l *LogLinear) Learn(features []Feature, target float32) float32 {
	q := Logistic(l.Score(features))
	l.Step(features, target-q)
	return q
}

// LearnRank moves the scores of the rivals towards the target distribution,
// which sums to 1. It returns the cross entropy before the step.
func (l *LogLinear) LearnRank(rivals [][]Feature, target []float32) float32 {
	p := make([]float32, len(rivals))
	for k, f := range rivals {
		p[k] = l.Score(f)
	}
	Softmax(p)
	var loss float32
	for k, f := range rivals {
		if target[k] > 0 {
			loss -= target[k] * float32(math.Log(float64(p[k])+1e-9))
		}
		l.Step(f, target[k]-p[k])
	}
	return loss
}

// EndPass marks the end of a pass over the examples.
func (l *LogLinear) EndPass() {
	if l.sum == nil {
		l.sum = make([]float32, len(l.w))
	}
	l.passes++
	for i, v := range l.w {
		l.sum[i] += v
	}
}

// Weights are the weights averaged over the ends of passes, or as they stand
// before the first.
func (l *LogLinear) Weights() *Weights { return Mean([]*LogLinear{l}) }

// Mean are the weights averaged over the ends of all passes of models of the
// same size that learned the same thing from other draws: what they agree in
// stays, what one of them learned by chance shrinks.
func Mean(models []*LogLinear) *Weights {
	avg := make([]float32, len(models[0].w))
	passes := 0
	for _, l := range models {
		sum := l.sum
		if l.passes == 0 {
			sum = l.w
		}
		for i, v := range sum {
			avg[i] += v
		}
		passes += max(l.passes, 1)
	}
	for i := range avg {
		avg[i] /= float32(passes)
	}
	return quantise(avg, 1)
}

// Logistic is 1/(1+e^-x).
func Logistic(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// Softmax turns scores into probabilities, in place.
func Softmax(scores []float32) {
	if len(scores) == 0 {
		return
	}
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float32
	for k, s := range scores {
		scores[k] = float32(math.Exp(float64(s - top)))
		sum += scores[k]
	}
	for k := range scores {
		scores[k] /= sum
	}
}
