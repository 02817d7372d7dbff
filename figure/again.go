package figure

import (
	"strings"

	"onrecord/lexicon"
)

// given is a figure with what it counts, for one that follows and says less.
type given struct {
	sentence int
	class    string
	counted  counted
	head     string
	name     string
}

// again reports whether a quantity gives a value of what the figure before it
// counts: "the
// union says 340 people cross every day, the county says 212", "the true
// figure is nearer $3 million".
func (f *finder) again(q *quantity, c counted) bool {
	if f.before.class != q.class || f.before.head == "" {
		return false
	}
	if f.elliptic(q, c) {
		return f.before.sentence == f.sentence
	}
	head := c.head
	if len(c.of) == 0 {
		head = f.figureBefore(q.first)
	}
	return f.sentence-f.before.sentence <= 1 && f.pointsBack(head, c)
}

// figureBefore is a noun like "figure" in front of token i, where the parser
// lost that the quantity is said of it, else -1.
func (f *finder) figureBefore(i int) int {
	for end := max(f.first, i-reach); i > end; {
		i--
		if t := f.doc.Tokens[i]; strings.HasPrefix(t.Tag, "NN") && lexicon.Kind(lexicon.Counted(t.Lemma)) == "figure" {
			if f.low(i+1) == "of" {
				return -1
			}
			return i
		}
	}
	return -1
}

// elliptic reports whether a quantity stands alone as the object of a verb of
// saying.
func (f *finder) elliptic(q *quantity, c counted) bool {
	if c.head >= 0 || len(c.of) > 0 || f.tag(q.end, "NN") != "" || f.tag(q.end, "JJ") != "" || f.tag(q.end, "IN") != "" {
		return false
	}
	return f.teller(q) >= 0
}

// teller is where the verb of saying starts that a quantity is the object of,
// -1 if there is none.
func (f *finder) teller(q *quantity) int {
	if h := f.doc.Tokens[f.node(q)].Head; f.inside(h) && h < q.first && tells[f.doc.Tokens[h].Lemma] {
		return f.doc.Tokens[h].Start
	}
	return -1
}

// pointsBack reports whether all that is said to be counted is a figure that
// the text gave before: "the true figure".
func (f *finder) pointsBack(head int, c counted) bool {
	if head < 0 || lexicon.Kind(lexicon.Counted(f.doc.Tokens[head].Lemma)) != "figure" {
		return false
	}
	for _, l := range c.subject {
		if lexicon.Kind(l) != "figure" && !plainly[l] {
			return false
		}
	}
	for _, k := range f.children(head) {
		if f.doc.Tokens[k].Label == "det" && f.low(k) != "a" && f.low(k) != "an" {
			return true
		}
	}
	return false
}

// plainly are adjectives and verbs that say of a figure only that it is so.
var plainly = map[string]bool{
	"true": true, "real": true, "actual": true, "correct": true, "right": true, "accurate": true, "exact": true, "precise": true, "overall": true,
	"official": true, "reported": true, "estimated": true, "likely": true, "whole": true, "entire": true, "full": true, "sheer": true,
}
