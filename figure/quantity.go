package figure

import (
	"math"
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/text"
)

// quantity is a number with its unit and bound, before it is known what it
// counts.
type quantity struct {
	first, end  int // tokens
	span        text.Span
	value, high float64
	bound       Bound
	unit        string
	class       string // of the unit; "" for a count
	compound    string // the noun in one token with the number: "member" of "15-member"
	number
	skip bool // it is read, but no figure: a score, an age, a date
}

// units that are not lexicon's.
const (
	ratio = "ratio"
	vote  = "vote"
	share = "%"
)

// maxValue is more than anybody counts: "million million million".
const maxValue = 1e18

// quantityAt reads the longest quantity that starts at token i.
func (f *finder) quantityAt(i int) (q quantity, ok bool) {
	q.first = i
	money, symbol := f.symbol(i)
	if symbol {
		i++
		if i >= f.end {
			return q, false
		}
	}
	if q.number, ok = readNumber(f.doc.Tokens, i, f.end); !ok {
		return q, false
	}
	q.end, q.value, q.high = q.number.end, q.number.value, q.number.value
	q.skip = q.value > maxValue
	if symbol {
		q.unit, q.class = money.Name, money.Class
		q.readScale()
		q.value, q.high = q.number.value, q.number.value
		if q.first > f.first && f.touches(q.first-1) {
			f.prefixed(&q)
		}
	}
	q.span = text.Span{Start: f.doc.Tokens[q.first].Start, End: f.doc.Tokens[q.end-1].End}
	if q.rest == "" {
		f.second(&q)
	} else {
		f.compound(&q)
	}
	if q.unit == "" && !q.skip {
		f.readUnit(&q)
	}
	if q.number.share && q.unit == "" {
		q.unit, q.class, q.value, q.high = share, "share", percent(q.value), percent(q.high)
	}
	if q.vague {
		q.bound = AtLeast
	}
	if q.bound == Exact {
		f.readBound(&q)
	}
	q.span = text.Span{Start: f.doc.Tokens[q.first].Start, End: max(q.span.End, f.doc.Tokens[q.end-1].End)}
	if q.compound != "" {
		q.span.End = f.doc.Tokens[q.end-1].End - len(q.compound) - 1
	}
	return q, true
}

// percent is a share in percent, to two decimals.
func percent(v float64) float64 { return math.Round(v*1e4) / 100 }

// symbol is the currency whose sign token i is.
func (f *finder) symbol(i int) (lexicon.Unit, bool) {
	form := f.doc.Tokens[i].Form
	if form == "" || 'a' <= form[0]|0x20 && form[0]|0x20 <= 'z' && !strings.HasSuffix(form, "$") || form == "%" {
		return lexicon.Unit{}, false
	}
	u, ok := lexicon.UnitOf(strings.ToLower(form))
	return u, ok && u.Currency()
}

// prefixed takes in the letters that cling to a dollar sign: "US$".
func (f *finder) prefixed(q *quantity) {
	letters := f.doc.Tokens[q.first-1].Form
	if u, ok := lexicon.UnitOf(strings.ToLower(letters) + "$"); ok && q.unit == "USD" {
		q.first, q.unit, q.class = q.first-1, u.Name, u.Class
	}
}

// touches reports whether nothing stands between token i and the next.
func (f *finder) touches(i int) bool {
	return i+1 < f.end && f.doc.Tokens[i].End == f.doc.Tokens[i+1].Start
}

// readScale takes a scale in letters from the number's rest: "m", "bn".
func (n *number) readScale() {
	letters, rest, hyphen := strings.Cut(n.rest, "-")
	if w, ok := lexicon.Number(letters); ok && (w.Kind == lexicon.NumberShort || w.Kind == lexicon.NumberScale) {
		n.value, n.scale = times(n.value, w.Value), w.Value
		if n.rest = ""; hyphen {
			n.rest = "-" + rest
		}
	}
}

// compound reads what stands in one token with the number.
func (f *finder) compound(q *quantity) {
	rest := q.rest
	if u, ok := lexicon.UnitOf(rest); ok && (u.Name != "meter" || rest != "m") {
		q.unit, q.class = u.Name, u.Class // "5ft", "10km"
		return
	}
	if rest[0] != '-' {
		switch q.readScale(); q.rest {
		case "": // "1.2m people"
			q.value, q.high = q.number.value, q.number.value
			q.skip = q.unit == "" && f.tag(q.end, "NN") == ""
		case "+":
		default:
			q.skip = true // ordinals, decades, times of day, addresses
		}
		return
	}
	parts := strings.Split(rest[1:], "-")
	switch u, ok := lexicon.UnitOf(parts[0]); {
	case parts[0] == "to" && len(parts) == 2:
		b, ok := readForm(parts[1])
		q.skip = !ok || b.rest != "" || !f.pair(q, b, "to")
	case parts[0] != "" && isDigit(parts[0][0]):
		b, ok := readForm(rest[1:])
		if !ok || b.rest != "" {
			q.skip = true
			return
		}
		if w, ok := lexicon.Number(f.low(q.end)); ok && w.Kind == lexicon.NumberScale { // "2-3 million"
			b.value, b.scale, q.end = times(b.value, w.Value), w.Value, q.end+1
		}
		if !f.pair(q, b, "-") {
			q.skip = true
		}
	case parts[len(parts)-1] == "old" || parts[len(parts)-1] == "olds" || parts[len(parts)-1] == "something":
		q.skip = true
	case q.unit != "": // "$100-a-plate"
	case ok:
		q.unit, q.class = u.Name, u.Class
		q.skip = len(parts) > 1
	case len(parts) > 1 && (parts[0] == "square" || parts[0] == "cubic"):
		u, ok := lexicon.UnitOf(parts[1])
		q.unit, q.class = parts[0]+" "+u.Name, parts[0]+" "+u.Class
		q.skip = !ok || len(parts) > 2
	case parts[0] == "plus":
		q.bound = AtLeast
	case parts[0] == "odd":
		q.bound = About
	case parts[0] == "fold", parts[0] == "strong":
	case isNumber(parts[0]):
		q.skip = true // "one hundred-eighteen"
	case len(parts) == 1 && len(parts[0]) > 2 && q.value > 1:
		q.compound = parts[0]
	default:
		q.skip = true // "20-20", "4-H", "one-on-one"
	}
}

