package figure

import (
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/text"
)

// date is a date of a sentence.
type date struct {
	first, end int    // tokens, without what leads to them
	value      string // in ISO 8601
	lead       string // the preposition before it
	head       int    // what it hangs on, -1 for nothing
}

// readDates reads the dates of the sentence once.
func (f *finder) readDates() []date {
	if f.dates != nil {
		return f.dates
	}
	f.dates = []date{}
	for i := f.first; i < f.end; i++ {
		value, n := attribution.ReadDate(f.doc.Tokens[i:f.end], f.published)
		if n == 0 {
			continue
		}
		if value != "" && (f.low(i-1) != "the" || f.low(i) != "last" && f.low(i) != "past") {
			d := date{first: i, end: i + n, value: value, lead: f.low(i - 1), head: -1}
			for j := i; j < i+n; j++ {
				if h := f.doc.Tokens[j].Head; h < i || h >= i+n {
					d.head = h
					break
				}
			}
			f.dates = append(f.dates, d)
		}
		i += n - 1
	}
	return f.dates
}

// studies are documents that hold figures: "a June study" dates what it says.
var studies = map[string]bool{
	"study": true, "poll": true, "survey": true, "report": true, "estimate": true, "census": true, "analysis": true, "review": true,
	"count": true, "tally": true, "audit": true, "assessment": true, "figure": true, "data": true, "filing": true, "forecast": true, "projection": true,
}

// asOf is the date as of which a quantity is given, with the words that say so.
func (f *finder) asOf(q *quantity, c counted) (value string, when text.Span) {
	var best date
	rank := 0
	dates := f.readDates()
	near, _ := slices.BinarySearchFunc(dates, q.first-reach, func(d date, at int) int { return d.first - at })
	for _, d := range dates[near:] {
		if d.first > q.end+reach {
			break
		}
		r := 0
		switch {
		case d.first >= q.first && d.first < q.end:
			continue
		case d.lead == "of" && f.low(d.first-2) == "as":
			r = 4
		case d.head >= 0 && f.inside(d.head) && studies[f.doc.Tokens[d.head].Lemma] && f.doc.Tokens[d.head].Tag != "VB":
			r = 3
		case d.head < 0:
		case q.class != "time" && f.isDated(q, c, d):
			r = 2
		case q.class != "time" && f.sets(d, q):
			r = 1
		}
		if r > rank || r == rank && r > 0 && distance(q, d) < distance(q, best) {
			best, rank = d, r
		}
	}
	if rank == 0 {
		return "", when
	}
	first := best.first
	switch best.lead {
	case "of":
		if first--; rank == 4 {
			first--
		}
	case "in", "on", "at", "during", "by", "for":
		first--
	}
	return best.value, text.Span{Start: f.doc.Tokens[first].Start, End: f.doc.Tokens[best.end-1].End}
}

// isDated reports whether a date says when what is counted was so: it hangs on
// the quantity, on what it counts or on the verb beside it.
func (f *finder) isDated(q *quantity, c counted, d date) bool {
	switch d.lead {
	case "in", "on", "during", "for", "of":
	case "since", "from", "until", "till", "by", "before", "after", "between", "to", "through", "than", "and", "-":
		return false
	default:
		if !strings.HasPrefix(f.low(d.first), "last") && !strings.HasPrefix(f.low(d.first), "this") && f.doc.Tokens[d.first].Tag != "NNP" {
			return false
		}
	}
	if d.head >= q.first && d.head < q.end {
		return true
	}
	if d.head == c.head || d.head == c.predicate {
		return true
	}
	n := f.node(q)
	h := f.doc.Tokens[n].Head
	if h == d.head && h >= 0 {
		return strings.HasPrefix(f.doc.Tokens[h].Tag, "VB") || strings.HasPrefix(f.doc.Tokens[h].Tag, "NN")
	}
	return c.head >= 0 && f.doc.Tokens[c.head].Head == d.head && strings.HasPrefix(f.doc.Tokens[d.head].Tag, "VB")
}

// sets reports whether a date at the start of the sentence also dates the
// clause in which a quantity stands: "In 2003, he spoke at a rally where 100
// families gathered". What somebody says has its own time.
func (f *finder) sets(d date, q *quantity) bool {
	if d.first > f.first+2 || d.lead != "in" && d.lead != "on" && d.lead != "during" {
		return false
	}
	verb := -1
	for i, steps := f.node(q), 0; f.inside(i) && steps < maxClimb; i, steps = f.doc.Tokens[i].Head, steps+1 {
		t := f.doc.Tokens[i]
		if verb < 0 && strings.HasPrefix(t.Tag, "VB") {
			verb = i
		}
		if i == d.head {
			return f.tag(verb, "VBD") != "" || f.tag(verb, "VBN") != "" && !f.helped(verb)
		}
		switch t.Label {
		case "ccomp", "xcomp", "parataxis":
			return false
		case "dep":
			if !strings.HasPrefix(t.Tag, "W") { // a "where" that hangs on the comma
				return false
			}
		}
	}
	return false
}

// maxClimb is how far up the tree a clause is looked for.
const maxClimb = 10

func distance(q *quantity, d date) int { return max(d.first-q.end, q.first-d.end) }
