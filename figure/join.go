package figure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"

	"onrecord/english"
)

// Article is what Join needs to know of an article.
type Article struct {
	Doc        *english.Doc
	Statements []speaker.Statement
	Figures    []Figure
}

// Slot is one quantity of the world, with the values that the articles give
// for it, by article and then in order of the text.
type Slot struct {
	Name    string // what is counted, in the words of the article that says it most fully
	Values  []Value
	Differs bool // the values cannot all be meant to be the same
}

// Value is a Figure of an article.
type Value struct{ Article, Figure int }

// How alike the subjects of two figures must be to be one slot: less where
// the values agree, as that they do is evidence in itself.
const (
	alikeEqual   = 0.4
	alikeDiffers = 0.7
)

// maxTries bounds how many slots a figure is compared with.
const maxTries = 32

// Join sets the figures of several articles side by side. Every figure with a
// Subject stands in exactly one slot; the most widely given come first.
func Join(articles []Article) []Slot {
	j := joiner{articles: articles, weight: map[string]float64{}, byWord: map[word][]int{}}
	j.weigh()
	for _, v := range j.order() {
		j.add(v)
	}
	out := make([]Slot, len(j.slots))
	for i, values := range j.slots {
		slices.SortFunc(values, func(a, b Value) int {
			return cmp.Or(a.Article-b.Article, a.Figure-b.Figure)
		})
		out[i] = Slot{Name: j.name(values), Values: values, Differs: j.differs(values)}
	}
	slices.SortStableFunc(out, func(a, b Slot) int {
		return cmp.Or(spread(b.Values)-spread(a.Values), len(b.Values)-len(a.Values),
			a.Values[0].Article-b.Values[0].Article, a.Values[0].Figure-b.Values[0].Figure)
	})
	return out
}

// spread is in how many articles values stand, which are in order of them.
func spread(values []Value) int {
	n := 0
	for i, v := range values {
		if i == 0 || v.Article != values[i-1].Article {
			n++
		}
	}
	return n
}

// word is where slots are looked for: a lemma of a subject beside its head,
// with what the unit measures.
type word struct{ class, head, lemma string }

type joiner struct {
	articles []Article
	weight   map[string]float64 // of a lemma: how much it tells
	slots    [][]Value          // the first value has the fullest subject
	byWord   map[word][]int     // slots
}

func (j *joiner) at(v Value) *Figure { return &j.articles[v.Article].Figures[v.Figure] }

// weigh gives the lemmas that few figures have the most weight.
func (j *joiner) weigh() {
	seen := map[string]bool{}
	n := 0.0
	for _, a := range j.articles {
		for i := range a.Figures {
			if key := strings.Join(a.Figures[i].Subject, " "); !seen[key] {
				seen[key] = true
				n++
				for _, lemma := range a.Figures[i].Subject {
					j.weight[lemma]++
				}
			}
		}
	}
	for lemma, count := range j.weight {
		j.weight[lemma] = math.Log(1 + (n+10)/count)
	}
}

