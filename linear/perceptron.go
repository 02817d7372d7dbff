package linear

// Perceptron learns by the averaged perceptron (Collins, EMNLP 2002) over the
// features that it meets in its mistakes. One has no say before it has taken
// part in MinUpdates of them, which makes for a small model at little loss
// (Goldberg and Elhadad, ACL 2011).
type Perceptron struct {
	MinUpdates int
	classes    int
	slots      []uint64  // feature << 32 | row+1, 0 where empty; open addressing
	features   []Feature // of each row
	updates    []uint32
	w          []float32 // classes a row
	late       []float64 // each update times the moment it was made
	now        float64
}

// NewPerceptron makes an empty model.
func NewPerceptron(classes int) *Perceptron {
	return &Perceptron{classes: classes, slots: make([]uint64, 1<<12), now: 1}
}

// find is the row of a feature, or -1 and the slot that it should have.
func (p *Perceptron) find(f Feature) (row int, slot uint32) {
	mask := uint32(len(p.slots) - 1)
	for slot = f & mask; ; slot = (slot + 1) & mask {
		s := p.slots[slot]
		if s == 0 {
			return -1, slot
		}
		if Feature(s>>32) == f {
			return int(uint32(s)) - 1, slot
		}
	}
}

// Scores implements Scorer with the current weights.
func (p *Perceptron) Scores(features []Feature, out []float32) {
	out = out[:p.classes]
	clear(out)
	for _, f := range features {
		row, _ := p.find(f)
		if row < 0 || int(p.updates[row]) < p.MinUpdates {
			continue
		}
		at := row * p.classes
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
		row, slot := p.find(f)
		if row < 0 {
			row = p.add(f, slot)
		}
		p.updates[row]++
		at := row * p.classes
		p.w[at+right]++
		p.late[at+right] += p.now
		p.w[at+wrong]--
		p.late[at+wrong] -= p.now
	}
}

// add makes a row of zeros for a feature.
func (p *Perceptron) add(f Feature, slot uint32) int {
	row := len(p.features)
	p.features, p.updates = append(p.features, f), append(p.updates, 0)
	for range p.classes {
		p.w, p.late = append(p.w, 0), append(p.late, 0)
	}
	p.slots[slot] = uint64(f)<<32 | uint64(row+1)
	if 2*row > len(p.slots) {
		p.slots = make([]uint64, 2*len(p.slots))
		for r, f := range p.features {
			_, at := p.find(f)
			p.slots[at] = uint64(f)<<32 | uint64(r+1)
		}
	}
	return row
}

// Table has the weights averaged over all moments, rounded to step standard
// deviations.
func (p *Perceptron) Table(step float64) *Table {
	features, weights := make([]Feature, 0, len(p.features)), make([]float32, 0, len(p.w))
	for r, f := range p.features {
		if int(p.updates[r]) < p.MinUpdates {
			continue
		}
		features = append(features, f)
		for at := r * p.classes; at < (r+1)*p.classes; at++ {
			weights = append(weights, p.w[at]-float32(p.late[at]/p.now))
		}
	}
	return newTable(features, weights, p.classes, step)
}
