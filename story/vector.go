package story

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
)

// weight is a term with what it counts. A vector is a list of them, by term.
type weight struct {
	term  uint32 // hash of the plain form
	value float32
}

// hashed is a term in 32 bits. Of two that are the same in them each is taken
// for the other, which a hundred terms outvote.
func hashed(plain string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(plain)) // a hash returns no error
	return h.Sum32()
}

// scale is the number of steps in which the weight of an article's term is
// measured, so that it is the same when it was kept.
const scale = math.MaxUint16

// unknown is what a vector has of words that no other article has, squared: a
// text of few words says too little to be much like another.
const unknown = 100

// weigh gives the terms of an article that tell it from others the most, the
// heaviest first: logarithm of the count by that of the rarity, to a length
// of nearly 1.
// Rarity is that among the background and the articles before. No term is rarer
// than one that the background does not have, so that likeness means the same
// in a record of any size.
func (g *Grouper) weigh(terms map[string]term) []weight {
	type candidate struct {
		plain string
		term  uint32
		value float64
	}
	all := float64(g.background.articles + len(g.parent) + 1)
	rarest := math.Log(float64(g.background.articles + 1))
	candidates := make([]candidate, 0, len(terms))
	for plain, t := range terms {
		h := hashed(plain)
		rarity := min(math.Log(all/float64(g.background.with[plain]+int(g.with[h])+1)), rarest)
		candidates = append(candidates, candidate{plain, h, (1 + math.Log(t.count)) * rarity})
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.plain, b.plain))
	})
	candidates = candidates[:min(len(candidates), maxTerms)]
	square := float64(unknown)
	for _, c := range candidates {
		square += c.value * c.value
	}
	out := make([]weight, 0, len(candidates))
	for _, c := range candidates {
		value := math.Round(c.value / math.Sqrt(square) * scale)
		if value == 0 {
			break
		}
		if !slices.ContainsFunc(out, func(w weight) bool { return w.term == c.term }) {
			out = append(out, weight{c.term, float32(value / scale)})
		}
	}
	return out
}

func byTerm(weights []weight) []weight {
	out := slices.Clone(weights)
	slices.SortFunc(out, func(a, b weight) int { return cmp.Compare(a.term, b.term) })
	return slices.Clip(out)
}

// heaviest are the n weights of the greatest value.
func heaviest(weights []weight, n int) []weight {
	slices.SortFunc(weights, func(a, b weight) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.term, b.term)) })
	return weights[:min(n, len(weights))]
}

// each calls f with the weights of every term that two vectors share.
func each(a, b []weight, f func(x, y weight)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].term < b[j].term:
			i++
		case a[i].term > b[j].term:
			j++
		default:
			f(a[i], b[j])
			i++
			j++
		}
	}
}

// dot is the inner product of two vectors.
func dot(a, b []weight) float64 {
	sum := 0.0
	each(a, b, func(x, y weight) { sum += float64(x.value) * float64(y.value) })
	return sum
}

// plus is the sum of two vectors.
func plus(a, b []weight) []weight {
	sum := make([]weight, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch x, y := a[0], b[0]; {
		case x.term < y.term:
			sum, a = append(sum, x), a[1:]
		case x.term > y.term:
			sum, b = append(sum, y), b[1:]
		default:
			sum, a, b = append(sum, weight{x.term, x.value + y.value}), a[1:], b[1:]
		}
	}
	return append(append(sum, a...), b...)
}
