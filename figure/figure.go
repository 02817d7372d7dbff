// Package figure finds the quantities that articles give: how much, of what,
// as of when and on whose word; and sets those of the same thing side by side.
package figure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/speaker"
	"onrecord/text"
)

// Bound says how exact a value is meant to be.
type Bound string

// The bounds of a value.
const (
	Exact   Bound = ""
	About   Bound = "about"    // "some 400", "nearly 400", "an estimated 400"
	AtLeast Bound = "at least" // "more than 400", "over 400", "400 or more"
	AtMost  Bound = "at most"  // "fewer than 400", "up to 400"
	Between Bound = "between"  // "400 to 500": Value to High
)

// Figure is a quantity with what it counts.
type Figure struct {
	Span      text.Span // the quantity's words: "1 million", "3-to-1", "$4.5 billion", "12 percent"
	Value     float64   // 1e6; of a ratio the first side over the second (2.4); of a range its lower end
	High      float64   // a range's upper end, else Value
	Bound     Bound
	Unit      string      // "" for a count, "%" , "USD", "ratio", or the singular of a unit ("mile", "year", "vote", …)
	Of        []text.Span // the words that say what it counts, as printed; empty where the text does not say
	Subject   []string    // the lemmas of what it counts, sorted, for comparing: "casualty", "russian"
	Name      string      // the same as a noun phrase: "passengers on an average day", "loss of the line"; "" if Of is empty
	Per       string      // "day" where it counts over each day, else ""
	Head      string      // the lemma of Subject that says what kind of thing it is: "casualty"
	AsOf      string      // "2025-08-17", "2025-08" or "2025"; "" if not said
	When      text.Span   // the words that say as of when; empty if not said
	Statement int         // index of the innermost statement whose content holds it, -1 in the outlet's own voice

	again  bool // it is set against the figure before it
	teller int  // where the verb starts whose subject gives it, -1 if no verb of saying stands right before it
}

// Find finds the figures of an article, in order of the text. A date as of
// when is resolved against published.
func Find(doc *english.Doc, said []speaker.Statement, published time.Time) []Figure {
	f := finder{doc: doc, published: published}
	var out []Figure
	for i, s := range doc.Sentences {
		f.sentence, f.first, f.end, f.dates, f.votes = i, s.Tokens.First, s.Tokens.End, nil, unknown
		for i := f.first; i < f.end; {
			if !candidate(&doc.Tokens[i]) {
				i++
				continue
			}
			q, ok := f.quantityAt(i)
			if !ok {
				i++
				continue
			}
			i = max(i+1, q.end)
			if q.skip || f.excluded(&q) {
				continue
			}
			c := f.countedBy(&q)
			if f.low(q.end) == "to" && q.end+1 < f.end && (f.low(q.first-1) == "from" || q.unit == "" && len(c.of) == 0) {
				f.rise(&q, &c)
			}
			f.readPeriod(&q, &c)
			head, name := f.lemma(&q, c), f.nameOf(&q, c)
			again := f.again(&q, c)
			if again {
				c, head, name = f.before.counted, f.before.head, f.before.name
			}
			if q.unit == "" && len(c.of) == 0 && !f.stands(&q) {
				continue
			}
			date, when := f.asOf(&q, c)
			x := Figure{
				Span: q.span, Value: q.value, High: q.high, Bound: q.bound, Unit: q.unit,
				Of: c.of, Subject: c.subject, Name: name, Per: c.per, Head: head, AsOf: date, When: when, Statement: -1, again: again, teller: f.teller(&q),
			}
			out = append(out, x)
			f.before = given{f.sentence, q.class, c, head, name}
		}
	}
	attribute(out, said)
	return out
}

// rise gives the first of two quantities what is said beside the second only:
// "rose from 10 to 12 percent".
func (f *finder) rise(q *quantity, c *counted) {
	to, ok := f.quantityAt(q.end + 1)
	if !ok || to.skip || q.unit != "" && q.unit != to.unit || f.excluded(&to) {
		return
	}
	q.unit, q.class = to.unit, to.class
	if other := f.countedBy(&to); len(c.of) == 0 {
		*c = other
	}
}

// stands reports whether a bare number that counts nothing said is still one
// that counts: "2,383 to win", "39 who back her".
func (f *finder) stands(q *quantity) bool {
	switch f.low(q.end) {
	case "who", "more", "fewer", "others", "of":
		return true
	}
	if q.plain && q.value > maxKnown {
		switch f.doc.Tokens[max(q.first-1, f.first)].Lemma {
		case "have", "need", "only", "just":
			return f.tag(q.end, "NN") == "" // "he now has 568", "only 19 back her"
		}
	}
	if f.low(q.first-2) == "there" && f.doc.Tokens[q.first-1].Lemma == "be" {
		return true
	}
	if f.low(q.first) == "twice" || f.low(q.first) == "thrice" {
		return true
	}
	return q.scale > 1 || !q.words && !q.plain && q.value >= 1000
}

// finder finds the figures of one sentence after the other.
type finder struct {
	doc        *english.Doc
	published  time.Time
	first, end int    // the sentence's tokens
	dates      []date // of the sentence, read when first asked for
	votes      answer
	sentence   int
	before     given // the last figure
}

// lemma is that of the noun that is counted, or else of the verb beside it.
func (f *finder) lemma(q *quantity, c counted) string {
	switch {
	case q.unit == vote:
		return vote
	case q.compound != "":
		return lexicon.Counted(q.compound)
	}
	if u, _ := lexicon.UnitOf(strings.ToLower(q.unit)); u.Currency() { // what is done with money says most
		for _, i := range []int{c.head, c.predicate} {
			if i < 0 {
				continue
			}
			if l := lexicon.Counted(f.doc.Tokens[i].Lemma); lexicon.MoneyAct(l) != "" && slices.Contains(c.subject, l) {
				return l
			}
		}
	}
	i := c.head
	if i < 0 {
		i = c.predicate
	}
	if i >= 0 {
		if l := lexicon.Counted(f.doc.Tokens[i].Lemma); slices.Contains(c.subject, l) {
			return l
		}
	}
	if len(c.subject) > 0 {
		return c.subject[0]
	}
	return ""
}

// answer is a question's answer that is kept.
type answer int8

const (
	unknown answer = iota
	yes
	no
)

// candidate reports whether a quantity may start at a token.
func candidate(t *english.Token) bool {
	if t.Form == "" {
		return false
	}
	switch c := t.Form[0]; {
	case isDigit(c), c == '.', c == '$', c >= 0x80:
		return true
	case 'A' <= c && c <= 'Z':
		c |= 0x20
		fallthrough
	default:
		return strings.IndexByte("aefhmnostz", c) >= 0 || t.Tag == "CD" || t.Tag == "$"
	}
}

// attribute says for each figure in whose statement it stands.
func attribute(figures []Figure, said []speaker.Statement) {
	type piece struct {
		text.Span
		statement int
	}
	var pieces []piece
	for i, s := range said {
		for _, c := range s.Content {
			pieces = append(pieces, piece{c, i})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var open []piece // those that may hold the next figure, the innermost last
	for i := range figures {
		f := &figures[i]
		for len(pieces) > 0 && pieces[0].Start <= f.Span.Start {
			open, pieces = append(open, pieces[0]), pieces[1:]
		}
		for len(open) > 0 && open[len(open)-1].End < f.Span.End {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && !(f.again && open[len(open)-1].Start <= f.teller) { // "…; the county says 212" is the county's word
			f.Statement = open[len(open)-1].statement
		}
	}
}
