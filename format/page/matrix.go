package page

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"onrecord/format"
	"onrecord/text"
	"onrecord/utterance"
)

// row is an utterance with what each outlet makes of it.
type row struct {
	index    int // of the utterance
	Link     link
	Who      who
	Short    string // the longest wording, or its beginning
	Occasion string // venue and date
	Quoted   bool
	Cells    []cell     // one for each article
	Span     int        // columns of the table
	Variants []variant  // the longest first
	Carriers []rendered // in place of Cells where there are many articles
	Said     string     // address of the utterance's own page, "" for none
}

// cell is what an article has of an utterance; empty if nothing.
type cell struct {
	Outlet string
	Given  []mention
}

// mention is a variant in few words.
type mention struct {
	Outlet    string
	Rendering utterance.Rendering
	Letter    string
	Cue       string
	Href      string // to the passage
}

// variant is a rendering of an utterance in full.
type variant struct {
	Mention mention
	Credit  string // "Ines Carvalho said"
	Longest bool
	Text    passage   // where it has changes, as a word diff
	Tally   string    // "2 words dropped, 1 changed"
	Also    []mention // who has the same words, where there are many articles
}

// only is what a single outlet carries.
type only struct {
	Outlet string
	Rows   []row
}

// rows are the utterances that two outlets or more carry, and the others by
// outlet.
func (b *builder) rows() (shared []row, alone []only) {
	byArticle := make([][]row, len(b.Reports))
	for i := range b.Utterances {
		r := b.row(i)
		if in := carriers(&b.Utterances[i]); len(in) == 1 {
			byArticle[in[0]] = append(byArticle[in[0]], r)
		} else {
			shared = append(shared, r)
		}
	}
	for a, rows := range byArticle {
		if len(rows) > 0 {
			alone = append(alone, only{b.outlets[a], rows})
		}
	}
	return shared, alone
}

// carriers are the articles that have an utterance.
func carriers(u *utterance.Utterance) (in []int) {
	for _, v := range u.Variants {
		if len(in) == 0 || in[len(in)-1] != v.Article {
			in = append(in, v.Article)
		}
	}
	return in
}

func (b *builder) row(i int) row {
	u := &b.Utterances[i]
	longest := u.Variants[u.Longest]
	r := row{
		index: i,
		Link:  b.link(i), Who: b.who(u.Speaker), Quoted: u.Quoted(),
		Short:    shortened(pieces(b.body(longest.Article), longest.Spans)),
		Occasion: format.Occasion(u), Said: b.said(longest),
	}
	if b.wide {
		r.Variants, r.Carriers = b.wordings(i)
		return r
	}
	r.Cells, r.Span = make([]cell, len(b.Reports)), len(b.Reports)+1
	for a := range r.Cells {
		r.Cells[a].Outlet = b.outlets[a]
	}
	for n, v := range u.Variants {
		full := b.variant(i, n)
		if n == u.Longest {
			r.Variants = slices.Insert(r.Variants, 0, full)
		} else {
			r.Variants = append(r.Variants, full)
		}
		r.Cells[v.Article].Given = append(r.Cells[v.Article].Given, full.Mention)
	}
	return r
}

func (b *builder) variant(i, n int) variant {
	u := &b.Utterances[i]
	v := u.Variants[n]
	earlier := 0 // variants of the same article
	for _, o := range u.Variants[:n] {
		if o.Article == v.Article {
			earlier++
		}
	}
	var cues, credits []string
	for _, s := range v.Statements {
		cues = appendNew(cues, pieces(b.body(v.Article), b.Reports[v.Article].Statements[s].Cue))
		credits = appendNew(credits, format.Harmless(format.Credit(b.body(v.Article), b.Reports[v.Article].Statements[s])))
	}
	return variant{
		Mention: mention{
			Outlet: b.outlets[v.Article], Rendering: v.Rendering, Letter: strings.ToUpper(string(v.Rendering[:1])),
			Cue: strings.Join(cues, ", "), Href: b.passage(i, v, earlier),
		},
		Credit:  strings.Join(credits, "; "),
		Longest: n == u.Longest && len(u.Variants) > 1,
		Text:    b.diff(u, v),
		Tally:   changed(b, u, v),
	}
}

// appendNew adds s unless it is empty or there already.
func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// diff is a variant's text, with what became of the longest one's words.
func (b *builder) diff(u *utterance.Utterance, v utterance.Variant) passage {
	body := b.body(v.Article)
	if len(v.Changes) == 0 {
		return fold([]run{{Text: pieces(body, v.Spans)}})
	}
	longest := b.body(u.Variants[u.Longest].Article)
	var runs []run
	end := v.Spans[0].Start // of what is shown of this article
	for _, c := range v.Changes {
		gap := " "
		if c.Here.Len() > 0 {
			gap = between(body, v.Spans, end, c.Here.Start)
			if len(runs) > 0 && !strings.Contains(gap, " ") && end == v.Spans[0].Start {
				gap = " " + gap // before the first word, after words dropped
			}
			end = c.Here.End
		}
		runs = append(runs, run{Text: gap})
		switch c.Operation {
		case utterance.Dropped:
			runs = append(runs, run{Text: shown(c.Longest.Of(longest)), Operation: c.Operation})
		case utterance.Changed:
			runs = append(runs,
				run{Text: shown(c.Longest.Of(longest)), Operation: c.Operation},
				run{Text: " "},
				run{Text: shown(c.Here.Of(body)), Operation: c.Operation, Instead: true})
		default:
			runs = append(runs, run{Text: shown(c.Here.Of(body)), Operation: c.Operation})
		}
	}
	return fold(append(runs, run{Text: shown(body[end:max(end, v.Spans[len(v.Spans)-1].End)])}))
}

// between is what stands between two words of a variant that are shown one
// after the other: the text itself, but for what stands outside the variant.
func between(body string, spans []text.Span, from, to int) string {
	if from >= to {
		return " "
	}
	for _, s := range spans {
		if s.Start <= from && to <= s.End {
			return shown(body[from:to])
		}
	}
	// From one piece to another: the marks at their ends, and a gap.
	var before, after string
	for _, s := range spans {
		if s.Start <= from && from <= s.End {
			before = shown(body[from:s.End])
		}
		if s.Start <= to && to <= s.End {
			after = shown(body[s.Start:to])
		}
	}
	return before + " … " + after
}

// changed says in words what became of the longest variant's words.
func changed(b *builder, u *utterance.Utterance, v utterance.Variant) string {
	longest := b.body(u.Variants[u.Longest].Article)
	n := map[utterance.Operation]int{}
	for _, c := range v.Changes {
		if c.Operation == utterance.Inserted {
			n[c.Operation] += lettered(c.Here.Of(b.body(v.Article)))
		} else {
			n[c.Operation] += lettered(c.Longest.Of(longest))
		}
	}
	var out []string
	for _, op := range []utterance.Operation{utterance.Dropped, utterance.Changed, utterance.Inserted} {
		switch {
		case n[op] == 0:
		case len(out) == 0:
			out = append(out, fmt.Sprintf("%s %s", count(n[op], "word", "words"), op))
		default:
			out = append(out, fmt.Sprintf("%d %s", n[op], op))
		}
	}
	return strings.Join(out, ", ")
}

// lettered counts the words that have a letter or a digit.
func lettered(s string) (n int) {
	for _, f := range strings.Fields(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