// order lists the figures with the fullest subjects first.
func (j *joiner) order() (out []Value) {
	for a := range j.articles {
		for i := range j.articles[a].Figures {
			if len(j.articles[a].Figures[i].Subject) > 0 {
				out = append(out, Value{a, i})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Value) int { return len(j.at(b).Subject) - len(j.at(a).Subject) })
	return out
}

// add puts a figure into the slot that is most like it, or into a new one.
func (j *joiner) add(v Value) {
	f := j.at(v)
	class, _ := measure(f.Unit)
	best, most := -1, 0.0
	tried := 0
	for _, lemma := range f.Subject {
		for _, s := range j.byWord[word{class, f.Head, lemma}] {
			if tried++; tried > maxTries {
				break
			}
			if like := j.fits(s, v); like > most {
				best, most = s, like
			}
		}
	}
	if best >= 0 {
		j.slots[best] = append(j.slots[best], v)
		return
	}
	j.slots = append(j.slots, []Value{v})
	for _, lemma := range f.Subject {
		w := word{class, f.Head, lemma}
		j.byWord[w] = append(j.byWord[w], len(j.slots)-1)
	}
}

// fits says how well a figure fits a slot, 0 if it does not.
func (j *joiner) fits(slot int, v Value) float64 {
	f, values := j.at(v), j.slots[slot]
	like, shared := j.alike(j.at(values[0]), f)
	if like < alikeEqual {
		return 0
	}
	differs := false
	for i, other := range values {
		o := j.at(other)
		if i > maxTries {
			break
		}
		if !sameTime(f.AsOf, o.AsOf) {
			return 0
		}
		if agrees(f, o) {
			continue
		}
		differs = true
		if other.Article == v.Article && (f.Statement == o.Statement || like < 1) {
			return 0 // an article that gives two values in one voice speaks of two things
		}
	}
	if differs && (like < alikeDiffers || shared < 2) {
		return 0
	}
	if !differs {
		like++ // a slot with the same value is preferred
	}
	return like
}

// alike is the weighted share of the lemmas that two subjects have in common,
// and how many these are.
func (j *joiner) alike(a, b *Figure) (like float64, shared int) {
	if a.Head != b.Head {
		return 0, 0
	}
	var both, all float64
	x, y := a.Subject, b.Subject
	for len(x) > 0 || len(y) > 0 {
		switch {
		case len(y) == 0 || len(x) > 0 && x[0] < y[0]:
			all += j.weight[x[0]]
			x = x[1:]
		case len(x) == 0 || y[0] < x[0]:
			all += j.weight[y[0]]
			y = y[1:]
		default:
			both += j.weight[x[0]]
			all += j.weight[x[0]]
			shared++
			x, y = x[1:], y[1:]
		}
	}
	return both / all, shared
}

// sameTime reports whether two dates may be one: one may be less precise.
func sameTime(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// name is the fullest of the printed words for what values count.
func (j *joiner) name(values []Value) string {
	best, most := "", -1
	for _, v := range values {
		f := j.at(v)
		if len(f.Subject) <= most {
			continue
		}
		words := make([]string, len(f.Of))
		for i, s := range f.Of {
			words[i] = oneLine(s, j.articles[v.Article].Doc)
		}
		if name := strings.Join(words, " "); name != "" {
			best, most = name, len(f.Subject)
		}
	}
	return best
}

func oneLine(s text.Span, doc *english.Doc) string {
	return strings.Join(strings.Fields(s.Of(doc.Body)), " ")
}

// differs reports whether two of the values cannot both be meant.
func (j *joiner) differs(values []Value) bool {
	var distinct []*Figure
	for _, v := range values {
		f := j.at(v)
		if slices.ContainsFunc(distinct, func(o *Figure) bool {
			return o.Value == f.Value && o.High == f.High && o.Unit == f.Unit && o.Bound == f.Bound
		}) {
			continue
		}
		for _, o := range distinct {
			if !agrees(f, o) {
				return true
			}
		}
		if distinct = append(distinct, f); len(distinct) > maxTries {
			break
		}
	}
	return false
}

// measure is what a unit measures and its size in the first unit of that kind.
func measure(unit string) (class string, size float64) {
	if u, ok := lexicon.UnitOf(strings.ToLower(unit)); ok {
		return u.Class, u.Size
	}
	return unit, 1
}

// How far from the value what is meant may lie.
const (
	aboutSlack    = 0.1  // "about 400": 360 to 440
	atLeastSlack  = 1    // "more than 400": up to 800
	atMostSlack   = 0.5  // "up to 400": from 200
	roundingSlack = 0.03 // 400 for 412
	unitSlack     = 0.05 // 40 kilometres for 25 miles
)

// agrees reports whether two figures can be meant as the same value.
func agrees(a, b *Figure) bool {
	if a.Unit == vote {
		return a.Value == b.Value && a.High == b.High
	}
	_, sizeA := measure(a.Unit)
	_, sizeB := measure(b.Unit)
	lowA, highA := meant(a)
	lowB, highB := meant(b)
	lowA, highA, lowB, highB = lowA*sizeA, highA*sizeA, lowB*sizeB, highB*sizeB
	slack := 0.0
	if a.Unit != b.Unit {
		slack = unitSlack * max(highA, highB)
	} else if a.Bound == Exact && b.Bound == Exact {
		if d := math.Abs(a.Value - b.Value); d <= max(lastDigit(a.Value), lastDigit(b.Value))/2 && d <= roundingSlack*max(a.Value, b.Value) {
			return true
		}
	}
	return lowA <= highB+slack && lowB <= highA+slack
}

// meant is the range in which a figure's value lies.
func meant(f *Figure) (low, high float64) {
	switch f.Bound {
	case About:
		return f.Value * (1 - aboutSlack), f.High * (1 + aboutSlack)
	case AtLeast:
		return f.Value, f.High * (1 + atLeastSlack)
	case AtMost:
		return f.Value * (1 - atMostSlack), f.High
	}
	return f.Value, f.High
}

// lastDigit is the weight of the last digit of v that is not zero: 100 of 400,
// 0.1 of 2.4.
func lastDigit(v float64) float64 {
	for unit := 1e15; unit > 1e-3; unit /= 10 {
		if n := v / unit; n >= 1-1e-9 && math.Abs(n-math.Round(n)) < 1e-9*n {
			return unit
		}
	}
	return 0
}
