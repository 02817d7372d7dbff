package figure

import "onrecord/lexicon"

// link is the word between two numbers and the token after it: "to", "and",
// "or", "in", "-"; "" if the words between do not join them. A unit that the
// first number has before it ("10 percent to 15 percent") is given too.
func (f *finder) link(q *quantity) (word, unit string, at int) {
	at = q.end
	if u, ok := lexicon.UnitOf(f.low(at)); ok && q.unit == "" && u.Class == "share" {
		unit, at = u.Name, at+1
	}
	if (f.low(at) == "votes" || f.low(at) == "vote") && f.low(at+1) == "to" {
		at++ // "5 votes to 4"
	}
	word = f.low(at)
	at++
	switch word {
	case "to", "or":
	case "and":
		if f.low(q.first-1) != "between" {
			return "", unit, at
		}
	case "-", "--":
		if !f.touches(at-2) || !f.touches(at-1) {
			return "", unit, at
		}
		word = "-"
	case "out":
		if f.low(at) != "of" {
			return "", unit, at
		}
		word, at = "in", at+1
	case "in":
		if f.low(at) == "every" {
			at++
		}
	default:
		word = ""
	}
	return word, unit, at
}

// second reads the other side of a range, a ratio, a share or a vote.
func (f *finder) second(q *quantity) {
	link, unit, at := f.link(q)
	if link == "" || at >= f.end {
		return
	}
	money, symbol := f.symbol(at)
	if symbol {
		if at++; money.Name != q.unit || at >= f.end {
			return
		}
	} else if q.class != "" && (link == "or" || link == "in") {
		return // "$5 in 2 hours"
	}
	b, ok := readNumber(f.doc.Tokens, at, f.end)
	if !ok || b.share != q.share {
		return
	}
	if q.class != "" {
		b.readScale()
	}
	if b.rest != "" && (link == "in" || b.rest[0] != '-') {
		return
	}
	if u, _ := lexicon.UnitOf(f.low(b.end)); unit != "" && u.Name != unit {
		return
	}
	before := *q
	q.end = b.end
	if !f.pair(q, b, link) {
		*q = before
	}
}

// pair makes a range, a ratio, a share or a vote of q and b, whose last token
// is before q.end; ok is false if they are none of these.
func (f *finder) pair(q *quantity, b number, link string) (ok bool) {
	a := q.number
	measured := q.class != "" || f.measures(q.end) || b.rest != "" // by what stands after both
	hyphens := a.rest != ""                                        // "3-to-2"
	from := f.low(q.first-1) == "from"
	switch {
	case link == "in":
		if a.value >= b.value || measured || a.value != 1 && !isBase(b) {
			return false
		}
		q.unit, q.class, q.value = share, "share", percent(a.value/b.value)
		q.high = q.value
		return true
	case link == "to" && !measured && !from && b.value == 1:
		q.unit, q.class = ratio, ratio
		return true
	case (link == "to" && !from || link == "-") && !measured && f.isVote(a, b, link == "to" && !hyphens):
		q.unit, q.class, q.high = vote, vote, b.value
		return true
	case link == "to" && hyphens && !measured && b.value > 0:
		q.unit, q.class, q.value = ratio, ratio, a.value/b.value
		q.high = q.value
		return true
	case link == "to" && from: // "rose from 40 to 60"
		return false
	case link == "or" && b.value > 2*a.value: // "two or 30"
		return false
	}
	low := a.value
	if b.scale > 1 && a.scale == 1 && a.value < 1000 && a.value < b.value {
		low = times(low, b.scale) // "2 to 3 million"
	}
	counts := f.tag(q.end, "NN") != "" || f.tag(q.end, "JJ") != ""
	switch {
	case low >= b.value, link == "to" && !measured && !counts:
		q.skip = link == "-"
		return q.skip
	case link == "-" && !measured && (f.tag(q.end, "NNS") == "" || a.plain && a.value >= 1000): // a score, years
		q.skip = true
		return true
	}
	q.value, q.high, q.bound = low, b.value, Between
	q.number.scale, q.number.rest = b.scale, b.rest
	return true
}

// maxScore is more than the loser of most matches scores: beyond it "134 to
// 63" counts votes though nothing says so.
const maxScore = 20

// isVote reports whether two numbers count votes for and against.
func (f *finder) isVote(a, b number, words bool) bool {
	if a.scale > 1 || b.scale > 1 || a.value != float64(int(a.value)) {
		return false
	}
	return f.voting() || words && b.value > maxScore && a.value > b.value
}

// isBase reports whether "in" b makes a share: "one in five", "3 in 10".
func isBase(b number) bool {
	switch b.value {
	case 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000, 1e6:
		return b.rest == ""
	}
	return false
}
