package comparison

import (
	"slices"
	"time"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/figure"
	"onrecord/lexicon"
)

// Occasion is a report, or a part of one, of what somebody said at one time.
type Occasion struct {
	Report
	Story int64 // what is said in one story is of one time, unless its dates are a month apart
}

// Changes finds where a speaker, who has the ID given in all the reports, says
// otherwise on one occasion than on another. The rules are those of Compare.
// But no story vouches here that "the bill" is one bill, so two clauses must
// have more in common. A Side's Article is an index into occasions; the sides
// are in their order.
func Changes(occasions []Occasion, speaker string) []Tension {
	c := &Comparison{}
	for _, o := range occasions {
		c.Reports = append(c.Reports, o.Report)
	}
	c.Figures = figure.Join(c.figureArticles())
	f := newTensionFinder(c, creditWords(c.Reports))
	f.occasions, f.who = occasions, speaker
	out := f.opposed()
	return ordered(f.unique(append(out, f.changedFigures()...)))
}

// concerns reports whether a clause is one of those looked at: all of them in
// the comparison of a story.
func (f *tensionFinder) concerns(c clause) bool {
	return f.occasions == nil || f.says(c.article, c.statement)
}

// ofTwoStories reports whether two articles are known to be of two stories.
func (f *tensionFinder) ofTwoStories(a, b int) bool {
	return f.occasions != nil && f.occasions[a].Story != f.occasions[b].Story
}

// ofTwoTimes reports whether two statements are of two stories, or were made
// more than a month from each other.
func (f *tensionFinder) ofTwoTimes(a, b Ref) bool {
	when := func(r Ref) time.Time {
		return SaidOn(f.Reports[r.Article].Statements[r.Statement].Date, f.Reports[r.Article].Article.Published)
	}
	return f.ofTwoStories(a.Article, b.Article) || Apart(when(a), when(b))
}

// month is how long it takes for a statement to be one of another time, and
// for what goes on to be counted anew.
const month = 31 * 24 * time.Hour

// Apart reports whether two days, neither of them unknown, are more than a month
// from each other.
func Apart(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.Sub(b).Abs() > month }

// SaidOn is when something was said: the date that its article gives, of a month
// or a year the first day, else the date of publication.
func SaidOn(date string, published time.Time) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, date); err == nil {
			return t
		}
	}
	return published
}

// sameMatter reports whether two clauses of different stories are about one
// thing: both say of whom and of what, and what they share is a name, is
// described alike, or stands among other words in common.
func (f *tensionFinder) sameMatter(a, b clause) bool {
	if isLight(a.predicate.Word) || (len(a.objects) == 0) != (len(b.objects) == 0) {
		return false
	}
	if a.predicate == b.predicate && f.turned(a) == f.turned(b) {
		return false
	}
	sameSubject := a.subject != "" && a.subject == b.subject
	if !sameSubject && !(a.passive && b.passive) {
		return false
	}
	me := lastName(f.Reports[a.article].Statements[a.statement].Speaker.Name)
	things := map[string]bool{a.predicate.Word: true, me: true}
	found, special := false, false
	add := func(word string, described bool) {
		if heavy(word) > 0 && word != me {
			found, things[word] = true, true
			special = special || described || f.isName(a, word)
		}
	}
	if len(a.objects) == 0 {
		add(a.subject, false)
	}
	for _, x := range a.objects {
		for _, y := range b.objects {
			if x.word == y.word && x.word != "" && compatible(x.modifiers, y.modifiers) {
				add(x.word, slices.ContainsFunc(x.modifiers, func(m string) bool { return slices.Contains(y.modifiers, m) }))
			}
		}
	}
	return found && (special || f.alsoShare(a, b, things))
}

