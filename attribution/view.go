package attribution

import (
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/linear"
	"onrecord/text"
)

// view is a document as the features see it: everything that several stages
// ask of a token, computed once.
type view struct {
	*english.Doc
	atoms  []atom
	lo     []int32 // first token of each token's subtree
	hi     []int32 // last token of each token's subtree
	sent   []int32 // sentence of each token
	quote  []int32 // which of outer each token stands in, -1 outside of any; marks count as outside
	outer  []outer // the quotations of depth 0, in order
	upto   []int32 // number of words (tokens with a letter or digit) before each token
	turns  int     // paragraphs that open like a transcript's line
	marked []bool  // sentences that quotation marks stand in or run through
	quotes []int32 // which of outer, of some length, hangs on a verb; -1 for none
}

// outer is a quotation of depth 0 in tokens, marks included.
type outer struct {
	first, last int
	goesOn      bool // with a quotation that the paragraph before left open
	shut        bool // both of its marks were found
	title       bool // of a book or a broadcast, by its capitals
}

// atom is a token hashed.
type atom struct {
	lemma, tag, label, name uint32
	class                   uint32 // of reporting word, with the word class; the tag for any other
	word                    bool   // has a letter or digit
	mark                    byte   // 'o' opens a quotation of depth 0, 'c' closes one, 0 else
	opened, closed          bool   // of a word: a mark opens between the word before and it; closes between it and the word after
}

func newView(d *english.Doc) *view {
	n := len(d.Tokens)
	v := &view{Doc: d, atoms: make([]atom, n)}
	flat := make([]int32, 4*n+1)
	cut := func(k int) []int32 {
		s := flat[:k:k]
		flat = flat[k:]
		return s
	}
	v.lo, v.hi, v.sent, v.quote = cut(n), cut(n), cut(n), make([]int32, n)
	v.upto = cut(n + 1)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		v.atoms[i] = atom{lemma: linear.Hash(t.Lemma), tag: linear.Hash(t.Tag), label: linear.Hash(t.Label), name: linear.Hash(t.Name), class: class(t), word: isWord(t.Form)}
		v.lo[i], v.hi[i], v.quote[i] = int32(i), int32(i), -1
		v.upto[i+1] = v.upto[i]
		if v.atoms[i].word {
			v.upto[i+1]++
		}
	}
	for k, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			v.sent[i] = int32(k)
		}
		v.ranges(s.Tokens)
	}
	v.quotations()
	v.marks()
	v.turns = v.countTurns()
	v.quotes = make([]int32, n)
	for i := range v.quotes {
		v.quotes[i] = -1
	}
	for k, o := range v.outer {
		if t := v.verbOf(o); t >= 0 && v.quotes[t] < 0 && !o.title && v.words(o.first, o.last) >= wordsOfQuotation {
			v.quotes[t] = int32(k)
		}
	}
	v.marked = make([]bool, len(d.Sentences))
	for i := range v.atoms {
		if v.quote[i] >= 0 || v.atoms[i].mark != 0 {
			v.marked[v.sent[i]] = true
		}
	}
	return v
}

// ranges fills lo and hi for a sentence by walking each token up to its root:
// the depth of a sentence is small.
func (v *view) ranges(r text.Range) {
	for i := r.First; i < r.End; i++ {
		for h, steps := v.Tokens[i].Head, 0; h >= 0 && steps < 200; h, steps = v.Tokens[h].Head, steps+1 {
			if v.lo[h] > int32(i) {
				v.lo[h] = int32(i)
			} else if v.hi[h] < int32(i) {
				v.hi[h] = int32(i)
			} else {
				break // an ancestor's range that has i inside has it in all that are above
			}
		}
	}
}

func (v *view) quotations() {
	i := 0
	for k, q := range v.Quotations {
		if q.Depth > 0 {
			continue
		}
		for i < len(v.Tokens) && v.Tokens[i].End <= q.Start {
			i++
		}
		o := outer{first: i, last: i - 1, goesOn: q.Continues >= 0, shut: q.Opened && q.Closed}
		for ; i < len(v.Tokens) && v.Tokens[i].Start < q.End; i++ {
			o.last = i
			switch t := v.Tokens[i]; {
			case t.Start < q.Inside.Start:
				v.atoms[i].mark = 'o'
			case t.End > q.Inside.End:
				v.atoms[i].mark = 'c'
			default:
				v.quote[i] = int32(len(v.outer))
			}
		}
		if q.Opened && !q.Closed && (k+1 == len(v.Quotations) || v.Quotations[k+1].Continues < 0) {
			v.closeAtCredit(&o)
		}
		if o.last >= o.first {
			o.title = v.isTitle(o)
			v.outer = append(v.outer, o)
		}
	}
}

// closeAtCredit ends a quotation that is never closed before the words that
// credit it to somebody: "“We are not leaving, Ann Doe, a pilot, said on Friday."
func (v *view) closeAtCredit(o *outer) {
	for i := o.first + 1; i < o.last; i++ {
		if v.Tokens[i].Form != "," {
			continue
		}
		for t := i + 1; t <= o.last && t < i+maxSourceDistance; t++ {
			s := v.subject(t)
			if s < 0 || lexicon.Reporting(v.Tokens[t].Lemma) != "say" || isFirstPerson(v.Tokens[s]) || v.Tokens[s].Form == "you" {
				continue
			}
			if min(t, int(v.lo[s])) != i+1 || min(t, s) < i {
				continue
			}
			v.atoms[i].mark = 'c'
			for k := i; k <= o.last; k++ {
				v.quote[k] = -1
			}
			o.last, o.shut = i, true
			return
		}
	}
}