func isNumber(word string) bool {
	_, ok := lexicon.Number(word)
	return ok
}

// measures reports whether token i is a unit.
func (f *finder) measures(i int) bool {
	_, ok := lexicon.UnitOf(f.low(i))
	return ok
}

// low is token i of the sentence in lower case, "" outside.
func (f *finder) low(i int) string {
	if i < f.first || i >= f.end {
		return ""
	}
	return strings.ToLower(f.doc.Tokens[i].Form)
}

// tag is the tag of token i if it starts so, else "".
func (f *finder) tag(i int, prefix string) string {
	if i < f.first || i >= f.end || !strings.HasPrefix(f.doc.Tokens[i].Tag, prefix) {
		return ""
	}
	return f.doc.Tokens[i].Tag
}

// readUnit reads the unit after a number.
func (f *finder) readUnit(q *quantity) {
	at := q.end
	word := f.low(at)
	if strings.HasPrefix(q.rest, "-") && q.bound == Between { // "10-to-15-mile"
		word = q.rest[1:]
		at--
	}
	prefix := ""
	switch word {
	case "per":
		if f.low(at+1) == "cent" {
			q.unit, q.class, q.end = share, "share", at+2
			return
		}
	case "square", "cubic", "metric", "nautical":
		prefix = word + " "
		fallthrough
	case "more", "full", "straight", "consecutive", "additional", "extra", "long", "percentage":
		at++
		if f.measures(at) {
			word = f.low(at)
		}
		if word == "percentage" {
			return
		}
		if f.low(at-1) == "percentage" {
			prefix = "percentage "
		}
	}
	if q.vague && word == "of" && f.measures(at+1) { // "tens of thousands of dollars"
		at++
		word = f.low(at)
	}
	u, ok := lexicon.UnitOf(strings.TrimSuffix(word, "."))
	if !ok || at < f.end && f.doc.Tokens[at].Tag == "NNP" && q.words {
		return
	}
	switch {
	case prefix == "square " || prefix == "cubic ":
		q.unit, q.class = prefix+u.Name, prefix+u.Class
	case prefix == "percentage ":
		q.unit, q.class = "percentage point", "points"
	default:
		q.unit, q.class = u.Name, u.Class
	}
	q.end = max(q.end, at+1)
}

// maxBound is the most words of a phrase that says how exact a value is.
const maxBound = 4

// readBound reads what the words before and after a quantity say of it.
func (f *finder) readBound(q *quantity) {
	if f.low(q.end) == "+" && f.touches(q.end-1) || q.rest == "+" {
		q.bound = AtLeast
		return
	}
	first := q.first
	if f.low(first-1) == "a" { // "over a half-dozen"
		first--
	}
	phrase := ""
	for n := 1; n <= maxBound && first-n >= f.first; n++ {
		phrase = strings.TrimSuffix(f.low(first-n)+" "+phrase, " ")
		if b := lexicon.BoundBefore(phrase); b != "" {
			q.bound = Bound(b) // the longest counts
		}
	}
	if q.class == "time" && f.low(first-1) == "over" && f.tag(first-2, "IN") == "" {
		q.bound = Exact // "over 12 years": during them
	}
	if q.bound != Exact {
		return
	}
	end := q.end
	if end < f.end && f.doc.Tokens[end].Tag == "NNS" && q.unit == "" {
		end++ // "400 people or more"
	}
	phrase = ""
	for n := 0; n < maxBound && end+n < f.end; n++ {
		phrase = strings.TrimPrefix(phrase+" "+f.low(end+n), " ")
		if b := lexicon.BoundAfter(phrase); b != "" {
			q.bound = Bound(b)
		}
	}
}

// node is the token of a quantity that hangs on what stands outside.
func (f *finder) node(q *quantity) int {
	n := q.end - 1
	for range q.end - q.first {
		h := f.doc.Tokens[n].Head
		if h < q.first || h >= q.end {
			return n
		}
		n = h
	}
	return n
}

// children are the children of token i that stand near it.
func (f *finder) children(i int) []int {
	kids := f.doc.Children(i)
	first, _ := slices.BinarySearch(kids, i-reach)
	end, _ := slices.BinarySearch(kids, i+reach)
	return kids[first:end]
}

// reach is how far a word's modifiers are looked for, in tokens.
const reach = 40
