package server

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"onrecord/attribution"
	"onrecord/query"
	"onrecord/store"
	"onrecord/text"
)

// search is the page of what a query finds.
type search struct {
	Query    string
	Articles bool // whole articles, not statements
	Views    []choice
	Orders   []choice
	Facets   []facet
	Counted  string // how much was found, in words
	Hits     []hit
	Next     string // address of what comes after, "" for nothing
	Later    bool   // this is not the first page
	First    string // address of the first
}

func (p *search) about() about {
	if p.Query == "" {
		return about{name: "search", title: "Search"}
	}
	return about{name: "search", title: p.Query + " – search", feeds: feedsOf("/search", "?"+url.Values{"q": {p.Query}}.Encode())}
}

// choice is one of several ways to look at a page.
type choice struct {
	link
	Chosen bool
}

// facet is something by which what is found can be narrowed.
type facet struct {
	Name   string
	Values []facetValue
}

type facetValue struct {
	link
	Count  string
	Chosen bool // the link takes the filter away
}

// hit is an article, or a statement, that was found.
type hit struct {
	Who     voice // of a statement
	Text    []run
	Said    string   // address of all that outlets make of a statement
	Details []string // "direct", "denied", "17 August 2025"
	report
}

// hitsAtOnce is how many hits a page has.
const hitsAtOnce = 20

// maxSkipped is how many hits can be passed over by relevance: no more of them
// are ranked.
const maxSkipped = 2000

// lookup is what a search is asked for.
type lookup struct {
	text, in, sort string
	query          query.Query
	before         int64 // cursor by date
	skip           int   // cursor by relevance
}

// with is the address of the search with another query.
func (l lookup) with(root query.Node) string {
	return addressOfSearch(query.Query{Root: root}.String(), l.in, l.sort)
}

func newLookup(v url.Values) (l lookup, err error) {
	l = lookup{text: v.Get("q")}
	if v.Get("in") == "articles" {
		l.in = "articles"
	}
	if v.Get("sort") == "date" {
		l.sort = "date"
	}
	if l.query, err = query.Parse(l.text); err != nil {
		return l, err
	}
	if l.before, err = strconv.ParseInt(cmp.Or(v.Get("before"), "0"), 10, 64); err != nil || l.before < 0 {
		return l, errNoPage
	}
	if l.skip, err = strconv.Atoi(cmp.Or(v.Get("skip"), "0")); err != nil || l.skip < 0 || l.skip > maxSkipped {
		return l, errNoPage
	}
	return l, nil
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	l, err := newLookup(r.URL.Query())
	if err != nil {
		return err
	}
	articles := l.in == "articles"
	hits, err := s.Store.Search(r.Context(), l.query, store.SearchOptions{
		Articles: articles, ByDate: l.sort == "date", Limit: hitsAtOnce + 1, Before: l.before, Skip: l.skip,
	})
	if err != nil {
		return err
	}
	facets, err := s.Store.Facets(r.Context(), l.query, articles)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, newSearch(l, hits, facets))
}

func newSearch(l lookup, hits []store.Hit, found store.Facets) *search {
	p := &search{
		Query: l.text, Articles: l.in == "articles", Later: l.before > 0 || l.skip > 0, First: addressOfSearch(l.text, l.in, l.sort),
		Views: []choice{
			{link{"Statements", addressOfSearch(l.text, "", l.sort)}, l.in == ""}, {link{"Articles", addressOfSearch(l.text, "articles", l.sort)}, l.in != ""},
		},
	}
	byDate := l.sort == "date" || !hasWords(l.query.Root)
	if hasWords(l.query.Root) {
		p.Orders = []choice{
			{link{"Most relevant", addressOfSearch(l.text, l.in, "")}, !byDate}, {link{"Newest", addressOfSearch(l.text, l.in, "date")}, byDate},
		}
	}
	if len(hits) > hitsAtOnce {
		hits = hits[:hitsAtOnce]
		if byDate {
			p.Next = p.First + "&before=" + strconv.FormatInt(rowOf(hits[hitsAtOnce-1]), 10)
		} else if next := l.skip + hitsAtOnce; next <= maxSkipped {
			p.Next = p.First + "&skip=" + strconv.Itoa(next)
		}
	}
	for _, h := range hits {
		p.Hits = append(p.Hits, newHit(h))
	}
	one, many := "statement", "statements"
	if p.Articles {
		one, many = "article", "articles"
	}
	p.Counted = counted(found.Matches, one, many)
	if !found.All {
		p.Counted = "More than " + p.Counted
	}
	p.Facets = slices.DeleteFunc([]facet{
		l.facet("Speaker", query.Speaker, found.Speakers), l.facet("Outlet", query.Outlet, found.Outlets),
		l.facet("Kind", query.Kind, found.Kinds), l.years(found.Years),
	}, func(f facet) bool { return len(f.Values) == 0 })
	return p
}