// turned reports whether anything in the sentence of a clause, or its cue,
// turns what it says: without that, it was taken for a denial by mistake.
func (f *tensionFinder) turned(c clause) bool {
	s := f.scenes[c.article]
	if s.Statements[c.statement].Polarity == attribution.Denied {
		return true
	}
	x := s.sentenceOf(c.token).Tokens
	piece := f.side(c.article, c.statement, c.token).Span
	return slices.ContainsFunc(s.Doc.Tokens[x.First:x.End], func(t english.Token) bool {
		return piece.Contains(t.Span) && (lexicon.IsFlag(t.Lemma, lexicon.Turns) || lexicon.IsFlag(t.Lemma, lexicon.Negates))
	})
}

// isName reports whether a word of a clause's sentence is part of a name.
func (f *tensionFinder) isName(c clause, word string) bool {
	s := f.scenes[c.article]
	x := s.sentenceOf(c.token).Tokens
	for t := x.First; t < x.End; t++ {
		if s.words[t] == word && s.Doc.Tokens[t].Name != "" {
			return true
		}
	}
	return false
}

// alsoShare reports whether the sentences of two clauses have a word in common
// beside those given, or little else in them.
func (f *tensionFinder) alsoShare(a, b clause, beside map[string]bool) bool {
	words := func(c clause) map[string]bool {
		s, out := f.scenes[c.article], map[string]bool{}
		x := s.sentenceOf(c.token).Tokens
		for t := x.First; t < x.End; t++ {
			if w := s.words[t]; s.within[t] == c.statement && heavy(w) > 0 && w != "" {
				out[w] = true
			}
		}
		return out
	}
	x, y := words(a), words(b)
	both := 0
	for w := range y {
		if x[w] && !beside[w] {
			return true
		}
		if x[w] {
			both++
		}
	}
	return max(len(x), len(y))-both <= 1
}

// changedFigures finds the slots of which the speaker gives values in two
// stories that cannot both be meant, a pair for each.
func (f *tensionFinder) changedFigures() []Tension {
	var out []Tension
	for _, slot := range f.Figures {
		if a, b, ok := f.changed(slot); ok {
			out = append(out, f.tension(Figures, f.figureSide(a.Article, a.Figure), f.figureSide(b.Article, b.Figure)))
		}
	}
	return out
}

// changed are the first two of a slot's values that the speaker gives in two
// stories and that differ.
func (f *tensionFinder) changed(slot figure.Slot) (a, b figure.Value, ok bool) {
	for i, a := range slot.Values {
		for _, b := range slot.Values[i+1:] {
			x, y := f.Reports[a.Article].Figures[a.Figure], f.Reports[b.Article].Figures[b.Figure]
			if f.says(a.Article, x.Statement) && f.says(b.Article, y.Statement) && f.ofTwoStories(a.Article, b.Article) && f.stands(a, b) && !figure.Agree(x, y) {
				return a, b, true
			}
		}
	}
	return a, b, false
}

// stands reports whether two figures ought to be one: both are given as of one
// date, or both count what has happened and were published soon after each other.
func (f *tensionFinder) stands(a, b figure.Value) bool {
	x, y := f.Reports[a.Article].Figures[a.Figure], f.Reports[b.Article].Figures[b.Figure]
	if x.AsOf != "" && y.AsOf != "" {
		return x.AsOf == y.AsOf
	}
	return !Apart(f.Reports[a.Article].Article.Published, f.Reports[b.Article].Article.Published) && f.counted(a) && f.counted(b)
}

// counted reports whether a figure is of what has happened.
func (f *tensionFinder) counted(v figure.Value) bool {
	s := f.scenes[v.Article]
	i := s.tokenAt(s.Figures[v.Figure].Span.Start)
	for range s.sentenceOf(i).Tokens.Len() {
		if s.predicates(i) || s.Doc.Tokens[i].Head < 0 {
			break
		}
		i = s.Doc.Tokens[i].Head
	}
	return s.past(i)
}

// says reports whether a statement is one of those looked at.
func (f *tensionFinder) says(article, statement int) bool {
	return statement >= 0 && f.Reports[article].Statements[statement].Speaker.ID == f.who
}
