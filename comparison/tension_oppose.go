package comparison

import (
	"cmp"
	"math"
	"slices"
)

// maxRivals bounds how many clauses of one kind are held against each other.
const maxRivals = 40

// minWeight is how much two clauses must share, in nats of rarity.
const minWeight = 4.0

// opposed finds pairs of statements of which one asserts what the other
// denies.
func (f *tensionFinder) opposed() []Tension {
	byMatter := map[string][]clause{}
	var order []string
	for _, s := range f.scenes {
		for _, c := range s.clauses() {
			for _, key := range keys(c) {
				if byMatter[key] == nil {
					order = append(order, key)
				}
				if len(byMatter[key]) < maxRivals {
					byMatter[key] = append(byMatter[key], c)
				}
			}
		}
	}
	var out []Tension
	for _, key := range order {
		list := byMatter[key]
		for i, a := range list {
			for _, b := range list[i+1:] {
				if t, ok := f.oppose(a, b); ok {
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// keys are what two clauses must have one of in common: the predicate with an
// object, or with the subject if there is no object.
func keys(c clause) []string {
	var out []string
	for _, o := range c.objects {
		out = append(out, c.predicate.Word+" "+o.word)
	}
	if c.subject != "" {
		out = append(out, c.subject+" "+c.predicate.Word)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (f *tensionFinder) oppose(a, b clause) (Tension, bool) {
	if a.past != b.past || !denies(a, b) {
		return Tension{}, false
	}
	sa, sb := f.statement(a), f.statement(b)
	if sa.Speaker.ID == sb.Speaker.ID || f.same(a, b) {
		return Tension{}, false
	}
	if f.shared(a, b) < minWeight {
		return Tension{}, false
	}
	return f.tension(Opposed, f.side(a.article, a.statement, a.token), f.side(b.article, b.statement, b.token)), true
}

// denies reports whether b says that a is not so. What is not raised need
// not be cut, so that two words of opposite meaning deny each other only if
// neither is denied itself.
func denies(a, b clause) bool {
	if a.predicate.Opposite == b.predicate.Opposite {
		return a.negated != b.negated
	}
	return !a.negated && !b.negated
}

// shared weighs what two clauses have in common by how rare it is in the
// story; 0 if they are about different people or things.
func (f *tensionFinder) shared(a, b clause) float64 {
	w := 0.0
	if a.subject != "" && b.subject != "" {
		if a.subject != b.subject {
			return 0
		}
		w += f.rarity(a.subject)
	}
	objects := 0.0
	for _, x := range a.objects {
		for _, y := range b.objects {
			if x.word == y.word && compatible(x.modifiers, y.modifiers) {
				objects = max(objects, f.rarity(x.word))
			}
		}
	}
	if objects == 0 && (len(a.objects) > 0 || len(b.objects) > 0) {
		return 0
	}
	return w + objects + f.rarity(a.predicate.Word)
}

// compatible reports whether one thing can have both modifiers.
func compatible(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(m string) bool { return slices.Contains(b, m) })
}

// light are verbs that say little by themselves.
var light = map[string]bool{"be": true, "have": true, "do": true, "make": true, "go": true, "get": true, "take": true, "come": true, "want": true, "need": true, "say": true, "give": true, "put": true, "see": true, "think": true, "know": true}

// rarity is the logarithm of the share of sentences with the word, negated.
func (f *tensionFinder) rarity(word string) float64 {
	if light[word] {
		return 0
	}
	return max(0, math.Log(float64(f.sentences+1)/float64(cmp.Or(f.count[word], 1))))
}
