package utterance

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/speaker"
	"onrecord/text"
)

// utterances are the joined passages.
func (j *joiner) utterances() []Utterance {
	var members [][]*passage // of each utterance
	at := map[int]int{}      // set to index in members
	for i := range j.passages {
		root := j.sets.find(i)
		if _, ok := at[root]; !ok {
			at[root] = len(members)
			members = append(members, nil)
		}
		members[at[root]] = append(members[at[root]], &j.passages[i])
	}
	out := make([]Utterance, len(members))
	for u := range out {
		out[u] = quotedAs(members[u])
	}
	for _, r := range j.reported {
		if r.passage >= 0 {
			u := &out[at[j.sets.find(r.passage)]]
			u.Variants = append(u.Variants, j.paraphrase(r))
		}
	}
	for u := range out {
		sortVariants(&out[u])
		j.credit(&out[u])
	}
	return out
}

// wording is a variant with its words.
type wording struct {
	Variant
	words []word
}

// quotedAs is the utterance of some passages: its variants, and what the
// others did with the longest one.
func quotedAs(passages []*passage) (u Utterance) {
	longest := longestOf(wordings(passages, nil))
	all := wordings(passages, longest.words)
	for i, w := range all {
		if w.Article == longest.Article && w.Spans[0] == longest.Spans[0] {
			u.Longest = i
			w.Rendering = Verbatim
		} else {
			w.Changes = changes(longest.words, w.words)
			w.Rendering = rendering(w.Changes)
		}
		u.Variants = append(u.Variants, w.Variant)
	}
	return u
}

// wordings puts the passages of each article together to variants. A passage
// begins another variant where it repeats the one before, as a summary does
// that gives a fragment first, or where the longest variant, if known, has its
// words earlier: an outlet may quote the end before the beginning.
func wordings(passages []*passage, longest []word) (out []wording) {
	passages = forwards(passages, longest)
	for i, p := range passages {
		k := len(out) - 1
		if k < 0 || out[k].Article != p.article || repeats(out[k].words, p.words) || placeIn(longest, p) < placeIn(longest, passages[i-1]) {
			v := Variant{Article: p.article, Statements: []int{p.statement}, Spans: slices.Clone(p.spans)}
			out = append(out, wording{v, slices.Clone(p.words)})
			continue
		}
		w := &out[k]
		if w.Statements[len(w.Statements)-1] != p.statement {
			w.Statements = append(w.Statements, p.statement)
		}
		w.Spans, w.words = append(w.Spans, p.spans...), append(w.words, p.words...)
	}
	return out
}

// forwards takes the passages apart whose spans the longest variant has in
// another order.
func forwards(passages []*passage, longest []word) (out []*passage) {
	for _, p := range passages {
		if len(p.spans) == 1 || len(longest) == 0 {
			out = append(out, p)
			continue
		}
		var parts []*passage
		for _, span := range p.spans {
			part := *p
			part.spans = []text.Span{span}
			part.words = slices.DeleteFunc(slices.Clone(p.words), func(w word) bool { return w.piece != span.Start })
			parts = append(parts, &part)
		}
		if slices.IsSortedFunc(parts, func(a, b *passage) int { return cmp.Compare(placeIn(longest, a), placeIn(longest, b)) }) {
			parts = []*passage{p}
		}
		out = append(out, parts...)
	}
	return out
}

// placeIn is the word of the longest variant where it has most of a passage,
// 0 if it has not.
func placeIn(longest []word, p *passage) int {
	if len(longest) == 0 {
		return 0
	}
	if x := align(longest, p.words); 2*len(x.pairs) > len(p.words) {
		return x.pairs[0][0]
	}
	return 0
}

// longestOf is the first of the variants with the most words.
func longestOf(all []wording) wording {
	return slices.MaxFunc(all, func(a, b wording) int { return cmp.Compare(len(a.words), len(b.words)) })
}

// sortVariants puts variants in order, by article and then by place.
func sortVariants(u *Utterance) {
	longest := u.Variants[u.Longest].Spans[0]
	article := u.Variants[u.Longest].Article
	slices.SortStableFunc(u.Variants, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Spans[0].Start, b.Spans[0].Start))
	})
	u.Longest = slices.IndexFunc(u.Variants, func(v Variant) bool {
		return v.Article == article && v.Rendering != Paraphrased && v.Spans[0] == longest
	})
}

// repeats reports whether two passages of an article hold the same words.
func repeats(a, b []word) bool {
	x := align(a, b)
	return len(x.pairs) >= 2 && 2*len(x.pairs) > min(len(a), len(b))
}

// rendering names what the changes come to. Words before the longest
// variant's first and after its last are more of the utterance, not another
// wording.
func rendering(changes []Change) Rendering {
	out := Verbatim
	for i, c := range changes {
		switch {
		case c.Operation == Changed, c.Operation == Inserted && i > 0 && i < len(changes)-1:
			return Altered
		case c.Operation == Dropped:
			out = Trimmed
		}
	}
	return out
}

// credit gives an utterance the speaker that most of its articles name, and
// the venue and the date of one statement: the first that has both, else the
// first that has either.
func (j *joiner) credit(u *Utterance) {
	votes := map[string]float64{}
	best, told := -1., 0
	for _, v := range u.Variants {
		for _, i := range v.Statements {
			s := j.articles[v.Article].Statements[i]
			venue := phrase(j.articles[v.Article].Doc.Body, s.Venue)
			if strings.HasPrefix(venue, "this ") {
				venue = "" // "this newspaper" is another one in each
			}
			if n := known(venue) + known(s.Date); n > told {
				told, u.Venue, u.Date = n, venue, s.Date
			}
			votes[s.Speaker.ID] += weight(s)
			if w := votes[s.Speaker.ID]; w > best {
				best, u.Speaker = w, s.Speaker
			}
		}
	}
}

// known is 1 for what is said and 0 for what is not.
func known(s string) int { return min(1, len(s)) }

// weight is what a statement's word on its speaker counts: a name more than a
// description, a speaker named at the words more than one that is inferred.
func weight(s speaker.Statement) float64 {
	w := s.Confidence
	if s.Speaker.Name == "" {
		w /= 8
	}
	if len(s.Source) == 0 || len(s.Cue) == 0 {
		w /= 2
	}
	return w
}

// phrase is the text of spans as one phrase, with a space where the body has
// one between them.
func phrase(body string, spans []text.Span) string {
	out := ""
	for i, s := range spans {
		if i > 0 && strings.ContainsFunc(body[spans[i-1].End:max(spans[i-1].End, s.Start)], unicode.IsSpace) {
			out += " "
		}
		out += s.Of(body)
	}
	return out
}

// unquoted are the utterances that nobody quotes.
func (j *joiner) unquoted() (out []Utterance) {
	at := map[int]int{} // set to index in out
	for i, r := range j.reported {
		if r.passage >= 0 {
			continue
		}
		root := j.alike.find(i)
		u, ok := at[root]
		if !ok {
			u = len(out)
			at[root] = u
			out = append(out, Utterance{})
		}
		out[u].Variants = append(out[u].Variants, j.paraphrase(r))
	}
	for u := range out {
		j.credit(&out[u])
	}
	return out
}

func (j *joiner) paraphrase(r reported) Variant {
	return Variant{
		Article: r.article, Statements: []int{r.statement},
		Spans: j.articles[r.article].Statements[r.statement].Content, Rendering: Paraphrased,
	}
}
