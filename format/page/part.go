package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"onrecord/article"
	"onrecord/comparison"
	"onrecord/utterance"
)

// Site says where the pages of a server are that a comparison leads to.
type Site struct {
	Article func(a article.Article, paragraph int) string  // paragraph is 0 for the beginning
	Said    func(a article.Article, start, end int) string // who else has a passage, by its characters
	Speaker func(name string) string                       // "" for no page
	Row     func(page int, id string) string               // a row of the matrix, whose pages are from 1; with "" the matrix
	More    []Link                                         // to what else the page has
}

// Link is a link of a page's navigation.
type Link struct{ Name, Href string }

// Part is a comparison as parts of a server's page, in the order in which the
// page has them. All of them want Style and Script.
type Part struct {
	Title   string
	Head    template.HTML
	Matrix  []template.HTML // by page
	Rest    template.HTML   // what comes between the matrix and the articles
	Columns []Column
	Wide    bool          // too many Columns to stand side by side
	Figures template.HTML // all of them, for a page of their own
	Dock    template.HTML // says which utterance is chosen
	Sayings []Saying
}

// Column is an article as a part of a server's page.
type Column struct {
	Article string // ID
	Outlet  string // each another
	Title   string
	Day     string // "17 August 2025", "" where unknown
	HTML    template.HTML
}

// PartVersion is that of what New makes of a comparison: a part that was kept
// is good as long as it is the same. Version 1 is the first.
const PartVersion = 1

// Sum names the templates and what goes with them.
func Sum() string { return hashOf(parts + style + script) }

// Bounds of what a server's page shows of a story at once.
const (
	maxColumns  = 8   // articles that each have a column of every table
	rowsAtOnce  = 100 // of the matrix
	fewNamed    = 12  // articles in the head
	fewTensions = 12
	fewFramings = 12
	fewFigures  = 15 // where there are many articles
	fewCues     = 12 // of a framing, where there are many articles
	fewEvents   = 30
	fewShares   = 12 // articles whose own voice is measured
)

// New makes the parts of a comparison.
func New(c *comparison.Comparison, site Site) (*Part, error) {
	t, err := template.New("parts").Parse(parts)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	b := newBuilder(c, "")
	b.site, b.wide, b.characters = &site, len(c.Reports) > maxColumns, characters(c)
	s := b.served()
	var failed error
	html := func(name string, data any) template.HTML {
		var out strings.Builder
		if err := t.ExecuteTemplate(&out, name, data); err != nil && failed == nil {
			failed = fmt.Errorf("page: %w", err)
		}
		return template.HTML(out.String())
	}
	p := &Part{Title: s.Headline, Head: html("head", s), Wide: b.wide}
	rows := s.Matrix
	b.pageOf = make([]int, len(c.Utterances))
	for n, r := range rows {
		b.pageOf[r.index] = n / rowsAtOnce
	}
	for n := 1; n == 1 || len(rows) > 0; n++ {
		s.Matrix, s.Before, s.After = rows[:min(len(rows), rowsAtOnce)], "", ""
		rows = rows[len(s.Matrix):]
		if n > 1 {
			s.Before = site.Row(n-1, "")
		}
		if len(rows) > 0 {
			s.After = site.Row(n+1, "")
		}
		p.Matrix = append(p.Matrix, html("matrix", s))
	}
	p.Rest = html("rest", s)
	p.Sayings = b.sayings(html)
	p.Dock = html("dock", nil)
	p.Figures = html("quantities", b.quantities())
	for i, column := range s.Columns {
		a := c.Reports[i].Article
		p.Columns = append(p.Columns, Column{
			Article: a.ID, Outlet: column.Outlet, Title: column.Title, Day: column.Published, HTML: html("column", column),
		})
	}
	return p, failed
}

// served is the story as a server's page shows it.
func (b *builder) served() story {
	s := b.story("story")
	s.More, s.Wide = b.site.More, b.wide
	s.Named, s.Unnamed = split(s.Columns, fewNamed)
	s.Chart = b.chart(s.Voices)
	s.Tensions, s.MoreTensions = split(s.Tensions, fewTensions)
	s.Framings, s.MoreFramings = split(s.Framings, fewFramings)
	s.Events, s.MoreEvents = split(s.Events, fewEvents)
	s.Own, s.MoreOwn = split(s.Own, fewShares)
	if b.wide {
		s.Figures, s.MoreFigures = split(s.Figures, fewFigures)
	}
	if b.wide {
		s.VoiceColumns = []string{"In all articles"}
		s.Elsewhere = b.elsewhere(s.Only)
	}
	return s
}

// split cuts a list in two, unless the second would be hardly worth a click.
func split[T any](all []T, some int) (first, rest []T) {
	if len(all) <= some*5/4 {
		return all, nil
	}
	return all[:some], all[some:]
}

// passage leads to a variant: the n-th of an utterance in its article.
func (b *builder) passage(u int, v utterance.Variant, n int) string {
	if b.wide {
		return b.place(v.Article, v.Spans[0].Start).Href
	}
	return "#" + b.anchor(u, v.Article, n)
}

// said leads to the page of a variant's utterance.
func (b *builder) said(v utterance.Variant) string {
	if b.site == nil {
		return ""
	}
	at := b.characters[v.Article].Span(wholeOf(v))
	return b.site.Said(b.Reports[v.Article].Article, at.Start, at.End)
}

// quantities are the figures of a page of their own.
type quantities struct {
	Wide  bool
	Slots []slot
}

func (b *builder) quantities() quantities {
	shared, lone := b.slots()
	out := quantities{Wide: b.wide, Slots: slices.Concat(shared, lone)}
	for i := range out.Slots {
		s := &out.Slots[i]
		if b.wide {
			continue
		}
		for a, c := range s.Cells {
			for _, v := range c.Values {
				v.Place.Href = b.site.Article(b.Reports[a].Article, v.Place.Paragraph)
				s.Values = append(s.Values, v)
			}
		}
	}
	return out
}

// chart shows who is given how many words.
type chart struct {
	Most   string // words that the longest bar stands for
	Groups []chartGroup
}

// chartGroup is a speaker.
type chartGroup struct {
	Who  who
	Bars []chartBar
}

// chartBar is what an article gives a speaker, or all articles do.
type chartBar struct {
	Name                string
	Quoted, Paraphrased float64 // lengths, in hundredths of the longest bar
	Words               string
}

// chart is nil where nobody is given a word.
func (b *builder) chart(voices []voice) *chart {
	most := 0
	for _, v := range voices {
		for _, c := range v.Cells {
			most = max(most, c.Quoted+c.Paraphrased)
		}
	}
	if most == 0 {
		return nil
	}
	out := &chart{Most: count(most, "word", "words")}
	for _, v := range voices {
		g := chartGroup{Who: v.Who}
		for _, c := range v.Cells {
			bar := chartBar{Name: c.Outlet, Words: "left out"}
			if c.Order != "" {
				bar.Words = fmt.Sprintf("%d + %d", c.Quoted, c.Paraphrased)
				bar.Quoted, bar.Paraphrased = 100*float64(c.Quoted)/float64(most), 100*float64(c.Paraphrased)/float64(most)
			}
			if b.wide {
				bar.Name = c.Order
			}
			g.Bars = append(g.Bars, bar)
		}
		out.Groups = append(out.Groups, g)
	}
	return out
}
