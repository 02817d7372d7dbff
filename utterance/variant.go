package utterance

import (
	"cmp"
	"slices"

	"onrecord/speaker"
	"onrecord/text"
)

// utterances are the joined passages.
func (j *joiner) utterances() []Utterance {
	var out []Utterance
	at := map[int]int{} // set to index in out
	words := [][][]word{}
	for i := range j.passages {
		p := &j.passages[i]
		root := j.sets.find(i)
		u, ok := at[root]
		if !ok {
			u = len(out)
			at[root] = u
			out = append(out, Utterance{})
			words = append(words, nil)
		}
		if k := len(out[u].Variants) - 1; k >= 0 && out[u].Variants[k].Article == p.article && !repeats(words[u][k], p.words) {
			v := &out[u].Variants[k]
			if v.Statements[len(v.Statements)-1] != p.statement {
				v.Statements = append(v.Statements, p.statement)
			}
			v.Spans = append(v.Spans, p.spans...)
			words[u][k] = append(words[u][k], p.words...)
			continue
		}
		out[u].Variants = append(out[u].Variants, Variant{Article: p.article, Statements: []int{p.statement}, Spans: slices.Clone(p.spans)})
		words[u] = append(words[u], slices.Clone(p.words))
	}
	for u := range out {
		j.render(&out[u], words[u])
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

// repeats reports whether two passages of an article hold the same words
// twice, as a summary does that gives a fragment first.
func repeats(a, b []word) bool {
	x := align(a, b)
	return len(x.pairs) >= 2 && 2*len(x.pairs) > min(len(a), len(b))
}

// render finds the longest variant and says what the others did with it.
func (j *joiner) render(u *Utterance, words [][]word) {
	for i := range words {
		if len(words[i]) > len(words[u.Longest]) {
			u.Longest = i
		}
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		if i == u.Longest {
			v.Rendering = Verbatim
			continue
		}
		v.Changes = changes(words[u.Longest], words[i])
		v.Rendering = rendering(v.Changes)
	}
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
// the first venue and date.
func (j *joiner) credit(u *Utterance) {
	votes := map[string]float64{}
	best := -1.
	for _, v := range u.Variants {
		for _, i := range v.Statements {
			s := j.articles[v.Article].Statements[i]
			if u.Venue == "" && len(s.Venue) > 0 {
				u.Venue = phrase(j.articles[v.Article].Doc.Body, s.Venue)
			}
			if u.Date == "" {
				u.Date = s.Date
			}
			votes[s.Speaker.ID] += weight(s)
			if w := votes[s.Speaker.ID]; w > best {
				best, u.Speaker = w, s.Speaker
			}
		}
	}
}

// weight is what a statement's word on its speaker counts: a name more than a
// description, a speaker named at the words more than one that is inferred.
func weight(s speaker.Statement) float64 {
	w := s.Confidence
	if s.Speaker.Name == "" {
		w /= 8
	}
	if len(s.Source) == 0 {
		w /= 2
	}
	return w
}

// phrase is the text of spans as one phrase.
func phrase(body string, spans []text.Span) string {
	out := ""
	for i, s := range spans {
		if i > 0 {
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
