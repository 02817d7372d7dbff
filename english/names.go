package english

import "onrecord/linear"

// Names are found like tags: the kind of each token, greedily from left to
// right, given the tags and the kinds before it.

const nameTemplates = 200

func nameFeatures(out []linear.Feature, ws []word, tags []uint8, i int, k1, k2, seen uint32) []linear.Feature {
	at := func(k int) (*word, uint32) {
		if k < 0 || k >= len(ws) {
			return &boundary, uint32(len(tagNames))
		}
		return &ws[k], uint32(tags[k])
	}
	w, t := at(i)
	p1, tp1 := at(i - 1)
	p2, _ := at(i - 2)
	n1, tn1 := at(i + 1)
	n2, tn2 := at(i + 2)
	const T = nameTemplates
	return append(out[:0],
		linear.Join(T, 0),
		linear.Join(T+1, w.form), linear.Join(T+2, w.lower), linear.Join(T+3, w.suffix[2]), linear.Join(T+4, w.prefix), linear.Join(T+5, w.shape),
		linear.Join(T+6, w.cluster), linear.Join2(T+7, t, w.flags), linear.Join(T+8, k1), linear.Join2(T+9, k1, k2), linear.Join2(T+10, k1, w.lower),
		linear.Join2(T+11, k1, w.shape), linear.Join(T+12, p1.lower), linear.Join(T+13, p2.lower), linear.Join(T+14, n1.lower), linear.Join(T+15, n2.lower),
		linear.Join2(T+16, tp1, t), linear.Join2(T+17, t, tn1), linear.Join3(T+18, t, tn1, tn2), linear.Join2(T+19, p1.lower, w.lower),
		linear.Join2(T+20, w.lower, n1.lower), linear.Join2(T+21, k1, n1.lower), linear.Join2(T+22, w.shape, n1.shape), linear.Join2(T+23, p1.lower, w.shape),
		linear.Join2(T+24, w.shape, n1.lower), linear.Join2(T+25, k1, t), linear.Join2(T+26, p1.cluster, w.shape), linear.Join2(T+27, n1.cluster, w.shape),
		linear.Join2(T+28, seen, w.flags), linear.Join3(T+29, seen, k1, t))
}

// names fills kinds with the class of each word's name kind. seen has the
// kinds that earlier capitalised words of the same document were given.
func (m *Model) names(ws []word, tags, kinds []uint8, score linear.Scorer, seen map[uint32]uint8, buf *scratch) {
	k1, k2 := uint32(0), uint32(0)
	out := buf.scores[:len(nameKinds)]
	for i := range ws {
		buf.features = nameFeatures(buf.features, ws, tags, i, k1, k2, known(seen, &ws[i]))
		score.Scores(buf.features, out)
		kinds[i] = uint8(best(out))
		k1, k2 = uint32(kinds[i]), k1
	}
	remember(seen, ws, kinds)
}

func known(seen map[uint32]uint8, w *word) uint32 {
	if w.flags&flagCapital == 0 {
		return 255
	}
	if k, ok := seen[w.form]; ok {
		return uint32(k)
	}
	return 254
}

func remember(seen map[uint32]uint8, ws []word, kinds []uint8) {
	for i := range ws {
		if ws[i].flags&flagCapital != 0 && kinds[i] != 0 {
			seen[ws[i].form] = kinds[i]
		}
	}
}
