package english

import "onrecord/linear"

// Tagging is greedy from left to right with an averaged perceptron over the
// words around and the two tags before, after Collins (EMNLP 2002). Words
// that training saw often with one tag only take it without asking.

const tagTemplates = 100 // numbers of the tagger's templates start here

// tagFeatures fills out with the features of the word at i of a sentence;
// t1 and t2 are the tags before it.
func tagFeatures(out []linear.Feature, ws []word, i int, t1, t2 uint32, usual func(*word) uint32) []linear.Feature {
	at := func(k int) *word {
		if k < 0 || k >= len(ws) {
			return &boundary
		}
		return &ws[k]
	}
	w, p1, p2, n1, n2 := at(i), at(i-1), at(i-2), at(i+1), at(i+2)
	const T = tagTemplates
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	out = append(out[:0],
		linear.Join(T, 0),
		linear.Join(T+1, w.form), linear.Join(T+2, w.lower), linear.Join(T+3, w.suffix[0]), linear.Join(T+4, w.suffix[1]), linear.Join(T+5, w.suffix[2]),
		linear.Join(T+6, w.prefix), linear.Join2(T+7, w.shape, first), linear.Join2(T+8, w.flags, first), linear.Join(T+9, w.cluster),
		linear.Join(T+10, t1), linear.Join2(T+11, t1, t2), linear.Join2(T+12, t1, w.lower), linear.Join2(T+13, t1, w.suffix[2]),
		linear.Join(T+14, p1.lower), linear.Join(T+15, p2.lower), linear.Join(T+16, n1.lower), linear.Join(T+17, n2.lower),
		linear.Join(T+18, n1.suffix[2]), linear.Join2(T+19, n1.shape, w.flags), linear.Join2(T+20, usual(n1), t1), linear.Join2(T+21, usual(n1), w.suffix[2]),
		linear.Join2(T+22, p1.lower, w.lower), linear.Join2(T+23, w.lower, n1.lower), linear.Join2(T+24, usual(n1), usual(n2)),
		linear.Join2(T+25, t1, n1.lower), linear.Join2(T+26, w.lower, usual(n1)), linear.Join2(T+27, n1.cluster, t1))
	return out
}

// tag fills tags with the class of each word's tag.
func (m *Model) tag(ws []word, tags []uint8, score linear.Scorer, buf *scratch) {
	t1, t2 := uint32(len(tagNames)), uint32(len(tagNames))
	for i := range ws {
		if t, ok := m.usual[ws[i].form]; ok && t&certain != 0 {
			tags[i] = t &^ certain
		} else {
			buf.features = tagFeatures(buf.features, ws, i, t1, t2, m.usualTag)
			out := buf.scores[:len(tagNames)]
			score.Scores(buf.features, out)
			tags[i] = uint8(best(out))
		}
		t1, t2 = uint32(tags[i]), t1
	}
}

// certain marks the tag of a word that training saw with no other.
const certain = 0x80

// usualTag is the most frequent tag of a word in training, one more than the
// tags for an unknown one.
func (m *Model) usualTag(w *word) uint32 {
	if t, ok := m.usual[w.form]; ok {
		return uint32(t &^ certain)
	}
	return uint32(len(tagNames))
}

func best(scores []float32) int {
	k := 0
	for i, s := range scores {
		if s > scores[k] {
			k = i
		}
	}
	return k
}

// scratch is a goroutine's buffers.
type scratch struct {
	features []linear.Feature
	scores   [linear.MaxClasses]float32
	lower    []byte
	parse    state
}
