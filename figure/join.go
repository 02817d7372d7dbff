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
	alikeSame    = 0.25 // the same number
	alikeAgrees  = 0.4  // 412 and "about 400"
	alikeDiffers = 0.7
)

// maxTries bounds how many slots a figure is compared with, and with how many
// values of a slot.
const maxTries = 24

// Join sets the figures of several articles side by side. Every figure with a
// Subject stands in exactly one slot, one without at most in one with its very
// value; the most widely given come first.
func Join(articles []Article) []Slot {
	j := joiner{articles: articles, lemmas: map[string]int{}, byWord: map[word][]int{}}
	j.prepare()
	for i := range j.entries {
		j.add(&j.entries[i])
	}
	out := make([]Slot, len(j.slots))
	for i := range j.slots {
		values := j.slots[i].values
		slices.SortFunc(values, func(a, b Value) int {
			return cmp.Or(a.Article-b.Article, a.Figure-b.Figure)
		})
		out[i] = Slot{Name: j.name(values), Values: values, Differs: j.slots[i].differs()}
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

// entry is a figure with what is compared of it.
type entry struct {
	Value
	*Figure
	class   string // what its unit measures
	size    float64
	digit   float64 // the weight of its value's last digit
	subject []int   // indices of lemmas, ascending
}

// word is where slots are looked for: by a lemma of a subject beside its head,
// or by a distinctive value, with what the unit measures.
type word struct {
	class, head string
	lemma       int
	value       float64
}

// slot is a Slot in the making. Its first entry has the fullest subject;
// entries has one of each value that an article gives.
type slot struct {
	values  []Value
	entries []*entry
	tried   *entry // the last figure that was compared with it
}

type joiner struct {
	articles []Article
	entries  []entry
	lemmas   map[string]int
	weight   []float64 // of each lemma: how much it tells
	slots    []slot
	byWord   map[word][]int // slots
}

func (j *joiner) at(v Value) *Figure { return &j.articles[v.Article].Figures[v.Figure] }

// prepare lists the figures, those with the fullest subjects first, and gives
// the lemmas that few subjects have the most weight.
func (j *joiner) prepare() {
	seen := map[string]bool{}
	for a := range j.articles {
		for i := range j.articles[a].Figures {
			f := &j.articles[a].Figures[i]
			e := entry{Value: Value{a, i}, Figure: f}
			e.class, e.size = measure(f.Unit)
			e.digit = lastDigit(f.Value)
			key := strings.Join(f.Subject, " ")
			for _, lemma := range f.Subject {
				id, known := j.lemmas[lemma]
				if !known {
					id = len(j.lemmas)
					j.lemmas[lemma] = id
					j.weight = append(j.weight, 0)
				}
				if !seen[key] {
					j.weight[id]++
				}
				e.subject = append(e.subject, id)
			}
			slices.Sort(e.subject)
			seen[key] = true
			j.entries = append(j.entries, e)
		}
	}
	for id, count := range j.weight {
		j.weight[id] = math.Log(1 + float64(len(seen)+10)/count)
	}
	slices.SortStableFunc(j.entries, func(a, b entry) int { return len(b.subject) - len(a.subject) })
}

// add puts a figure into the slot that is most like it, or into a new one.
func (j *joiner) add(e *entry) {
	words := j.words(e)
	best, most, tries := -1, 0.0, 0
	for _, w := range words {
		for _, s := range j.byWord[w] {
			if j.slots[s].tried == e {
				continue
			}
			if tries++; tries > maxTries {
				break
			}
			j.slots[s].tried = e
			if like := j.fits(&j.slots[s], e); like > most {
				best, most = s, like
			}
		}
	}
	if best < 0 && len(e.subject) == 0 {
		return
	}
	if best < 0 {
		best = len(j.slots)
		j.slots = append(j.slots, slot{})
	}
	s := &j.slots[best]
	s.values = append(s.values, e.Value)
	if slices.ContainsFunc(s.entries, func(o *entry) bool {
		return o.Article == e.Article && o.Figure.Value == e.Figure.Value && o.High == e.High && o.Bound == e.Bound && o.Unit == e.Unit && o.AsOf == e.AsOf
	}) {
		return
	}
	s.entries = append(s.entries, e)
	for _, w := range words {
		if at := j.byWord[w]; !slices.Contains(at[max(0, len(at)-maxTries):], best) {
			j.byWord[w] = append(at, best)
		}
	}
}

// words are where the slot of a figure is looked for, the most telling first.
func (j *joiner) words(e *entry) (out []word) {
	if e.distinctive() {
		out = append(out, word{class: e.class, value: e.Figure.Value})
	}
	lemmas := slices.Clone(e.subject)
	slices.SortFunc(lemmas, func(a, b int) int { return cmp.Or(cmp.Compare(j.weight[b], j.weight[a]), a-b) })
	for _, lemma := range lemmas {
		out = append(out, word{class: e.class, head: e.Head, lemma: lemma})
	}
	return out
}

// distinctive reports whether a value is one that two things in one story
// hardly have by chance: two digits or more that are not zero, in thousands.
func (e *entry) distinctive() bool {
	v := e.Figure.Value
	return e.Unit == vote || e.Bound != Between && v >= 1000 && v >= 10*e.digit
}

// fits says how well a figure fits a slot, 0 if it does not.
func (j *joiner) fits(s *slot, e *entry) float64 {
	like, shared := j.alike(s.entries[0], e)
	if like < alikeSame && !e.distinctive() {
		return 0
	}
	differs, same := false, false
	for _, o := range s.entries[:min(len(s.entries), maxTries)] {
		if !sameTime(e.AsOf, o.AsOf) {
			return 0
		}
		if agrees(e, o) {
			same = same || e.Figure.Value == o.Figure.Value && e.High == o.High && e.Unit == o.Unit
			continue
		}
		differs = true
		if o.Article == e.Article && !(like == 1 && shared > 2 && j.disputed(e, o)) {
			return 0 // an article that gives two values in one voice speaks of two things
		}
	}
	switch {
	case differs && (like < alikeDiffers || shared < 2):
		return 0
	case differs:
		return like
	case same && e.distinctive(), same && like >= alikeSame, shared > 1 && like >= alikeAgrees:
		return 1 + like // a slot with the same value is preferred
	}
	return 0
}

// disputed reports whether two figures of an article are on the word of two
// speakers.
func (j *joiner) disputed(a, b *entry) bool {
	said := j.articles[a.Article].Statements
	return a.Statement >= 0 && b.Statement >= 0 && said[a.Statement].Speaker.ID != said[b.Statement].Speaker.ID
}

// alike is the weighted share of the lemmas that two subjects have in common,
// and how many these are.
func (j *joiner) alike(a, b *entry) (like float64, shared int) {
	if a.Head != b.Head || len(a.subject) == 0 {
		return 0, 0
	}
	var both, all float64
	x, y := a.subject, b.subject
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

// differs reports whether two of the values cannot both be meant.
func (s *slot) differs() bool {
	entries := s.entries[:min(len(s.entries), maxTries)]
	for i, a := range entries {
		for _, b := range entries[:i] {
			if !agrees(a, b) {
				return true
			}
		}
	}
	return false
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
func agrees(a, b *entry) bool {
	if a.Unit == vote {
		return a.Figure.Value == b.Figure.Value && a.High == b.High
	}
	lowA, highA := meant(a)
	lowB, highB := meant(b)
	slack := 0.0
	if a.Unit != b.Unit {
		slack = unitSlack * max(highA, highB)
	} else if a.Bound == Exact && b.Bound == Exact {
		// "412" and "400" are one thing only if one is the other, rounded
		if x, y := a.Figure.Value, b.Figure.Value; math.Abs(x-y) <= roundingSlack*max(x, y) && math.Abs(x-y) <= max(a.digit, b.digit)/2 {
			return true
		}
	}
	return lowA <= highB+slack && lowB <= highA+slack
}

// meant is the range in which a figure's value lies, in the first unit of its
// kind.
func meant(e *entry) (low, high float64) {
	low, high = e.Figure.Value*e.size, e.High*e.size
	switch e.Bound {
	case About:
		return low * (1 - aboutSlack), high * (1 + aboutSlack)
	case AtLeast:
		return low, high * (1 + atLeastSlack)
	case AtMost:
		return low * (1 - atMostSlack), high
	}
	return low, high
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
