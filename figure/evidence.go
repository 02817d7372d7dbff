package figure

import (
	"math"
	"slices"
	"strings"

	"onrecord/lexicon"
	"onrecord/speaker"
)

// What the evidence that two figures are of one thing is worth, and how much
// makes them so. The weights were set by reading what they join.
const (
	thingWeight   = 0.35
	likeWeight    = 0.5
	contextWeight = 0.6
	periodWeight  = 0.1
	clashWeight   = 0.5 // against it: each names somebody else
	enough        = 0.7 // of two figures with one value

	closeWeight = 0.35 // within a tenth
	nearWeight  = 0.15 // within a third
	enoughApart = 1.0  // of two with different values

	rareValue  = 0.35 // a value that is worth looking for by itself
	smallCount = 20   // 11 and 12 are not nearly the same
	maxApart   = 5    // times: further apart, two counts are hardly of one thing
)

// rarity says how little chance there is that two things in one story have the
// value of e by accident.
func rarity(e *entry) float64 {
	v := e.Figure.Value
	digits := v >= 10*e.digit && v != 0 // two or more that are not zero
	switch {
	case e.Unit == vote:
		return 1
	case e.class == "time", e.Unit == "point", e.Bound == Between:
		return 0.1
	case e.Unit == share:
		if v < 10 || v == 50 || v == 100 {
			return 0.15
		}
		return 0.35
	case v >= 1000 && digits:
		return 0.9
	case e.Unit != "" && v >= 1000:
		return 0.6
	case v > 12:
		return 0.5
	}
	return 0.1
}

// fits says how well a figure fits a slot, 0 if it does not.
func (j *joiner) fits(s *slot, e *entry) float64 {
	best := 0.0
	for _, o := range s.entries[:min(len(s.entries), maxTries)] {
		if !sameTime(e.AsOf, o.AsOf) || e.Per != "" && o.Per != "" && e.Per != o.Per {
			return 0
		}
		like := j.alike(e, o)
		switch {
		case agrees(e, o):
			chance := rarity(e)
			if e.Figure.Value != o.Figure.Value || e.High != o.High || e.Unit != o.Unit {
				chance = min(chance, closeness(e, o))
				if chance == 0 || len(e.subject) == 0 || len(o.subject) == 0 {
					continue
				}
			}
			if like += chance; like >= enough {
				best = max(best, 1+like) // a slot with the same value is preferred
			}
		case o.Article == e.Article && !j.disputed(e, o):
			return 0 // an article that gives two values in one voice speaks of two things
		case j.comparable(e, o):
			if like += closeness(e, o); like >= enoughApart {
				best = max(best, like)
			}
		}
	}
	return best
}

// closeness is what it is worth that two values are nearly the same, if they
// are no small counts.
func closeness(a, b *entry) float64 {
	x, y := a.Figure.Value*a.size, b.Figure.Value*b.size
	if (a.Unit == "" || a.Unit == vote) && max(x, y) <= smallCount {
		return 0
	}
	switch apart := math.Abs(x-y) / max(x, y); {
	case apart <= 0.1:
		return closeWeight
	case apart <= 1.0/3 && a.class != "share" && a.class != "time":
		return nearWeight
	}
	return 0
}

// comparable reports whether two figures can be of one thing though their
// values differ: they say what they count, and are no worlds apart.
func (j *joiner) comparable(a, b *entry) bool {
	x, y := a.Figure.Value*a.size, b.Figure.Value*b.size
	if j.thing(a, b) < sameKind || max(x, y) > maxApart*min(x, y) {
		return false
	}
	shared := 0
	for _, id := range a.subject {
		if slices.Contains(b.subject, id) {
			shared++
		}
	}
	return shared > 1 || shared == 1 && a.Per != "" && a.Per == b.Per
}

// How alike two things are that are counted.
const (
	sameThing = 1.0
	sameKind  = 0.7 // "people" and "passengers"; or one is the other's purpose
	siblings  = 0.2 // "officers" and "lawmakers"
	unsaid    = 0.4
)

// thing says how alike the things are that two figures count.
func (j *joiner) thing(a, b *entry) float64 {
	switch {
	case a.head == b.head && a.head >= 0:
		return sameThing
	case a.head < 0 || b.head < 0 || a.kind == "figure" || b.kind == "figure" || a.kind == "money" || b.kind == "money":
		return unsaid
	case a.kind != "" && a.kind == b.kind:
		if a.Head == a.kind || b.Head == b.kind {
			return sameKind
		}
		return siblings
	case slices.Contains(b.subject, a.head), slices.Contains(a.subject, b.head):
		return sameKind
	}
	return 0
}

// alike weighs what speaks for two figures being of one thing, but for their
// values.
func (j *joiner) alike(a, b *entry) float64 {
	out := thingWeight*j.thing(a, b) + likeWeight*j.overlap(a.subject, b.subject)
	if a.Per != "" && a.Per == b.Per {
		out += periodWeight
	}
	if clash(a.names, b.names) {
		out -= clashWeight
	}
	if a.total > 0 && b.total > 0 {
		both := 0.0
		for x, y := a.context, b.context; len(x) > 0 && len(y) > 0; {
			switch {
			case x[0] < y[0]:
				x = x[1:]
			case x[0] > y[0]:
				y = y[1:]
			default:
				both += j.weight[x[0]]
				x, y = x[1:], y[1:]
			}
		}
		out += contextWeight * both / math.Sqrt(a.total*b.total)
	}
	return out
}

// clash reports whether each of two subjects names somebody and they have
// nobody in common.
func clash(a, b []int) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(id int) bool { return slices.Contains(b, id) })
}

// disputed reports whether two figures of an article are on the word of two
// people or bodies; "she" and "he" may be one that nobody made out.
func (j *joiner) disputed(a, b *entry) bool {
	said := j.articles[a.Article].Statements
	if a.Statement < 0 || b.Statement < 0 {
		return false
	}
	x, y := said[a.Statement].Speaker, said[b.Statement].Speaker
	known := func(s speaker.Speaker) bool { return s.Name != "" || strings.Contains(s.Unnamed, " ") }
	return known(x) && known(y) && x.ID != y.ID
}

// overlap is the weighted share of the lemmas that two subjects have in common.
func (j *joiner) overlap(x, y []int) float64 {
	var both, all float64
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
			x, y = x[1:], y[1:]
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// sameTime reports whether two dates may be one: one may be less precise.
func sameTime(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

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

// Agree reports whether two figures of one thing can be meant as the same
// value: "some 400" and "412" can.
func Agree(a, b Figure) bool {
	x, y := entry{Figure: &a, digit: lastDigit(a.Value)}, entry{Figure: &b, digit: lastDigit(b.Value)}
	x.class, x.size = measure(a.Unit)
	y.class, y.size = measure(b.Unit)
	return x.class == y.class && agrees(&x, &y)
}

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