// class generalises the lemma of a reporting word; any other word has its tag.
func class(t *english.Token) uint32 {
	if c := lexicon.Reporting(t.Lemma); c != "" {
		return linear.Join2(7, linear.Hash(c), uint32(t.Tag[0]))
	}
	return linear.Hash(t.Tag)
}

// marks tells each word of the marks beside it.
func (v *view) marks() {
	last, open := -1, false
	for i := range v.atoms {
		a := &v.atoms[i]
		switch {
		case a.mark == 'o':
			open = true
		case a.mark == 'c' && last >= 0:
			v.atoms[last].closed = true
		}
		if a.word {
			a.opened, open, last = open, false, i
		}
	}
	for k, o := range v.outer { // what goes on in the next paragraph is not closed in print
		if k+1 < len(v.outer) && v.outer[k+1].goesOn {
			if w := v.wordUpTo(o.last); w >= o.first {
				v.atoms[w].closed = true
			}
		}
	}
}

// wordFrom is the first word at token i or after it, len(v.atoms) if none.
func (v *view) wordFrom(i int) int {
	for i < len(v.atoms) && !v.atoms[i].word {
		i++
	}
	return i
}

// wordUpTo is the last word at token i or before it, -1 if none.
func (v *view) wordUpTo(i int) int {
	for i >= 0 && !v.atoms[i].word {
		i--
	}
	return i
}

func isWord(form string) bool {
	for _, r := range form {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 {
			return true
		}
	}
	return false
}

// words is the number of words among the tokens [i, j].
func (v *view) words(i, j int) int { return int(v.upto[j+1] - v.upto[i]) }

// child is the first child of i with one of the labels, -1 if there is none.
func (v *view) child(i int, labels ...string) int {
	for _, c := range v.Children(i) {
		for _, l := range labels {
			if v.Tokens[c].Label == l {
				return c
			}
		}
	}
	return -1
}

// subject is the subject of i, -1 if it has none.
func (v *view) subject(i int) int { return v.child(i, "nsubj", "nsubjpass", "csubj") }

// path hashes the way from token i to token j through the tree: the labels up
// to their common ancestor, then down. It gives 0 for two sentences and caps
// the length.
func (v *view) path(i, j int) uint32 {
	if v.sent[i] != v.sent[j] {
		return 0
	}
	up, h := 0, uint32(17)
	a := i
	for a >= 0 && !(int(v.lo[a]) <= j && j <= int(v.hi[a])) && up < 4 {
		h = linear.Join2(1, h, v.atoms[a].label)
		a = v.Tokens[a].Head
		up++
	}
	if a < 0 || !(int(v.lo[a]) <= j && j <= int(v.hi[a])) {
		return 1
	}
	h = linear.Join2(2, h, uint32(up))
	for b, down := j, 0; b != a; b, down = v.Tokens[b].Head, down+1 {
		if down == 3 || b < 0 {
			return linear.Join2(3, h, 99)
		}
		h = linear.Join2(3, h, v.atoms[b].label)
	}
	return h
}

// top is the highest token whose subtree starts (edge < 0) or ends (edge > 0)
// at token i and does not hold token without.
func (v *view) top(i, without, edge int) int {
	u := i
	for {
		h := v.Tokens[u].Head
		if h < 0 || int(v.lo[h]) <= without && without <= int(v.hi[h]) {
			return u
		}
		if edge < 0 && int(v.lo[h]) != i || edge > 0 && int(v.hi[h]) != i {
			return u
		}
		u = h
	}
}

// near is the token at i, or a stand-in beyond the sentence of from.
func (v *view) near(i, from int) *atom {
	if i < 0 || i >= len(v.atoms) || v.sent[i] != v.sent[from] {
		return &outside
	}
	return &v.atoms[i]
}

var outside = atom{lemma: 3, tag: 3, label: 3, name: 3}

// bucket maps a count to a few classes.
func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 100 + bucket(-n)
	case n < 6:
		return uint32(n)
	case n < 9:
		return 6
	case n < 13:
		return 7
	case n < 20:
		return 8
	case n < 35:
		return 9
	case n < 60:
		return 10
	}
	return 11
}

// bits makes a number of flags.
func bits(flags ...bool) uint32 {
	var b uint32
	for k, f := range flags {
		if f {
			b |= 1 << k
		}
	}
	return b
}

// features collects hashed features; the number of the call is the template.
type features struct {
	list []linear.Feature
	next uint32
}

// reset empties the list; templates are counted from base.
func (f *features) reset(base uint32) { f.list, f.next = f.list[:0], base }

func (f *features) add(a uint32)     { f.next++; f.list = append(f.list, linear.Join(f.next, a)) }
func (f *features) add2(a, b uint32) { f.next++; f.list = append(f.list, linear.Join2(f.next, a, b)) }
func (f *features) add3(a, b, c uint32) {
	f.next++
	f.list = append(f.list, linear.Join3(f.next, a, b, c))
}

// some adds values of one template: a set.
func (f *features) some(template, a uint32) { f.list = append(f.list, linear.Join(template, a)) }
func (f *features) some2(template, a, b uint32) {
	f.list = append(f.list, linear.Join2(template, a, b))
}
