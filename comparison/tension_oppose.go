package comparison

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"onrecord/lexicon"
)

// maxRivals bounds how many clauses of one kind are held against each other.
const maxRivals = 40

// minShared is how many of predicate, subject and objects two clauses must
// have in common.
const minShared = 3

// rivals are two clauses that deny each other.
type rivals struct {
	a, b   clause
	shared int // how much they have in common
}

// opposed finds pairs of statements of which one asserts what the other
// denies, or the outlet does in its own words: one pair for two speakers and
// a matter in each article that has both, else one over two articles.
func (f *tensionFinder) opposed() []Tension {
	byMatter := map[string][]clause{}
	var order []string
	for _, s := range f.scenes {
		for _, c := range s.clauses() {
			if !f.concerns(c) {
				continue
			}
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
	type matter struct{ one, other, key string }
	found := map[matter][]rivals{}
	var matters []matter
	inside := map[string]bool{} // keys of which an article has both sides
	for _, key := range order {
		list := byMatter[key]
		for i, a := range list {
			for _, b := range list[i+1:] {
				r, ok := f.oppose(a, b)
				if !ok {
					continue
				}
				m := matter{f.speaker(a), f.speaker(b), key}
				inside[key] = inside[key] || a.article == b.article
				if m.one > m.other {
					m.one, m.other = m.other, m.one
				}
				if found[m] == nil {
					matters = append(matters, m)
				}
				found[m] = append(found[m], r)
			}
		}
	}
	var out []Tension
	for _, m := range matters {
		for _, r := range chosen(found[m], inside[m.key]) {
			why := Opposed
			if m.one == m.other {
				why = Changed
			}
			out = append(out, f.tension(why, f.side(r.a.article, r.a.statement, r.a.token), f.side(r.b.article, r.b.statement, r.b.token)))
		}
	}
	return out
}

// chosen are, of pairs about one matter, the best of each article or, unless
// inside says that an article has such a pair, the best over two articles.
func chosen(list []rivals, inside bool) []rivals {
	best := map[int]rivals{}
	for _, r := range list {
		place := r.a.article
		if place != r.b.article {
			place = -1
		}
		if inside && place < 0 {
			continue
		}
		if was, ok := best[place]; !ok || r.shared > was.shared {
			best[place] = r
		}
	}
	var out []rivals
	for _, place := range slices.Sorted(maps.Keys(best)) {
		out = append(out, best[place])
	}
	return out
}

// keys are what two clauses must have one of in common: the predicate with an
// object, or with the subject if there is no object.
func keys(c clause) []string {
	var out []string
	for _, o := range c.objects {
		if o.word != "" {
			out = append(out, c.predicate.Word+" "+o.word)
		}
	}
	if c.subject != "" {
		out = append(out, c.subject+" "+c.predicate.Word)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// oppose pairs two clauses that deny each other.
func (f *tensionFinder) oppose(a, b clause) (rivals, bool) {
	if !f.ofOneTime(a, b) || !denies(a, b) || a.statement < 0 && b.statement < 0 || f.same(a, b) {
		return rivals{}, false
	}
	if f.speaker(a) == f.speaker(b) && !f.apart(a, b) || f.occasions != nil && !f.sameMatter(a, b) {
		return rivals{}, false
	}
	n := f.shared(a, b)
	if len(a.objects)+len(b.objects) == 0 || (len(a.objects) == 0 || len(b.objects) == 0) && a.predicate == b.predicate {
		return rivals{a, b, n}, n >= minShared-1
	}
	return rivals{a, b, n}, n >= minShared
}

// ofOneTime reports whether two clauses say how things were, are, ought to be
// or may be, both of them. What somebody holds ("supported") is not over with
// the story, and what cannot be is not.
func (f *tensionFinder) ofOneTime(a, b clause) bool {
	if f.occasions == nil {
		return a.past == b.past && a.mood == b.mood
	}
	meant := func(c clause) mood {
		if c.mood == chance && c.negated {
			return fact
		}
		return c.mood
	}
	return meant(a) == meant(b) && (a.past == b.past || lexicon.IsFlag(a.predicate.Word, lexicon.Stances))
}

// apart reports whether two statements of one speaker are of two times: an
// article dates one of them and the other is of another time, or of none that
// is said. The same words are of one time, however two outlets print them.
func (f *tensionFinder) apart(a, b clause) bool {
	x, y := f.Reports[a.article].Statements[a.statement].Date, f.Reports[b.article].Statements[b.statement].Date
	one := x == y || x != "" && y != "" && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x))
	if f.occasions != nil {
		one = !f.ofTwoTimes(Ref{a.article, a.statement}, Ref{b.article, b.statement})
	}
	if one {
		return false
	}
	here, there := f.contentWords(a), f.contentWords(b)
	both := 0
	for w := range there {
		if here[w] {
			both++
		}
	}
	longer, alike := max(len(here), len(there)), 0.5
	if f.occasions != nil {
		alike = 0.75 // people say the same for years
	}
	return longer < 6 || float64(both) < alike*float64(longer)
}

// contentWords are the words of the statement that a clause stands in.
func (f *tensionFinder) contentWords(c clause) map[string]bool {
	out := map[string]bool{}
	f.scenes[c.article].eachWord(c.statement, func(_ int, w string) { out[w] = true })
	return out
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

// shared counts what two clauses have in common; 0 if they are about
// different people or things.
func (f *tensionFinder) shared(a, b clause) int {
	n := heavy(a.predicate.Word)
	if a.subject != "" && b.subject != "" {
		if a.subject != b.subject {
			return 0
		}
		n += heavy(a.subject)
	}
	objects := 0
	for _, x := range a.objects {
		if x.word != "" && slices.ContainsFunc(b.objects, func(y operand) bool { return x.word == y.word && compatible(x.modifiers, y.modifiers) }) {
			objects += heavy(x.word)
		}
	}
	if objects == 0 && len(a.objects) > 0 && len(b.objects) > 0 {
		return 0
	}
	if objects > 0 && a.passive && b.passive && a.objects[0].word == b.objects[0].word {
		objects++ // it stands for the subject too
	}
	return n + objects
}

func isLight(word string) bool { return lexicon.IsFlag(word, lexicon.Light) }

// heavy is 1 for a word that says something by itself, else 0.
func heavy(word string) int {
	if isLight(word) {
		return 0
	}
	return 1
}

// compatible reports whether one thing can have both modifiers.
func compatible(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(m string) bool { return slices.Contains(b, m) })
}

// rarity is the logarithm of the share of sentences with the word, negated.
func (f *tensionFinder) rarity(word string) float64 {
	if isLight(word) {
		return 0
	}
	return max(0, math.Log(float64(f.sentences+1)/float64(cmp.Or(f.count[word], 1))))
}
