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
	if q.rest == "" || symbol && strings.HasPrefix(q.rest, "-") && isDigit(q.rest[1]) {
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
		n.value, n.scale = n.value*w.Value, w.Value
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
	if !strings.HasPrefix(rest, "-") {
		if q.readScale(); q.rest == "" { // "1.2m people"
			q.value, q.high = q.number.value, q.number.value
			q.skip = q.unit == "" && f.tag(q.end, "NN") == ""
			return
		}
		if q.rest == "s" || q.rest == "+" {
			q.skip = q.rest == "s"
			return
		}
		q.skip = true // ordinals, times of day, addresses
		return
	}
	parts := strings.Split(rest[1:], "-")
	switch u, ok := lexicon.UnitOf(parts[0]); {
	case parts[0] == "to" && len(parts) == 2:
		if b, ok := readForm(parts[1]); ok && b.rest == "" {
			f.pair(q, b, "to")
			return
		}
		q.skip = true
	case isDigit(safeByte(parts[0])):
		b, ok := readForm(strings.Join(parts, "-"))
		if !ok || b.rest != "" {
			q.skip = true
			return
		}
		if w, ok := lexicon.Number(f.low(q.end)); ok && w.Kind == lexicon.NumberScale { // "2-3 million"
			b.value, b.scale, q.end = b.value*w.Value, w.Value, q.end+1
		}
		f.pair(q, b, "-")
	case parts[len(parts)-1] == "old" || parts[len(parts)-1] == "olds" || parts[len(parts)-1] == "something":
		q.skip = true
	case q.unit != "":
	case ok:
		q.unit, q.class = u.Name, u.Class
		q.skip = len(parts) > 1
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

func safeByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// second reads the other side of a range, a ratio or a vote.
func (f *finder) second(q *quantity) {
	if q.rest != "" { // "$2-3 million"
		f.compound(q)
		return
	}
	join := f.low(q.end)
	at := q.end + 1
	unit := ""
	if u, ok := lexicon.UnitOf(join); ok && q.unit == "" && u.Class == "share" { // "10 percent to 15 percent"
		unit, join, at = u.Name, f.low(q.end+1), q.end+2
	}
	switch join {
	case "to":
	case "-", "--":
		if !f.touches(at-2) || !f.touches(at-1) {
			return
		}
		join = "-"
	case "and":
		if f.low(q.first-1) != "between" {
			return
		}
	case "or":
	case "in":
	case "out":
		if join, at = "in", at+1; f.low(at-1) != "of" {
			return
		}
	default:
		return
	}
	if join == "in" && f.low(at) == "every" {
		at++
	}
	if at >= f.end {
		return
	}
	money, symbol := f.symbol(at)
	if symbol != (q.class != "") && join != "-" && join != "to" && join != "and" || symbol && money.Name != q.unit {
		return
	}
	if symbol {
		at++
	}
	if at >= f.end {
		return
	}
	b, ok := readNumber(f.doc.Tokens, at, f.end)
	if !ok || b.share != q.share {
		return
	}
	if q.class != "" {
		b.readScale()
	}
	if b.rest != "" && (join == "in" || b.rest[0] != '-') {
		return
	}
	if unit != "" {
		if u, ok := lexicon.UnitOf(f.low(b.end)); !ok || u.Name != unit {
			return
		}
	}
	before := *q
	q.end = b.end
	if f.pair(q, b, join); q.bound == Exact && q.unit == before.unit && !q.skip {
		*q = before // they do not belong together
	}
}

// pair makes a range, a ratio, a share or a vote of q and b, whose last token
// is at q.end; it leaves q as it is if they are none of these.
func (f *finder) pair(q *quantity, b number, join string) {
	a := q.number
	votes := q.class == "" && !isRound(a, b) && (f.voting() || join == "to" && a.rest == "" && b.value > maxScore)
	unit := q.class != "" || f.measures(q.end) || b.rest != ""
	switch {
	case join == "in":
		if a.value >= b.value || f.measures(q.end) || a.value != 1 && !isBase(b) {
			return
		}
		q.unit, q.class, q.value = share, "share", percent(a.value/b.value)
		q.high = q.value
		return
	case join == "to" && !unit && b.value == 1:
		q.unit, q.class = ratio, ratio
		return
	case (join == "to" || join == "-") && !unit && votes && (a.value > b.value || join == "-" || f.low(q.first-1) != "from"):
		q.unit, q.class, q.high = vote, vote, b.value
		return
	case join == "to" && a.rest != "" && !unit: // "3-to-2"
		q.unit, q.class, q.value = ratio, ratio, a.value/b.value
		if q.high = q.value; b.value == 0 {
			q.skip = true
		}
		return
	case join == "to" && f.low(q.first-1) == "from":
		return // "rose from 40 to 60"
	case join == "or" && b.value > 2*a.value:
		return
	}
	low := a.value
	if b.scale > 1 && a.scale == 1 && a.value < 1000 && a.value < b.value {
		low *= b.scale // "2 to 3 million"
	}
	if low >= b.value || join == "-" && !unit && (f.tag(q.end, "NNS") == "" || a.plain && a.value >= 1000) || join == "to" && !unit && f.tag(q.end, "NN") == "" && f.tag(q.end, "JJ") == "" {
		q.skip = join == "-"
		return
	}
	q.value, q.high, q.bound = low, b.value, Between
	q.number.scale = b.scale
	q.number.rest = b.rest
}

// maxScore is more than the loser of most matches scores: beyond it "134 to
// 63" counts votes though nothing says so.
const maxScore = 20

// isRound reports whether two numbers are too round for a count of votes.
func isRound(a, b number) bool { return a.scale > 1 || b.scale > 1 || a.value != float64(int(a.value)) }

// isBase reports whether "in" b makes a share: "one in five", "3 in 10".
func isBase(b number) bool {
	switch b.value {
	case 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000, 1e6:
		return b.rest == ""
	}
	return false
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
