package utterance

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"onrecord/attribution"
	"onrecord/english"
	"onrecord/lexicon"
	"onrecord/text"
)

// reported is a statement without quotation marks, with the words that it can
// be known by.
type reported struct {
	article, statement int
	stems              []string // sorted, each once
	negated            bool
	passage            int // index of the passage that it paraphrases, -1 if none
}

// What a paraphrase must share with the words that it reports, as measured on
// the stories of comparison/testdata/gold that are for development
// (docs/accuracy.md). Sums count a word that only one statement has as 1.
const (
	sharedStems  = 2    // words shared
	sharedWeight = 1.05 // their weight
	sharedPart   = .24  // their part of the weight of the paraphrase

	// Two statements that nobody quotes are joined where each has half of
	// the other.
	mutualStems = 3
	mutualPart  = .5
)

// joinReported pairs each statement without quotation marks with the words of
// the same speaker in another article that it paraphrases, and joins those of
// the rest that report the same.
func (j *joiner) joinReported() {
	for a, art := range j.articles {
		for i, s := range art.Statements {
			if s.Kind == attribution.Indirect || !j.isPassage(a, i) {
				j.reported = append(j.reported, newReported(a, i, art))
			}
		}
	}
	weights := j.stemWeights()
	quoted := newMatcher(weights)
	for i := range j.passages {
		p := &j.passages[i]
		var spans []text.Span
		for _, w := range p.words {
			spans = append(spans, w.Span)
		}
		stems, negated := stemsIn(j.articles[p.article].Doc, spans)
		quoted.add(entry{index: i, article: p.article, speaker: p.speaker.ID, negated: negated}, stems)
	}
	j.alike = newSets(len(j.reported))
	others := newMatcher(weights)
	copies := map[string]int{} // the first statement of each text
	for i := range j.reported {
		r := &j.reported[i]
		printed := j.articles[r.article].Statements[r.statement].Printed(j.articles[r.article].Doc.Body)
		if k, ok := copies[printed]; !ok {
			copies[printed] = i
		} else if j.reported[k].article != r.article {
			r.passage = j.reported[k].passage
			j.alike.join(i, k)
			continue
		}
		s := j.articles[r.article].Statements[r.statement]
		if s.Speaker.ID == "" {
			continue
		}
		me := entry{index: i, article: r.article, speaker: s.Speaker.ID, negated: r.negated}
		total := weights.sum(r.stems)
		best := 0.
		for _, m := range quoted.find(me, r.stems) {
			if m.stems >= sharedStems && m.weight >= sharedWeight && m.weight >= sharedPart*total && m.weight > best {
				best, r.passage = m.weight, m.entry.index
			}
		}
		if r.passage >= 0 {
			continue
		}
		for _, m := range others.find(me, r.stems) {
			if m.stems >= mutualStems && m.weight >= mutualPart*max(total, m.entry.total) {
				j.alike.join(i, m.entry.index)
			}
		}
		me.total = total
		others.add(me, r.stems)
	}
}

func (j *joiner) isPassage(article, statement int) bool {
	_, ok := slices.BinarySearchFunc(j.passages, [2]int{article, statement}, func(p passage, at [2]int) int {
		return cmp.Or(cmp.Compare(p.article, at[0]), cmp.Compare(p.statement, at[1]))
	})
	return ok
}

func newReported(article, statement int, a Article) reported {
	r := reported{article: article, statement: statement, passage: -1}
	r.stems, r.negated = stemsIn(a.Doc, a.Statements[statement].Content)
	return r
}

// stemsIn are the stems of the words of content in some spans, sorted, and
// whether a word denies there.
func stemsIn(doc *english.Doc, spans []text.Span) (stems []string, negated bool) {
	for _, span := range spans {
		i, _ := slices.BinarySearchFunc(doc.Text.Tokens, span.Start, func(t text.Span, at int) int { return cmp.Compare(t.Start, at) })
		for ; i < len(doc.Tokens) && doc.Tokens[i].End <= span.End; i++ {
			t := doc.Tokens[i]
			negated = negated || t.Label == "neg" || t.Lemma == "never" || t.Lemma == "nobody" || t.Lemma == "no"
			if isContent(t.Tag) && !lexicon.IsLight(t.Lemma) && fold(t.Form) != "" {
				stems = append(stems, stem(t.Lemma))
			}
		}
	}
	slices.Sort(stems)
	return slices.Compact(stems), negated
}

// stemLength is how many letters of a long word stand for its family
// ("negotiate", "negotiator").
const stemLength = 6

func stem(lemma string) string {
	lemma = strings.ToLower(lemma)
	if len(lemma) > stemLength {
		return lemma[:stemLength]
	}
	return lemma
}

// stemWeights says how much sharing a word says: 1 for a word that one
// statement has, 0 for one that all have.
type stemWeights map[string]float64

func (w stemWeights) sum(stems []string) (sum float64) {
	for _, s := range stems {
		sum += w[s]
	}
	return sum
}

func (j *joiner) stemWeights() stemWeights {
	count, n := map[string]float64{}, 0.
	for _, a := range j.articles {
		for _, s := range a.Statements {
			stems, _ := stemsIn(a.Doc, s.Content)
			n++
			for _, t := range stems {
				count[t]++
			}
		}
	}
	for s, c := range count {
		count[s] = max(0, math.Log((n+1)/c)/math.Log(n+1))
	}
	return count
}

// matcher finds the entries of a speaker that share words.
type matcher struct {
	weights stemWeights
	entries []entry
	byStem  map[[2]string][]int // by speaker and stem
}

// entry is a statement or passage in a matcher.
type entry struct {
	index, article int
	speaker        string
	negated        bool
	total          float64 // weight of all its words
}

// match is an entry with what it shares.
type match struct {
	entry  *entry
	stems  int
	weight float64
}

func newMatcher(w stemWeights) *matcher { return &matcher{weights: w, byStem: map[[2]string][]int{}} }

func (m *matcher) add(e entry, stems []string) {
	for _, s := range stems {
		k := [2]string{e.speaker, s}
		if len(m.byStem[k]) < maxShared {
			m.byStem[k] = append(m.byStem[k], len(m.entries))
		}
	}
	m.entries = append(m.entries, e)
}

// find gives what shares words with e, of the same speaker in other articles
// and denying as it does, in order of their coming.
func (m *matcher) find(e entry, stems []string) []match {
	at := map[int]int{}
	var out []match
	for _, s := range stems {
		for _, k := range m.byStem[[2]string{e.speaker, s}] {
			o := &m.entries[k]
			if o.article == e.article || o.negated != e.negated {
				continue
			}
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				out = append(out, match{entry: o})
			}
			out[i].stems++
			out[i].weight += m.weights[s]
		}
	}
	return out
}
