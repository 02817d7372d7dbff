package profile

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"onrecord/comparison"
	"onrecord/figure"
	"onrecord/speaker"
	"onrecord/text"
)

// self is the ID of the speaker in what is compared, whatever articles give.
const self = "speaker"

// tensions finds where the speaker says otherwise than before: of the pairs of
// sentences that may be ones, by the rules of a story's tensions.
func (f *finder) tensions(ctx context.Context, said []Said) ([]Tension, error) {
	c := newCorpus(said)
	rivals := c.rivals(said)
	all, err := f.excerpts(ctx, c, rivals, said)
	if err != nil {
		return nil, err
	}
	at, pairs := map[int]int{}, map[[2]int]bool{} // of sentences, of occasions
	var occasions []comparison.Occasion
	for i, e := range all {
		at[e.sentence] = i
		occasions = append(occasions, e.occasion)
	}
	for _, r := range rivals {
		a, b := at[r.a], at[r.b]
		pairs[[2]int{min(a, b), max(a, b)}] = true
	}
	var out []Tension
	for _, t := range comparison.Changes(occasions, self) {
		a, b := t.Between[0], t.Between[1]
		if pairs[[2]int{a.Article, b.Article}] {
			out = append(out, Tension{Reason: t.Reason, Between: [2]Passage{all[a.Article].passage(a), all[b.Article].passage(b)}})
		}
	}
	return newestFirst(out), nil
}

// excerpts cuts the sentences of rivals out of their articles and reads them.
func (f *finder) excerpts(ctx context.Context, c *corpus, all []rivals, said []Said) ([]excerpt, error) {
	var out []excerpt
	known := map[int]bool{}
	for _, r := range all {
		for _, n := range []int{r.a, r.b} {
			if known[n] {
				continue
			}
			known[n] = true
			s := said[c.sentences[n].said]
			reading, err := f.reading(ctx, s.Article)
			if err != nil {
				return nil, err
			}
			out = append(out, excerpt{sentence: n, reading: reading, statement: int(s.Row - reading.First)})
		}
	}
	var done sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		done.Go(func() {
			for i := first; i < len(out); i += workers {
				f.read(&out[i], c)
			}
		})
	}
	done.Wait()
	return out, nil
}

// newestFirst sorts tensions, and the passages of each.
func newestFirst(all []Tension) []Tension {
	order := func(a, b Passage) int {
		return cmp.Or(b.Article.Published.Compare(a.Article.Published), cmp.Compare(a.Article.ID, b.Article.ID), a.Span.Start-b.Span.Start)
	}
	for i := range all {
		slices.SortFunc(all[i].Between[:], order)
	}
	slices.SortStableFunc(all, func(a, b Tension) int {
		return cmp.Or(order(a.Between[0], b.Between[0]), order(a.Between[1], b.Between[1]))
	})
	return all
}

// excerpt is the part of an article that is read anew.
type excerpt struct {
	sentence   int // of the corpus
	reading    Reading
	statement  int // of the reading, which the sentence is part of
	occasion   comparison.Occasion
	start      int   // byte of the body
	statements []int // of the occasion's statements, their places in the article
}

// maxGap is how many sentences may stand between the words of a statement and
// the words that credit it for both to be read.
const maxGap = 2

// read reads the sentence of a statement, with the words that credit it where
// they are near.
func (f *finder) read(e *excerpt, c *corpus) {
	a := *e.reading.Article
	doc := text.Split(a.Body)
	said := e.reading.Statements[e.statement]
	n := c.find(doc, said.Content, c.sentences[e.sentence])
	first, last := n, n
	for _, cue := range said.Cue {
		if at := sentenceAt(doc, cue.Start); at >= n-maxGap && at <= n+maxGap {
			first, last = min(first, at), max(last, at)
		}
	}
	part := text.Span{Start: doc.Sentences[first].Start, End: doc.Sentences[last].End}
	a.Body, e.start = part.Of(a.Body), part.Start
	report := comparison.Report{Article: a, Doc: f.parser.Parse(text.Split(a.Body))}
	for i, s := range e.reading.Statements {
		if s, ok := clip(s, part, doc, report.Doc.Text); ok {
			if e.reading.Own[i] {
				s.Speaker.ID = self
			} else if s.Speaker.ID != "" {
				s.Speaker.ID = "other " + s.Speaker.ID
			}
			report.Statements, e.statements = append(report.Statements, s), append(e.statements, i)
		}
	}
	report.Figures = figure.Find(report.Doc, report.Statements, a.Published)
	e.occasion = comparison.Occasion{Report: report, Story: e.reading.Story}
}

// passage is a side of a tension in the excerpt.
func (e *excerpt) passage(s comparison.Side) Passage {
	span := text.Span{Start: s.Span.Start + e.start, End: s.Span.End + e.start}
	return Passage{Statement: e.reading.statement(e.statements[s.Statement]), Story: e.reading.Story, Span: span}
}

// find is the sentence of a text, among those that hold some content, which
// has the most of the words of a sentence.
func (c *corpus) find(doc *text.Text, content []text.Span, x sentence) (best int) {
	most := -1
	for i, s := range doc.Sentences {
		for _, piece := range content {
			if !s.Overlaps(piece) {
				continue
			}
			inside := text.Span{Start: max(s.Start, piece.Start), End: min(s.End, piece.End)}
			if n := c.common(inside.Of(doc.Body), x); n > most {
				best, most = i, n
			}
		}
	}
	return best
}

func sentenceAt(doc *text.Text, at int) int {
	n, _ := slices.BinarySearchFunc(doc.Sentences, at+1, func(s text.Sentence, at int) int { return s.End - at })
	return n
}

// clip is a statement as a part of the body has it; ok is false if no content
// is there.
func clip(s speaker.Statement, part text.Span, whole, here *text.Text) (_ speaker.Statement, ok bool) {
	cut := func(spans []text.Span) (out []text.Span) {
		for _, x := range spans {
			if x.Overlaps(part) {
				out = append(out, text.Span{Start: max(x.Start, part.Start) - part.Start, End: min(x.End, part.End) - part.Start})
			}
		}
		return out
	}
	token := func(i int) int {
		if i < 0 || i >= len(whole.Tokens) || !part.Contains(whole.Tokens[i]) {
			return -1
		}
		at := whole.Tokens[i].Start - part.Start
		return slices.IndexFunc(here.Tokens, func(t text.Span) bool { return t.Start <= at && at < t.End })
	}
	s.Source, s.Cue, s.Content = cut(s.Source), cut(s.Cue), cut(s.Content)
	s.Addressee, s.Venue, s.Via, s.When = nil, nil, nil, nil
	s.SourceHead, s.CueHead = token(s.SourceHead), token(s.CueHead)
	return s, len(s.Content) > 0
}
