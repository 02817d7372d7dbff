package page

import (
	"cmp"
	"fmt"
	"slices"

	"onrecord/comparison"
	"onrecord/format"
	"onrecord/speaker"
	"onrecord/text"
)

// hues is the number of colours that speakers have of their own.
const hues = 6

// builder turns a comparison into what the page shows of it.
type builder struct {
	*comparison.Comparison
	prefix     string             // of anchors, so that each story of the page has its own
	outlets    []string           // by article, each another
	ids        []string           // of the utterances, as every format has them: "u3"
	hues       map[string]int     // by speaker's key
	of         []map[int]int      // by article: the utterance of each statement
	site       *Site              // nil for a file
	wide       bool               // there are too many articles for a column each
	pageOf     []int              // of the matrix, from 0, by utterance
	characters []*text.Characters // by article
}

func newBuilder(c *comparison.Comparison, prefix string) *builder {
	b := &builder{Comparison: c, prefix: prefix, outlets: format.Outlets(c.Reports), ids: format.UtteranceIDs(c.Utterances), hues: map[string]int{}}
	for i, v := range c.Voices {
		if i < hues {
			b.hues[key(v.Speaker)] = i + 1
		}
	}
	b.of = make([]map[int]int, len(c.Reports))
	for i := range b.of {
		b.of[i] = map[int]int{}
	}
	for i, u := range c.Utterances {
		for _, v := range u.Variants {
			for _, s := range v.Statements {
				b.of[v.Article][s] = i
			}
		}
	}
	return b
}

// key is what a speaker has alone.
func key(s speaker.Speaker) string { return cmp.Or(s.ID, s.Name, s.Unnamed) }

// who is a speaker as the page shows one.
type who struct {
	Name, Role string
	Hue        int    // 0 for none of their own
	Href       string // "" where there is no page about them
}

func (b *builder) who(s speaker.Speaker) who {
	out := who{Name: format.SpeakerName(s), Role: format.SpeakerRole(s), Hue: b.hues[key(s)]}
	if b.site != nil && s.Name != "" {
		out.Href = b.site.Speaker(s.Name)
	}
	return out
}

// link is how an utterance is called and where its row is. The zero value is
// none.
type link struct {
	Name string // "u3"
	ID   string // the anchor: the name, but for the stories after the first
}

func (b *builder) link(u int) link { return link{b.ids[u], b.prefix + b.ids[u]} }

// column is the anchor of an article.
func (b *builder) column(a int) string { return fmt.Sprintf("%sa%d", b.prefix, a+1) }

// anchor is that of an utterance's n-th variant in an article, from 0: the
// utterance's own, a dot and more, which the script relies on.
func (b *builder) anchor(u, a, n int) string {
	out := fmt.Sprintf("%s.a%d", b.link(u).ID, a+1)
	if n > 0 {
		out += fmt.Sprintf(".%d", n+1)
	}
	return out
}

// body is an article's text.
func (b *builder) body(a int) string { return b.Reports[a].Article.Body }

// place is where a passage stands, with a link to its paragraph.
type place struct {
	Outlet    string
	Paragraph int    // from 1
	Href      string // "#a2-p4"
}

func (b *builder) place(a, offset int) place {
	n := format.ParagraphOf(b.Reports[a].Doc.Paragraphs, offset)
	if b.wide {
		return place{Outlet: b.outlets[a], Paragraph: n, Href: b.site.Article(b.Reports[a].Article, n)}
	}
	return place{Outlet: b.outlets[a], Paragraph: n, Href: fmt.Sprintf("#%s-p%d", b.column(a), n)}
}

// sentence is the sentence around a span.
func (b *builder) sentence(a int, s text.Span) text.Span {
	sentences := b.Reports[a].Doc.Sentences
	i, found := slices.BinarySearchFunc(sentences, s.Start, func(o text.Sentence, at int) int { return cmp.Compare(o.Start, at) })
	if !found {
		i--
	}
	if i < 0 || !sentences[i].Contains(s) {
		return s
	}
	return sentences[i].Span
}

// within shows a passage with some words of it made strong.
func (b *builder) within(a int, whole, strong text.Span) passage {
	body := b.body(a)
	if strong.Len() == 0 || !whole.Contains(strong) {
		return plain(whole.Of(body))
	}
	return fold([]run{
		{Text: shown(body[whole.Start:strong.Start])},
		{Text: shown(strong.Of(body)), Strong: true},
		{Text: shown(body[strong.End:whole.End])},
	})
}
