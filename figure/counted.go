package figure

import (
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// counted is what a quantity counts.
type counted struct {
	of          []text.Span
	subject     []string
	head        int // the noun that is counted, -1 if there is none
	predicate   int // the verb that says what is done with it, -1 if there is none
	per         string
	preposition string     // the one between the quantity and head, "" if there is none
	period      text.Range // the words of per
	noun        text.Range // the words of head with what stands before it
	phrase      text.Range // and what hangs on it after it
	tail        text.Range // participles of it behind the quantity: "casualties surpassed 1 million killed"
}

// gatherer collects the words that say what is counted.
type gatherer struct {
	f       *finder
	q       *quantity
	pieces  []text.Range
	lemmas  []string
	counted counted
}

// countedBy finds what a quantity counts, through the tree.
func (f *finder) countedBy(q *quantity) counted {
	g := gatherer{f: f, q: q, counted: counted{head: -1, predicate: -1}}
	n := f.node(q)
	if q.compound != "" { // "15-member panel"
		g.lemmas = append(g.lemmas, lexicon.Counted(q.compound))
		end := f.doc.Tokens[q.end-1].End
		g.counted.of = append(g.counted.of, text.Span{Start: end - len(q.compound), End: end})
	}
	switch t := f.doc.Tokens[n]; {
	case g.partOf():
		g.clause(n)
	case f.inside(t.Head) && t.Head >= q.end && strings.HasPrefix(f.doc.Tokens[t.Head].Tag, "NN") && t.Label != "nsubj" && t.Label != "nsubjpass":
		g.noun(t.Head) // "400 troops", "the $4 million plan"
		if q.class != "time" && q.compound == "" {
			g.clause(t.Head)
		}
	default:
		g.clause(n)
		if f.tag(q.end, "VBN") != "" { // "1 million killed and wounded"
			g.participles(q.end)
		}
	}
	return g.done()
}

func (f *finder) inside(i int) bool { return i >= f.first && i < f.end }

// partOf takes what stands after a preposition right behind the quantity: "12
// percent of voters", "$4 million for the bridge".
func (g *gatherer) partOf() bool {
	f, at := g.f, g.q.end
	switch f.low(at) {
	case "of":
	case "for", "in", "from", "on", "toward", "towards", "at", "as":
		u, ok := lexicon.UnitOf(strings.ToLower(g.q.unit))
		if !ok || !u.Currency() && (g.q.class != "time" || f.low(at) == "from" || f.low(at) == "for") {
			return false
		}
	default:
		return false
	}
	n := f.doc.Tokens[at].Head
	if n <= at || !f.inside(n) || f.doc.Tokens[n].Name == "DATE" || f.doc.Tokens[n].Name == "DURATION" || lexicon.Weekday(f.doc.Tokens[n].Form) > 0 {
		return false
	}
	g.noun(n)
	g.counted.preposition = f.low(at)
	return true
}

// caseOf is the preposition of token i, -1 if it has none.
func (f *finder) caseOf(i int) int {
	for _, c := range f.children(i) {
		if f.doc.Tokens[c].Label == "case" && c < i {
			return c
		}
	}
	return -1
}

// marked reports whether token i has one of the given prepositions.
func (f *finder) marked(i int, words ...string) bool {
	c := f.caseOf(i)
	return c >= 0 && slices.Contains(words, f.low(c))
}

// noun takes a noun with its modifiers.
func (g *gatherer) noun(h int) {
	if t := g.f.doc.Tokens[h]; !isWord(t.Tag) || t.Lemma == "none" {
		return // "all of the $5 million"
	}
	if g.f.doc.Tokens[h].Lemma == "worth" { // "$900 worth of paint"
		for _, c := range g.f.children(h) {
			if g.f.doc.Tokens[c].Label == "nmod" && g.f.marked(c, "of") {
				h = c
			}
		}
	}
	if g.counted.head < 0 {
		g.counted.head = h
	}
	g.phrase(h, 0)
}

// maxDepth is how many prepositions deep a noun's modifiers are taken.
const maxDepth = 2

func (g *gatherer) phrase(h, depth int) {
	f := g.f
	first, end := h, h+1
	g.lemma(h)
	for _, c := range f.children(h) {
		t := f.doc.Tokens[c]
		if c >= g.q.first && c < g.q.end || c < g.q.first && g.q.end <= h && t.Label == "amod" {
			continue // "an estimated 1,200 homes"
		}
		switch {
		case t.Label == "amod" && c < h, t.Label == "compound", t.Label == "nmod:poss":
			first, end = min(first, c), max(end, c+1)
			g.lemma(c)
			for _, cc := range f.children(c) {
				if l := f.doc.Tokens[cc].Label; (l == "compound" || l == "amod") && cc < c {
					first = min(first, cc)
					g.lemma(cc)
				}
			}
		case t.Label == "nmod" && c > h && depth < maxDepth && f.marked(c, "of", "in", "for", "on", "against", "from", "with", "at"):
			if depth == 0 || f.marked(c, "of") {
				g.phrase(c, depth+1)
			}
		case t.Label == "acl" && c > h && (t.Tag == "VBN" || t.Tag == "VBG") && depth == 0:
			g.participles(c)
		}
	}
	if first < g.q.end && g.q.end <= h {
		first = g.q.end
	}
	g.pieces = append(g.pieces, text.Range{First: first, End: end})
	if depth == 0 && h == g.counted.head {
		g.counted.noun = text.Range{First: first, End: end}
	}
}

// participles takes "killed, wounded and captured".
func (g *gatherer) participles(i int) {
	f := g.f
	end := i + 1
	g.lemma(i)
	for j := end; j < f.end && j < i+8; j++ {
		t := f.doc.Tokens[j]
		if t.Tag == f.doc.Tokens[i].Tag {
			g.lemma(j)
			end = j + 1
		} else if t.Form != "," && t.Tag != "CC" {
			break
		}
	}
	g.pieces = append(g.pieces, text.Range{First: i, End: end})
}

// light are verbs that say nothing of what is counted.
var light = map[string]bool{
	"be": true, "have": true, "do": true, "say": true, "get": true, "take": true, "make": true, "include": true, "reach": true, "surpass": true,
	"exceed": true, "top": true, "hit": true, "estimate": true, "stand": true, "total": true, "number": true, "report": true, "show": true, "find": true,
	"go": true, "come": true, "see": true, "give": true, "seem": true, "appear": true, "remain": true, "become": true, "put": true, "think": true, "know": true,
	"believe": true, "expect": true, "add": true, "note": true, "tell": true, "want": true, "need": true, "call": true, "amount": true,
}

// clause takes the verb that token n hangs on, and where n is its object what
// stands before it: "casualties have surpassed 1 million".
func (g *gatherer) clause(n int) {
	f := g.f
	for range 3 {
		t := f.doc.Tokens[n]
		h := t.Head
		if !f.inside(h) {
			g.copula(n)
			return
		}
		head := f.doc.Tokens[h]
		verb := strings.HasPrefix(head.Tag, "VB")
		switch {
		case t.Label == "nsubjpass" && verb:
			g.verb(h, true)
			return
		case t.Label == "nsubj" && verb:
			g.verb(h, true)
			return
		case t.Label == "nsubj":
			return
		case verb && (t.Label == "dobj" || t.Label == "xcomp" || strings.HasPrefix(t.Label, "nmod") || t.Label == "advmod" || t.Label == "dep" || t.Label == "ccomp"):
			if g.counted.head < 0 {
				switch object := g.object(h, n); {
				case object >= 0: // "put the loss at $4 million", "cut deficits by $4 billion"
					g.thing(object)
				case !tells[head.Lemma]:
					g.subjectOf(h)
				}
				g.verb(h, true)
			} else {
				g.verb(h, t.Label == "dobj")
				g.agent(h)
			}
			return
		case strings.HasPrefix(head.Tag, "NN") && (strings.HasPrefix(t.Label, "nmod") || t.Label == "appos" || t.Label == "dep" || t.Label == "amod" || t.Label == "nummod"):
			if g.counted.head >= 0 {
				n = h
				if !f.marked(n, "of") {
					g.copula(n)
				}
				return
			}
			if head.Lemma != "tune" && (!strings.HasPrefix(t.Label, "nmod") || f.marked(n, "of", "to", "at", "between", "about", "by")) {
				g.noun(h) // "a deficit of $4 billion"
			}
			n = h
			if f.doc.Tokens[h].Label != "nsubjpass" && f.doc.Tokens[h].Label != "nsubj" && f.doc.Tokens[h].Label != "dobj" {
				return
			}
		case strings.HasPrefix(head.Tag, "JJ"): // "25 miles long"
			g.copula(h)
			if low := f.low(h); lexicon.BoundBefore(low) == "" && lexicon.BoundBefore(low+" to") == "" { // "closer to $3 million"
				g.lemma(h)
			}
			return
		default:
			g.copula(n)
			return
		}
	}
}

// tells are verbs whose subject is who gives a figure.
var tells = map[string]bool{
	"say": true, "tell": true, "put": true, "estimate": true, "claim": true, "report": true, "state": true, "think": true, "believe": true,
	"reckon": true, "calculate": true, "project": true, "predict": true, "forecast": true, "expect": true, "peg": true, "count": true,
	"announce": true, "admit": true, "argue": true, "note": true, "write": true, "suggest": true, "insist": true, "cite": true, "guess": true,
}

// object is what the verb v is done to, where token n only says how much, else
// -1.
func (g *gatherer) object(v, n int) int {
	f := g.f
	if !f.marked(n, "at", "to", "by", "from") {
		return -1
	}
	for _, c := range f.children(v) {
		if t := f.doc.Tokens[c]; t.Label == "dobj" && c > v && c < g.q.first && strings.HasPrefix(t.Tag, "NN") && t.Tag != "NNP" {
			return c
		}
	}
	return -1
}

// agent adds who does what verb v says to the lemmas, be it by a pronoun, as
// it makes a difference whose money it is.
func (g *gatherer) agent(v int) {
	f := g.f
	for _, c := range f.children(v) {
		t := f.doc.Tokens[c]
		switch {
		case t.Label != "nsubj":
		case t.Tag == "PRP":
			g.lemmas = append(g.lemmas, t.Lemma)
		case (t.Tag == "WP" || t.Tag == "WDT") && f.inside(f.doc.Tokens[v].Head):
			g.lemma(f.doc.Tokens[v].Head)
		default:
			g.lemma(c)
		}
	}
}

// copula takes the subject of "the toll was 400".
func (g *gatherer) copula(n int) {
	if g.counted.head >= 0 {
		return
	}
	for _, c := range g.f.children(n) {
		if t := g.f.doc.Tokens[c]; (t.Label == "nsubj" || t.Label == "nsubjpass") && c < g.q.first {
			g.thing(c)
			return
		}
	}
}

// subjectOf takes the subject of verb v, or the noun that v describes.
func (g *gatherer) subjectOf(v int) {
	f := g.f
	for range 3 {
		for _, c := range f.children(v) {
			if t := f.doc.Tokens[c]; t.Label == "nsubj" || t.Label == "nsubjpass" {
				g.thing(c)
				return
			}
		}
		t := f.doc.Tokens[v]
		if !f.inside(t.Head) {
			return
		}
		if strings.HasPrefix(t.Label, "acl") {
			g.thing(t.Head)
			return
		}
		if t.Label != "conj" && t.Label != "xcomp" && t.Label != "advcl" {
			return
		}
		v = t.Head
	}
}

// thing takes a noun, but no pronoun.
func (g *gatherer) thing(i int) {
	if tag := g.f.doc.Tokens[i].Tag; strings.HasPrefix(tag, "NN") || tag == "VBG" || tag == "JJ" {
		g.noun(i)
	}
}

// verb takes the verb v, into the printed words too if it says what was done
// with the things counted.
func (g *gatherer) verb(v int, print bool) {
	f := g.f
	t := f.doc.Tokens[v]
	if light[t.Lemma] || !strings.HasPrefix(t.Tag, "VB") {
		return
	}
	g.counted.predicate = v
	g.lemma(v)
	end := v + 1
	for _, c := range f.children(v) {
		if t := f.doc.Tokens[c]; t.Label == "conj" && c > v && c <= v+4 && t.Tag == f.doc.Tokens[v].Tag && print {
			g.lemma(c)
			end = max(end, c+1)
		}
	}
	if print {
		g.pieces = append(g.pieces, text.Range{First: v, End: end})
	}
}

// lemma adds a token to the subject, unless it says nothing.
func (g *gatherer) lemma(i int) {
	t := g.f.doc.Tokens[i]
	if i >= g.q.first && i < g.q.end || t.Lemma == "" || !isWord(t.Tag) || t.Name == "PERSON" && t.Label == "compound" {
		return
	}
	g.lemmas = append(g.lemmas, lexicon.Counted(t.Lemma))
}

func isWord(tag string) bool {
	return strings.HasPrefix(tag, "NN") || strings.HasPrefix(tag, "JJ") || strings.HasPrefix(tag, "VB")
}

// done puts the words in order.
func (g *gatherer) done() counted {
	slices.SortFunc(g.pieces, func(a, b text.Range) int { return a.First - b.First })
	end := -1
	tokens := g.f.doc.Tokens
	for _, p := range g.pieces {
		if p.First = max(p.First, end); p.First >= p.End {
			continue
		}
		span := text.Span{Start: tokens[p.First].Start, End: tokens[p.End-1].End}
		if n := len(g.counted.of); n > 0 && p.First <= end+2 && end > 0 && !g.holds(end, p.First) {
			g.counted.of[n-1].End = span.End // "casualties" "in" "Norland"
		} else {
			g.counted.of = append(g.counted.of, span)
		}
		switch phrase := &g.counted.phrase; {
		case g.counted.head < 0:
		case p.First <= g.counted.head && g.counted.head < p.End, phrase.Len() > 0 && p.First <= end+2 && p.First != g.counted.predicate && !g.holds(end, p.First) && !g.goesOn(p):
			if phrase.Len() == 0 {
				phrase.First = p.First
			}
			phrase.End = p.End
		case g.f.tag(p.First, "VBN") != "" && p.First == g.q.end:
			g.counted.tail = p
		}
		end = p.End
	}
	g.counted.of = inOrder(g.counted.of)
	slices.Sort(g.lemmas)
	g.counted.subject = slices.Compact(g.lemmas)
	return g.counted
}

// inOrder sorts spans and joins those that overlap: the noun of "five-state"
// may stand behind or inside of what is said of it.
func inOrder(spans []text.Span) (out []text.Span) {
	slices.SortFunc(spans, func(a, b text.Span) int { return a.Start - b.Start })
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// goesOn reports whether a participle has words of its own behind it that are
// not taken: "accused" of "officers accused of theft".
func (g *gatherer) goesOn(p text.Range) bool {
	f := g.f
	if tag := f.doc.Tokens[p.First].Tag; tag != "VBN" && tag != "VBG" {
		return false
	}
	return slices.ContainsFunc(f.children(p.First), func(k int) bool { return k >= p.End })
}

// holds reports whether the quantity stands in tokens first to end.
func (g *gatherer) holds(first, end int) bool { return g.q.first < end && g.q.end > first }
