package comparison

import (
	"cmp"
	"slices"

	"onrecord/text"
)

// tensions finds the pairs of passages that pull against each other, by the
// order of the text. What an outlet flags is not said again for other reasons.
func tensions(c *Comparison, articles []*credited) []Tension {
	f := newTensionFinder(c, articles)
	out := slices.Concat(f.flagged(), f.denied(), f.rebutted(), f.opposed())
	return ordered(f.unique(append(out, f.figures(out)...)))
}

// ordered sorts tensions by the text.
func ordered(list []Tension) []Tension {
	slices.SortStableFunc(list, func(a, b Tension) int {
		return cmp.Or(a.Between[0].compare(b.Between[0]), a.Between[1].compare(b.Between[1]))
	})
	return list
}

// compare orders sides by the text.
func (s Side) compare(o Side) int {
	return cmp.Or(s.Article-o.Article, s.Span.Start-o.Span.Start)
}

type tensionFinder struct {
	*Comparison
	scenes     []*scene
	utterances map[Ref][]int  // those of a statement, ascending
	count      map[string]int // sentences with a word
	sentences  int
	occasions  []Occasion // of the speaker who; nil where reports of one story are compared
	who        string
}

func newTensionFinder(c *Comparison, articles []*credited) *tensionFinder {
	f := &tensionFinder{Comparison: c, utterances: map[Ref][]int{}, count: map[string]int{}}
	for u, x := range c.Utterances {
		for _, v := range x.Variants {
			for _, n := range v.Statements {
				ref := Ref{v.Article, n}
				f.utterances[ref] = append(f.utterances[ref], u)
			}
		}
	}
	for _, r := range articles {
		s := newScene(r)
		f.scenes = append(f.scenes, s)
		for _, x := range s.Doc.Sentences {
			f.sentences++
			seen := map[string]bool{}
			for t := x.Tokens.First; t < x.Tokens.End; t++ {
				if w := s.words[t]; w != "" && !seen[w] {
					seen[w] = true
					f.count[w]++
				}
			}
		}
	}
	return f
}

// speaker is the ID of who says a clause, "" for the outlet itself.
func (f *tensionFinder) speaker(c clause) string {
	if c.statement < 0 {
		return ""
	}
	return f.Reports[c.article].Statements[c.statement].Speaker.ID
}

// same reports whether two clauses are of statements that share an utterance.
func (f *tensionFinder) same(a, b clause) bool {
	of := f.utterances[Ref{b.article, b.statement}]
	return slices.ContainsFunc(f.utterances[Ref{a.article, a.statement}], func(u int) bool { return slices.Contains(of, u) })
}

// side is the piece of a statement's content that holds token, or the first.
func (f *tensionFinder) side(article, statement, token int) Side {
	s := f.scenes[article]
	if statement < 0 {
		return Side{Article: article, Statement: -1, Span: s.clauseSpan(token)}
	}
	content := s.Statements[statement].Content
	span := content[0]
	for _, c := range content {
		if token >= 0 && c.Contains(s.Doc.Tokens[token].Span) {
			span = c
		}
	}
	return Side{Article: article, Statement: statement, Span: unquoted(s.Doc.Text, span)}
}

// clauseSpan is the stretch of words that hang on token i, without a
// conjunction before and a full stop behind it.
func (s *scene) clauseSpan(i int) text.Span {
	first, last := i, i
	var visit func(int)
	visit = func(i int) {
		first, last = min(first, i), max(last, i)
		for _, c := range s.Doc.Children(i) {
			visit(c)
		}
	}
	visit(i)
	for first < i && (s.Doc.Tokens[first].Label == "cc" || s.Doc.Tokens[first].Label == "punct") {
		first++
	}
	for last > i && s.Doc.Tokens[last].Label == "punct" {
		last--
	}
	return text.Span{Start: s.Doc.Tokens[first].Start, End: s.Doc.Tokens[last].End}
}

// unquoted is a span without the quotation marks around all of it.
func unquoted(t *text.Text, span text.Span) text.Span {
	for _, q := range t.Quotations {
		if q.Span == span {
			return q.Inside
		}
	}
	return span
}

func (f *tensionFinder) tension(why Reason, a, b Side) Tension {
	if a.compare(b) > 0 {
		a, b = b, a
	}
	return Tension{Between: [2]Side{a, b}, Reason: why, FlaggedBy: -1}
}

// unique keeps the first tension of each pair of utterances and of each flag,
// and none whose sides are one passage.
func (f *tensionFinder) unique(list []Tension) []Tension {
	type pair [2]Ref
	seen := map[pair]bool{}
	var out []Tension
	for _, t := range list {
		a, b := t.Between[0], t.Between[1]
		flagged := func(o Tension) bool { return o.FlaggedBy == t.FlaggedBy && o.Flag.Overlaps(t.Flag) }
		if a.Article == b.Article && a.Span.Overlaps(b.Span) || slices.ContainsFunc(out, flagged) {
			continue
		}
		p := pair{f.identity(a), f.identity(b)}
		if p[0].Article > p[1].Article || p[0].Article == p[1].Article && p[0].Statement > p[1].Statement {
			p[0], p[1] = p[1], p[0]
		}
		if !seen[p] {
			seen[p] = true
			out = append(out, t)
		}
	}
	return out
}

// identity is the first utterance of a side, as {-1, u}; the place of what the
// outlet says itself.
func (f *tensionFinder) identity(s Side) Ref {
	if s.Statement < 0 {
		return Ref{s.Article, -s.Span.Start - 1}
	}
	ref := Ref{s.Article, s.Statement}
	if of := f.utterances[ref]; len(of) > 0 {
		return Ref{-1, of[0]}
	}
	return ref
}
