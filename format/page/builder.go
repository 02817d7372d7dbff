package page

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

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
	prefix  string         // of anchors, so that each story of the page has its own
	outlets []string       // by article, each another
	ids     []string       // of the utterances, as every format has them: "u3"
	hues    map[string]int // by speaker's key
	of      []map[int]int  // by article: the utterance of each statement
}

func newBuilder(c *comparison.Comparison, prefix string) *builder {
	b := &builder{Comparison: c, prefix: prefix, outlets: outletsOf(c.Reports), ids: format.UtteranceIDs(c.Utterances), hues: map[string]int{}}
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

// outletsOf names the articles by their outlets, with a number where one has
// several.
func outletsOf(reports []comparison.Report) []string {
	out := make([]string, len(reports))
	seen := map[string]int{}
	for i, r := range reports {
		a := r.Article
		out[i] = shown(cmp.Or(strings.TrimSpace(a.Outlet), fileName(a.Origin), a.ID, "Unnamed outlet"))
		seen[out[i]]++
	}
	nth := map[string]int{}
	for i, name := range out {
		if seen[name] > 1 {
			nth[name]++
			out[i] = fmt.Sprintf("%s (%d)", name, nth[name])
		}
	}
	return out
}

// fileName is the name of the file that an article was read from, which says
// nothing of where the file lies.
func fileName(origin string) string {
	name := path.Base(filepath.ToSlash(origin))
	if origin == "" || origin == "-" {
		return ""
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

// key is what a speaker has alone.
func key(s speaker.Speaker) string { return cmp.Or(s.ID, s.Name, s.Unnamed) }

// who is a speaker as the page shows one.
type who struct {
	Name, Role string
	Hue        int // 0 for none of their own
}

func (b *builder) who(s speaker.Speaker) who {
	w := who{Name: shown(s.Name), Role: shown(s.Role), Hue: b.hues[key(s)]}
	switch {
	case w.Name != "":
	case s.Unnamed != "":
		w.Name, w.Role = capital(shown(s.Unnamed)), cmp.Or(w.Role, "unnamed")
	default:
		w.Name = "Nobody credited"
	}
	return w
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
	paragraphs := b.Reports[a].Doc.Paragraphs
	n, found := slices.BinarySearchFunc(paragraphs, offset, func(p text.Paragraph, at int) int { return cmp.Compare(p.Start, at) })
	if found {
		n++
	}
	n = max(n, 1)
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

// credit is how an article names who said something, in the order of the text.
func (b *builder) credit(a, statement int) string {
	s := b.Reports[a].Statements[statement]
	source, cue := pieces(b.body(a), s.Source), pieces(b.body(a), s.Cue)
	if len(s.Source) > 0 && len(s.Cue) > 0 && s.Cue[0].Start < s.Source[0].Start {
		source, cue = cue, source
	}
	return strings.TrimSpace(source + " " + cue)
}
