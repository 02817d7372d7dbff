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

// Join sets the figures of several articles side by side. Every figure with a
// Subject stands in exactly one slot, one without at most in one with its very
// value; the most widely given come first.
func Join(articles []Article) []Slot {
	j := joiner{articles: articles, lemmas: map[string]int{}, of: map[Value]int{}, byWord: map[word][]int{}}
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
	head    int     // the lemma of Head, -1 if there is none
	kind    string  // of Head: "person"
	subject []int   // indices of lemmas, ascending
	names   []int   // those of them that are names
	context []int   // of the words around it, ascending
	total   float64 // the weight of context
}

// word is where slots are looked for: by a lemma of a subject, or by a
// distinctive value, with what the unit measures.
type word struct {
	class string
	lemma int
	value float64
}

// slot is a Slot in the making; entries has one of each value that an article
// gives.
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
	of       map[Value]int  // the slot that a figure stands in
	byWord   map[word][]int // slots
}

// maxTries bounds how many slots a figure is compared with, and with how many
// values of a slot.
const maxTries = 24

func (j *joiner) at(v Value) *Figure { return &j.articles[v.Article].Figures[v.Figure] }

// prepare lists the figures, those first that one text sets against each
// other, then those with the fullest subjects, and gives the lemmas that stand
// beside few of them the most weight.
func (j *joiner) prepare() {
	for a, in := range j.articles {
		for i := range in.Figures {
			f := &in.Figures[i]
			context, names := j.read(in.Doc, f.Span)
			e := entry{Value: Value{a, i}, Figure: f, head: -1, kind: lexicon.Kind(f.Head), context: context}
			e.class, e.size = measure(f.Unit)
			e.digit = lastDigit(f.Value)
			for _, lemma := range f.Subject {
				if plainly[lemma] {
					continue
				}
				id := j.lemma(lemma)
				e.subject = append(e.subject, id)
				if slices.Contains(names, id) {
					e.names = append(e.names, id)
				}
			}
			if f.Head != "" {
				e.head = j.lemma(f.Head)
			}
			slices.Sort(e.subject)
			j.entries = append(j.entries, e)
		}
	}
	for id, count := range j.weight {
		j.weight[id] = math.Log(1 + float64(len(j.entries)+10)/max(count, 1))
	}
	for i := range j.entries {
		for _, id := range j.entries[i].context {
			j.entries[i].total += j.weight[id]
		}
	}
	slices.SortStableFunc(j.entries, func(a, b entry) int {
		return cmp.Or(j.chained(b)-j.chained(a), len(b.subject)-len(a.subject))
	})
}

// chained is 1 if the text sets a figure against one beside it, else 0.
func (j *joiner) chained(e entry) int {
	figures := j.articles[e.Article].Figures
	if e.again || e.Value.Figure+1 < len(figures) && figures[e.Value.Figure+1].again {
		return 1
	}
	return 0
}

// lemma is the index of a lemma.
func (j *joiner) lemma(lemma string) int {
	id, known := j.lemmas[lemma]
	if !known {
		id = len(j.lemmas)
		j.lemmas[lemma] = id
		j.weight = append(j.weight, 0)
	}
	return id
}

// read gives the lemmas of the words around a figure in its sentence, and
// counts them.
func (j *joiner) read(doc *english.Doc, at text.Span) (context, names []int) {
	i, _ := slices.BinarySearchFunc(doc.Tokens, at.Start, func(t english.Token, at int) int { return t.Start - at })
	s, _ := slices.BinarySearchFunc(doc.Sentences, i+1, func(s text.Sentence, i int) int { return s.Tokens.End - i })
	if s == len(doc.Sentences) {
		return nil, nil
	}
	r := doc.Sentences[s].Tokens
	for _, t := range doc.Tokens[max(r.First, i-reach):min(r.End, i+reach)] {
		if !isWord(t.Tag) || light[t.Lemma] || t.Lemma == "" {
			continue
		}
		id := j.lemma(lexicon.Counted(t.Lemma))
		context = append(context, id)
		if strings.HasPrefix(t.Tag, "NNP") {
			names = append(names, id)
		}
	}
	slices.Sort(context)
	context = slices.Compact(context)
	for _, id := range context {
		j.weight[id]++
	}
	return context, names
}

// add puts a figure into the slot that is most like it, or into a new one.
func (j *joiner) add(e *entry) {
	words := j.words(e)
	best, most, tries := -1, 0.0, 0
	if s, ok := j.of[Value{e.Article, e.Value.Figure - 1}]; ok && e.again {
		best = s
	} else {
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
	}
	if best < 0 && len(e.Subject) == 0 {
		return
	}
	if best < 0 {
		best = len(j.slots)
		j.slots = append(j.slots, slot{})
	}
	s := &j.slots[best]
	s.values = append(s.values, e.Value)
	j.of[e.Value] = best
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
	if rarity(e) >= rareValue {
		out = append(out, word{class: e.class, lemma: -1, value: e.Figure.Value})
	}
	lemmas := slices.Clone(e.subject)
	slices.SortFunc(lemmas, func(a, b int) int { return cmp.Or(cmp.Compare(j.weight[b], j.weight[a]), a-b) })
	for _, lemma := range lemmas {
		out = append(out, word{class: e.class, lemma: lemma})
	}
	return out
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

// name is the best of the words for what values count: a noun phrase before
// a clause, one that says more than "people", the fullest.
func (j *joiner) name(values []Value) string {
	best, most := "", -1
	always := !slices.ContainsFunc(values, func(v Value) bool { return j.at(v).Per == "" })
	for _, v := range values {
		f := j.at(v)
		name, rank := f.Name, 2*len(f.Subject)
		if name == "" {
			for _, s := range f.Of {
				name = strings.TrimSpace(name + " " + oneLine(s, j.articles[v.Article].Doc))
			}
		}
		if lexicon.Kind(f.Head) != f.Head {
			rank += 3
		}
		if strings.HasPrefix(name, "how ") || strings.Contains(name, " who ") || strings.Contains(name, " that ") {
			rank -= 4
		}
		if f.Per != "" && !always {
			rank--
		}
		if name != "" && (best == "" || rank > most) {
			best, most = name, rank
		}
	}
	return best
}

func oneLine(s text.Span, doc *english.Doc) string {
	return strings.Join(strings.Fields(s.Of(doc.Body)), " ")
}