// hasWords reports whether a query looks for words, so that what it finds can
// be ranked by relevance.
func hasWords(n query.Node) bool {
	switch n := n.(type) {
	case query.Words:
		return true
	case query.And:
		return slices.ContainsFunc(n, hasWords)
	case query.Or:
		return slices.ContainsFunc(n, hasWords)
	}
	return false
}

// rowOf is what a page by date goes on after.
func rowOf(h store.Hit) int64 {
	if h.Statement != nil {
		return h.Statement.Row
	}
	return h.Article.Row
}

// facet offers filters. One that the query has is taken away by its link.
func (l lookup) facet(name string, field query.Field, values []store.Facet) facet {
	out := facet{Name: name}
	for _, v := range values {
		if plain := plainValue(v.Value); plain != "" {
			out.Values = append(out.Values, l.value(v.Value, v.Count, query.Filter{Field: field, Value: plain}))
		}
	}
	return out
}

func (l lookup) years(values []store.Facet) facet {
	out := facet{Name: "Year"}
	for _, v := range values {
		out.Values = append(out.Values, l.value(v.Value, v.Count, query.Filter{Field: query.From, Value: v.Value}, query.Filter{Field: query.To, Value: v.Value}))
	}
	return out
}

// value is a link that adds filters to the query, or takes them away.
func (l lookup) value(name string, count int, filters ...query.Node) facetValue {
	nodes := conjuncts(l.query.Root)
	has := !slices.ContainsFunc(filters, func(f query.Node) bool { return !slices.Contains(written(nodes), f.String()) })
	if has {
		nodes = slices.DeleteFunc(nodes, func(n query.Node) bool {
			return slices.ContainsFunc(filters, func(f query.Node) bool { return f.String() == n.String() })
		})
	} else {
		nodes = append(nodes, filters...)
	}
	return facetValue{link: link{name, l.with(together(nodes))}, Count: grouped(count), Chosen: has}
}

// conjuncts are what all has to hold, as a list of the caller's own.
func conjuncts(n query.Node) query.And {
	switch n := n.(type) {
	case nil:
		return nil
	case query.And:
		return slices.Clone(n)
	}
	return query.And{n}
}

// together is a node that holds what all of some do.
func together(nodes query.And) query.Node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return nodes
}

func written(nodes query.And) (out []string) {
	for _, n := range nodes {
		out = append(out, n.String())
	}
	return out
}

func newHit(h store.Hit) hit {
	if h.Statement == nil {
		doc := text.Split(h.Article.Body)
		out := hit{report: newReport(h.Article.Article, "")}
		if len(doc.Sentences) > 0 {
			piece := passageOf(doc, h.Found)
			out.Text = highlighted(doc.Body, []text.Span{piece}, h.Found)
			out.Title.Href += fragment(piece.Of(doc.Body))
		}
		return out
	}
	said := h.Statement.Statement
	out := hit{
		Who: newVoice(said.Speaker, h.Speaker.Row), Text: highlighted(h.Article.Body, said.Content, h.Found),
		Details: []string{string(said.Kind)}, report: newReport(h.Article.Article, "#"+anchor(h.N)),
	}
	out.Said = addressOfStatement(h.Article.ID, text.NewCharacters(h.Article.Body), said.Content)
	if said.Polarity != attribution.Asserted && said.Polarity != "" {
		out.Details = append(out.Details, string(said.Polarity))
	}
	return out
}

// passageOf is the sentence that has the most of what was found, or the first.
func passageOf(doc *text.Text, found []text.Span) text.Span {
	best, most := doc.Sentences[0].Span, 0
	for _, s := range doc.Sentences {
		n := 0
		for _, f := range found {
			if s.Contains(f) {
				n++
			}
		}
		if n > most {
			best, most = s.Span, n
		}
	}
	return best
}
