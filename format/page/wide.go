package page

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/comparison"
	"onrecord/figure"
	"onrecord/utterance"
)

// A story of many articles has no column for each of them: what they have in
// common is said once, with who has it.

// fewCarriers is how many articles are named that give the same.
const fewCarriers = 6

// renderings are in the order of their faithfulness.
var renderings = []utterance.Rendering{utterance.Verbatim, utterance.Trimmed, utterance.Altered, utterance.Paraphrased}

// rendered are the articles that render an utterance in one way.
type rendered struct {
	Rendering   utterance.Rendering
	Letter      string
	Count       int
	First, Rest []mention // one for each article
}

// wordings are the variants of an utterance, the longest first, each wording
// once, and who carries it.
func (b *builder) wordings(i int) (variants []variant, by []rendered) {
	u := &b.Utterances[i]
	order := []int{u.Longest}
	for n := range u.Variants {
		if n != u.Longest {
			order = append(order, n)
		}
	}
	slices.SortStableFunc(order[1:], func(x, y int) int {
		return cmp.Compare(slices.Index(renderings, u.Variants[x].Rendering), slices.Index(renderings, u.Variants[y].Rendering))
	})
	type once struct {
		rendering utterance.Rendering
		outlet    string
	}
	known, counted := map[string]int{}, map[once]bool{}
	for _, n := range order {
		v := b.variant(i, n)
		words := string(v.Mention.Rendering) + " " + bare(pieces(b.body(u.Variants[n].Article), u.Variants[n].Spans))
		if at, ok := known[words]; ok {
			variants[at].Also = append(variants[at].Also, v.Mention)
		} else {
			known[words] = len(variants)
			variants = append(variants, v)
		}
		if key := (once{v.Mention.Rendering, v.Mention.Outlet}); counted[key] {
			continue
		} else {
			counted[key] = true
		}
		at := slices.IndexFunc(by, func(c rendered) bool { return c.Rendering == v.Mention.Rendering })
		if at < 0 {
			at = len(by)
			by = append(by, rendered{Rendering: v.Mention.Rendering, Letter: v.Mention.Letter})
		}
		by[at].First = append(by[at].First, v.Mention)
	}
	for k := range by {
		by[k].Count = len(by[k].First)
		by[k].First, by[k].Rest = split(by[k].First, fewCarriers)
	}
	return variants, by
}

// bare is s in lower case with nothing but letters, digits and single spaces.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// amount is a value of a slot with who gives it.
type amount struct {
	Words string // as printed by the first
	By    []givers
	count int
}

// givers are the articles that give an amount on somebody's word.
type givers struct {
	From        string
	Count       int
	First, Rest []value // one for each article
}

func (b *builder) amounts(s figure.Slot) []amount {
	type key struct {
		value, high float64
		bound       figure.Bound
		unit        string
	}
	var out []amount
	at := map[key]int{}
	for _, v := range s.Values {
		f := b.Reports[v.Article].Figures[v.Figure]
		k, given := key{f.Value, f.High, f.Bound, f.Unit}, b.value(v)
		i, known := at[k]
		if !known {
			i = len(out)
			at[k] = i
			out = append(out, amount{Words: strings.TrimSpace(given.Bound + " " + given.Words)})
		}
		out[i].add(given)
	}
	byCount := func(x, y int) int { return cmp.Compare(y, x) }
	slices.SortStableFunc(out, func(x, y amount) int { return byCount(x.count, y.count) })
	for _, m := range out {
		slices.SortStableFunc(m.By, func(x, y givers) int { return byCount(len(x.First), len(y.First)) })
		for k := range m.By {
			g := &m.By[k]
			g.Count = len(g.First)
			g.First, g.Rest = split(g.First, fewCarriers)
		}
	}
	return out
}

// add adds who gives the amount, each article once on the same word.
func (m *amount) add(v value) {
	at := slices.IndexFunc(m.By, func(g givers) bool { return g.From == v.From })
	if at < 0 {
		at = len(m.By)
		m.By = append(m.By, givers{From: v.From})
	}
	g := &m.By[at]
	if n := len(g.First); n > 0 && g.First[n-1].Place.Outlet == v.Place.Outlet {
		return
	}
	g.First = append(g.First, v)
	m.count++
}

// totals are the voices with what all articles give them.
func (b *builder) totals() []voice {
	out := make([]voice, len(b.Voices))
	for i, v := range b.Voices {
		var sum comparison.VoiceIn
		in := 0
		for _, c := range v.Articles {
			sum.Statements += c.Statements
			sum.Quoted += c.Quoted
			sum.Paraphrased += c.Paraphrased
			if c.Order > 0 {
				in++
			}
		}
		out[i] = voice{Who: b.who(v.Speaker), Cells: []voiceCell{{Outlet: "In all articles", Order: "in " + count(in, "article", "articles"), VoiceIn: sum}}}
	}
	return out
}

// onlyCount says how much an article alone has.
type onlyCount struct {
	Outlet, Href string
	Number       int
}

func (b *builder) elsewhere(all []only) (out []onlyCount) {
	hrefs := map[string]string{}
	for i, name := range b.outlets {
		hrefs[name] = b.site.Article(b.Reports[i].Article, 0)
	}
	for _, o := range all {
		out = append(out, onlyCount{o.Outlet, hrefs[o.Outlet], len(o.Rows)})
	}
	slices.SortStableFunc(out, func(x, y onlyCount) int { return cmp.Compare(y.Number, x.Number) })
	return out
}
