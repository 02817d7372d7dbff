package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"onrecord/comparison"
	"onrecord/figure"
	"onrecord/utterance"
)

// sortOut finds which utterances are shared.
func (d *digest) sortOut() {
	d.alone = make([][]int, len(d.Reports))
	length := make([]int, len(d.Utterances))
	for i := range d.Utterances {
		u := &d.Utterances[i]
		first := u.Variants[0].Article
		if u.Variants[len(u.Variants)-1].Article != first {
			d.shared = append(d.shared, i)
			continue
		}
		d.alone[first] = append(d.alone[first], i)
		for _, v := range u.Variants {
			for _, s := range v.Spans {
				length[i] += s.Len()
			}
		}
	}
	for _, list := range d.alone {
		slices.SortStableFunc(list, func(a, b int) int {
			return cmp.Or(trueFirst(d.Utterances[a].Quoted(), d.Utterances[b].Quoted()), length[b]-length[a])
		})
	}
}

// trueFirst orders true before false.
func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// wordings are the variants of an utterance by their words: first those that
// have the longest wording, then the others, the most widely printed first.
// Marks, dashes and capitals count for nothing.
func (d *digest) wordings(u *utterance.Utterance) [][]int {
	var out [][]int
	place := map[string]int{}
	add := func(variant int) {
		v := u.Variants[variant]
		words := string(v.Rendering)
		if v.Rendering != utterance.Verbatim { // which are all the same
			words += " " + bare(joined(d.body(v.Article), v.Spans, " "))
		}
		i, known := place[words]
		if !known {
			i = len(out)
			place[words] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], variant)
	}
	add(u.Longest)
	for i := range u.Variants {
		if i != u.Longest {
			add(i)
		}
	}
	slices.SortStableFunc(out[1:], func(a, b []int) int { return len(b) - len(a) })
	return out
}

// bare is s in lower case with nothing but letters, digits and single spaces.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// amount is one value of a slot with the figures that give it.
type amount struct {
	text  string // as printed
	given []figure.Value
}

// amounts groups the values of a slot, the most widely given first.
func (d *digest) amounts(s figure.Slot) []amount {
	type key struct {
		value, high float64
		bound       figure.Bound
		unit        string
	}
	var out []amount
	place := map[key]int{}
	for _, v := range s.Values {
		f := d.Reports[v.Article].Figures[v.Figure]
		k := key{f.Value, f.High, f.Bound, f.Unit}
		i, known := place[k]
		if !known {
			i = len(out)
			place[k] = i
			out = append(out, amount{text: d.printed(v.Article, f)})
		}
		out[i].given = append(out[i].given, v)
	}
	slices.SortStableFunc(out, func(a, b amount) int { return len(b.given) - len(a.given) })
	return out
}

// printed is a figure as the article has it, with its bound unless the words
// say so themselves.
func (d *digest) printed(article int, f figure.Figure) string {
	words := Harmless(d.of(article, f.Span))
	if f.Bound == figure.Exact || f.Bound == figure.Between || strings.Contains(strings.ToLower(words), string(f.Bound)) {
		return words
	}
	return string(f.Bound) + " " + words
}

// givers says which outlets give an amount, each on whose word and as of when.
func (d *digest) givers(m amount) string {
	type key struct {
		article int
		voice   string
	}
	seen := map[key]bool{}
	var out []string
	for _, v := range m.given {
		f := d.Reports[v.Article].Figures[v.Figure]
		k := key{v.Article, d.voiceOf(v.Article, f.Statement)}
		if seen[k] {
			continue
		}
		seen[k] = true
		parts := []string{k.voice}
		if f.AsOf != "" {
			parts = append(parts, "as of "+Written(f.AsOf))
		}
		parts = append(parts, d.paragraph(v.Article, f.Span.Start))
		out = append(out, fmt.Sprintf("%s (%s)", d.names[v.Article], strings.Join(parts, ", ")))
	}
	return d.some(out)
}

// slots are the figures that two articles or more give, those that differ
// first, and the others.
func (d *digest) slots() (shared, lone []figure.Slot) {
	for _, s := range d.Figures {
		if s.Differs || s.Values[0].Article != s.Values[len(s.Values)-1].Article {
			shared = append(shared, s)
		} else {
			lone = append(lone, s)
		}
	}
	slices.SortStableFunc(shared, func(a, b figure.Slot) int { return trueFirst(a.Differs, b.Differs) })
	return shared, lone
}

// Events are those of a timeline with every passage once on a date, however
// many statements there are in it.
func Events(timeline []comparison.Event) []comparison.Event {
	return slices.CompactFunc(slices.Clone(timeline), func(a, b comparison.Event) bool {
		return a.Date == b.Date && a.Article == b.Article && a.Passage == b.Passage
	})
}

// nearest are the n events closest to the day of the first report, in order
// of time.
func (d *digest) nearest(events []comparison.Event, n int) []comparison.Event {
	var first time.Time
	for _, r := range d.Reports {
		if at := r.Article.Published; !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if len(events) <= n || first.IsZero() {
		return events[:n]
	}
	order := make([]int, len(events))
	away := make([]time.Duration, len(events))
	for i, e := range events {
		order[i] = i
		away[i] = first.Sub(dateOf(e.Date)).Abs()
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(away[a], away[b]) })
	order = order[:n]
	slices.Sort(order)
	out := make([]comparison.Event, n)
	for i, k := range order {
		out[i] = events[k]
	}
	return out
}

// dateOf is the last day of a date, of a month or of a year.
func dateOf(iso string) time.Time {
	if at, err := time.Parse("2006", iso); err == nil {
		return at.AddDate(1, 0, -1)
	}
	if at, err := time.Parse("2006-01", iso); err == nil {
		return at.AddDate(0, 1, -1)
	}
	at, _ := time.Parse(time.DateOnly, iso)
	return at
}
