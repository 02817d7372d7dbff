package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/format"
	"onrecord/text"
	"onrecord/utterance"
)

// column is an article with its passages highlighted.
type column struct {
	ID         string
	Outlet     string
	Title      string
	Byline     string
	Published  string
	SameAs     string // the outlet whose article before it prints the same text, "" for none
	Address    string // "" where there is none to be trusted
	Page       string // where more is said of the article, "" for nowhere
	Href       string // to the column or, where it may not be shown, the page
	Paragraphs []paragraph
}

// paragraph is one of an article's.
type paragraph struct {
	ID      string
	Number  int
	Passage passage
}

func (b *builder) columns() []column {
	out := make([]column, len(b.Reports))
	same := format.SameText(b.Reports)
	for i, r := range b.Reports {
		a := r.Article
		out[i] = column{
			ID: b.column(i), Outlet: b.outlets[i], Title: shown(a.Title), Byline: byline(a),
			Published: published(a), Address: address(a.URL), Href: "#" + b.column(i), Paragraphs: b.paragraphs(i),
		}
		if b.site != nil {
			out[i].Page = b.site.Article(a, 0)
		}
		if b.wide {
			out[i].Href = out[i].Page
		}
		if same[i] >= 0 {
			out[i].SameAs = b.outlets[same[i]]
		}
	}
	return out
}

// highlight is a piece of a variant in an article's text.
type highlight struct {
	text.Span
	utterance int
	class     string
	anchor    string // "" but for the first piece
	last      bool   // no piece of the variant follows
}

// highlights are the pieces of all variants in an article, in order.
func (b *builder) highlights(a int) (out []highlight) {
	for i := range b.Utterances {
		u := &b.Utterances[i]
		nth, shared := 0, len(carriers(u)) > 1
		for _, v := range u.Variants {
			if v.Article != a {
				continue
			}
			for k, s := range v.Spans {
				h := highlight{Span: s, utterance: i, class: b.class(u, v, shared), last: k == len(v.Spans)-1}
				if k == 0 {
					h.anchor = b.anchor(i, a, nth)
				}
				out = append(out, h)
			}
			nth++
		}
	}
	slices.SortStableFunc(out, func(x, y highlight) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	return out
}

// class says how a highlight is painted: by speaker, by rendering, and fainter
// where no other outlet has the words.
func (b *builder) class(u *utterance.Utterance, v utterance.Variant, shared bool) string {
	out := fmt.Sprintf("h%d %s", b.hues[key(u.Speaker)], v.Rendering)
	if !shared {
		out += " lone"
	}
	return out
}

// paragraphs cuts an article's paragraphs where highlights begin and end.
// Passages may lie inside each other or overlap: a run belongs to all that
// cover it and is painted as the shortest of them.
func (b *builder) paragraphs(a int) []paragraph {
	var out []paragraph
	all, open := b.highlights(a), []highlight(nil)
	for n, p := range b.Reports[a].Doc.Paragraphs {
		for len(all) > 0 && all[0].Start < p.End {
			open, all = append(open, all[0]), all[1:]
		}
		cuts := []int{p.Start, p.End}
		for _, h := range open {
			cuts = append(cuts, min(max(h.Start, p.Start), p.End), min(max(h.End, p.Start), p.End))
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		var runs []run
		for k := range len(cuts) - 1 {
			runs = append(runs, b.run(a, text.Span{Start: cuts[k], End: cuts[k+1]}, open))
		}
		open = slices.DeleteFunc(open, func(h highlight) bool { return h.End <= p.End })
		out = append(out, paragraph{ID: fmt.Sprintf("%s-p%d", b.column(a), n+1), Number: n + 1, Passage: fold(runs)})
	}
	return out
}

// run is the part of a paragraph at s with the highlights that cover it.
func (b *builder) run(a int, s text.Span, open []highlight) run {
	r := run{Text: shown(s.Of(b.body(a)))}
	var over []highlight
	for _, h := range open {
		if h.Contains(s) {
			over = append(over, h)
		}
	}
	slices.SortStableFunc(over, func(x, y highlight) int { return cmp.Compare(x.Len(), y.Len()) })
	var ids []string
	for i, h := range over {
		if i == 0 {
			r.Mark = h.class
		}
		if h.anchor != "" && h.Start == s.Start {
			r.Anchors = append(r.Anchors, h.anchor)
		}
		if h.last && h.End == s.End {
			r.Refs = append(r.Refs, b.ref(h))
		}
		ids = append(ids, b.link(h.utterance).ID)
	}
	r.IDs = strings.Join(slices.Compact(ids), " ")
	return r
}

func (b *builder) ref(h highlight) ref {
	return ref{b.link(h.utterance), b.who(b.Utterances[h.utterance].Speaker).Name}
}
