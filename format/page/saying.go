package page

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"onrecord/comparison"
	"onrecord/text"
	"onrecord/utterance"
)

// Saying is an utterance as a part of a page of its own.
type Saying struct {
	Title    string // who says what, in short
	Passages []Passage
	HTML     template.HTML
}

// Passage is where an article has a variant of an utterance.
type Passage struct {
	Article    string // ID
	Start, End int    // characters of the body
}

// saying is what the page of an utterance shows.
type saying struct {
	Link     link // in the story
	Href     string
	Who      who
	Words    passage // the longest wording
	Quoted   bool
	Occasion string
	Outlets  string // "5 outlets"
	First    *printed
	Variants []variant
	Cues     []cued
	Credits  []credited
}

// printed are the articles that had an utterance first.
type printed struct {
	Day         string
	First, Rest []mention
}

// cued are the articles that credit an utterance with a cue.
type cued struct {
	Cue         string
	Count       int
	First, Rest []mention
}

// credited are the articles that credit an utterance to a speaker.
type credited struct {
	Who         who
	Count       int
	First, Rest []mention
}

// sayings are all utterances, each as a page of its own shows it: places lead
// to the articles' pages, as they do in a story of many articles.
func (b *builder) sayings(html func(name string, data any) template.HTML) []Saying {
	alone := *b
	alone.wide = true
	out := make([]Saying, len(b.Utterances))
	for i := range b.Utterances {
		s := alone.saying(i)
		out[i] = Saying{Title: s.Who.Name + ": " + shortened(alone.longest(i)), HTML: html("saying", s)}
		for _, v := range b.Utterances[i].Variants {
			at := b.characters[v.Article].Span(wholeOf(v))
			out[i].Passages = append(out[i].Passages, Passage{b.Reports[v.Article].Article.ID, at.Start, at.End})
		}
	}
	return out
}

// wholeOf is a variant from its first piece to its last.
func wholeOf(v utterance.Variant) text.Span {
	return text.Span{Start: v.Spans[0].Start, End: v.Spans[len(v.Spans)-1].End}
}

// longest is the longest wording of an utterance.
func (b *builder) longest(i int) string {
	u := &b.Utterances[i]
	v := u.Variants[u.Longest]
	return pieces(b.body(v.Article), v.Spans)
}

func (b *builder) saying(i int) saying {
	u := &b.Utterances[i]
	r := b.row(i)
	out := saying{
		Link: r.Link, Href: b.site.Row(b.pageOf[i]+1, r.Link.ID), Who: r.Who, Quoted: r.Quoted, Occasion: r.Occasion, Words: plain(b.longest(i)), Variants: r.Variants,
		Outlets: count(len(carriers(u)), "article", "articles"),
	}
	var first time.Time
	for n, v := range u.Variants {
		full := b.variant(i, n).Mention
		report := b.Reports[v.Article]
		switch at := report.Article.Published; {
		case at.IsZero():
		case out.First == nil || at.Before(first):
			out.First, first = &printed{Day: published(report.Article), First: []mention{full}}, at
		case at.Equal(first):
			out.First.First = appendMention(out.First.First, full)
		}
		out.Cues = addCue(out.Cues, full)
		for _, s := range v.Statements {
			out.Credits = addCredit(out.Credits, b.who(report.Statements[s].Speaker), full)
		}
	}
	if out.First != nil {
		out.First.First, out.First.Rest = split(out.First.First, fewCarriers)
	}
	for k := range out.Cues {
		c := &out.Cues[k]
		c.Count = len(c.First)
		c.First, c.Rest = split(c.First, fewCarriers)
	}
	for k := range out.Credits {
		c := &out.Credits[k]
		c.Count = len(c.First)
		c.First, c.Rest = split(c.First, fewCarriers)
	}
	slices.SortStableFunc(out.Cues, func(x, y cued) int { return y.Count - x.Count })
	slices.SortStableFunc(out.Credits, func(x, y credited) int { return y.Count - x.Count })
	return out
}

func addCue(all []cued, m mention) []cued {
	if m.Cue == "" {
		return all
	}
	at := slices.IndexFunc(all, func(c cued) bool { return strings.EqualFold(c.Cue, m.Cue) })
	if at < 0 {
		return append(all, cued{Cue: m.Cue, First: []mention{m}})
	}
	all[at].First = appendMention(all[at].First, m)
	return all
}

func addCredit(all []credited, w who, m mention) []credited {
	at := slices.IndexFunc(all, func(c credited) bool { return c.Who.Name == w.Name })
	if at < 0 {
		return append(all, credited{Who: w, First: []mention{m}})
	}
	all[at].First = appendMention(all[at].First, m)
	return all
}

// appendMention adds an article once.
func appendMention(all []mention, m mention) []mention {
	if slices.ContainsFunc(all, func(o mention) bool { return o.Outlet == m.Outlet }) {
		return all
	}
	return append(all, m)
}

// characters index the bodies of a comparison.
func characters(c *comparison.Comparison) []*text.Characters {
	out := make([]*text.Characters, len(c.Reports))
	for i, r := range c.Reports {
		out[i] = text.NewCharacters(r.Article.Body)
	}
	return out
}
